"""A tunnel address lies in no enabled pool of the cluster's mode.

The pool was replaced while Felix ran. Calico no longer knows the address as its own, and what comes from it
is masqueraded or dropped.

Example:
    Node 10.0.1.22 has the tunnel address 172.28.22.0, and the pool is 172.29.0.0/16

Restart dcos-calico-felix on the node: it takes an address of the new pool.
"""

from calico_core.addresses import parse_address
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(__name__, source="projectcalico/node v3.14.0 pkg/allocateip/allocateip.go:129", lists=True)


def check(node: OneNode) -> Findings:
    """The Node's tunnel address against the pools."""
    estate = node.estate
    own = estate.node_of(node.machine)
    tunnel = own.tunnel(estate.mode) if own is not None else ""
    number = parse_address(tunnel)
    if own is None or number is None:
        return
    fitting = [pool for pool in estate.enabled_pools if pool.mode == estate.mode]
    # What a pool with too few blocks has no room for is told by that rule.
    enough = sum(pool.blocks for pool in fitting) >= len(estate.machines)
    if fitting and enough and not any(pool.net.holds(number) for pool in fitting):
        key = "ipv4IPIPTunnelAddr" if estate.mode == "ipip" else "ipv4VXLANTunnelAddr"
        yield RULE.found(
            f"its tunnel address {tunnel} lies in no enabled pool of the cluster's mode",
            estate.about_node(own, key),
            *(estate.about_pool(pool) for pool in fitting[:2]),
            hint="restart dcos-calico-felix on the node: it takes an address of the pool",
            node=node.machine.address,
        )
