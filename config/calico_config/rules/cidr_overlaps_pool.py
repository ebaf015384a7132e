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


def check(facts: Facts) -> Findings:
    """One finding for each other pool of the cluster that shares addresses with the configured one."""
    from calico_config.colliding import with_pool
    from calico_config.facts.known_ranges import DEFAULT_POOL
    from calico_config.occupants import POOL

    if facts.cidr is None:
        return
    own = facts.cidr.range.network
    others = [
        entry._replace(owner=f"{entry.owner} (disabled)") if pool.disabled else entry
        for pool, entry in facts.installed
        if pool.name != DEFAULT_POOL and entry.network != own
    ]
    yield from with_pool(facts, RULE, POOL, others)
