"""How many nodes and tasks a Calico pool has room for.

Calico hands out addresses in blocks of 64 (/26). Every node, masters included, claims at least one block,
because its tunnel address comes from one; a block belongs to one node. Source: Calico 3.14 docs,
"IP address management"; projectcalico/libcalico-go lib/ipam.
"""

from __future__ import annotations

from typing import NamedTuple

BLOCK_PREFIX = 26
BLOCK_SIZE = 1 << (32 - BLOCK_PREFIX)
DEPLOYMENT_FACTOR = 2
"""A deployment may run every instance twice (Marathon's ``maximumOverCapacity`` is 1.0 by default)."""


class Need(NamedTuple):
    """What a cluster needs of a pool.

    ``blocks`` for ``nodes`` and ``tasks``, ``addresses`` during a deployment of everything, tunnel
    addresses included.
    """

    nodes: int
    tasks: int
    blocks: int
    addresses: int


def blocks_of(prefix: int) -> int:
    """How many blocks a pool of this prefix has; 0 where it is smaller than a block."""
    return 1 << (BLOCK_PREFIX - prefix) if prefix <= BLOCK_PREFIX else 0


def need(nodes: int, tasks: int = 0) -> Need:
    """What so many nodes with so many tasks, evenly spread, need while everything is deployed anew."""
    nodes = max(nodes, 0)
    during = DEPLOYMENT_FACTOR * max(tasks, 0)
    if not nodes:
        return Need(0, tasks, -(-during // BLOCK_SIZE), during)
    per_node = -(-during // nodes)
    return Need(nodes, tasks, nodes * -(-(per_node + 1) // BLOCK_SIZE), during + nodes)


def prefix_for(blocks: int) -> int | None:
    """The longest prefix with at least so many blocks, None where not even 0.0.0.0/0 has them."""
    blocks = max(blocks, 1)
    prefix = BLOCK_PREFIX - (blocks - 1).bit_length()
    return prefix if prefix >= 0 else None
