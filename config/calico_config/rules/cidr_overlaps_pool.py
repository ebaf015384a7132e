"""The pool overlaps another pool of the installed cluster.

Calico refuses a pool that shares addresses with another one, also with a disabled one: "IPPool(a) CIDR
overlaps with IPPool(b) CIDR". The pools of an installed cluster are given with `--pools FILE` (`calicoctl
get ippool -o json`).

Example:
    calico-migrate config check config.yaml --pools pools.json

Choose another network.
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, error

RULE = error(__name__, source="projectcalico/libcalico-go lib/clientv3/ippool.go:397-423")
WATCHES = ("pools",)

DEFAULT_POOL = "default-ipv4-ippool"
"""The pool that calico-node makes of ``calico_network_cidr`` at its first start."""


def check(facts: Facts) -> Findings:
    """One finding for each other pool of the cluster that shares addresses with the configured one."""
    from calico_config.colliding import with_pool
    from calico_core.addresses import Range, parse_network

    cidr = facts.cidr
    if cidr is None:
        return
    others: list[Range] = []
    for pool in facts.options.pools or ():
        written = parse_network(pool.cidr)
        if pool.name != DEFAULT_POOL and written is not None and written.network != cidr.range.network:
            name = f"the installed pool {pool.name}" + (" (disabled)" if pool.disabled else "")
            others.append(Range(*written.network, "pool", name, "command", (), pool.cidr))
    yield from with_pool(facts, RULE, others, "Calico refuses pools that overlap")
