"""The pool lies where Docker puts new bridge networks.

A `docker network create` without a subnet takes the next free network of 172.17-31.0.0/16 and
192.168.0.0/16. Docker does not know of Calico's pool and may take the same addresses on some node; the
default pool 172.29.0.0/16 lies there too. D2iQ's own tests use 192.168.128.0/17; hence a warning.

Example:
    calico_network_cidr: 192.168.128.0/17

Choose a network outside, or set `default-address-pools` in daemon.json on every node.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.findings import Severity
from calico_core.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_config.facts.facts import Facts
    from calico_core.findings import Finding

RULE = Rule(
    __name__,
    Severity.WARNING,
    source="moby/libnetwork ipamutils/utils.go; Docker docs, dockerd, default-address-pools",
)


def check(facts: Facts) -> Iterator[Finding]:
    """One finding where the pool shares addresses with Docker's automatic networks."""
    from calico_config.colliding import with_pool

    yield from with_pool(
        facts,
        RULE,
        facts.docker_pools,
        "a `docker network create` without a subnet may take the same addresses",
        hint="choose a network outside, or set `default-address-pools` in daemon.json on every node",
    )
