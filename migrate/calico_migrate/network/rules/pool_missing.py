"""The IP pool is not there.

Without its pool a Docker network can be neither created nor used: the plugin looks the pool up by the
subnet.

Example:
    pools.json: pool-missing: the IP pool 'web' (10.1.0.0/16) is not there

Run the generated scripts (`calico-migrate network run DIR`). Where another pool has the CIDR, decide which
of the two is wanted: Calico takes no second pool on it.
"""

from calico_core.legible import quoted
from calico_core.rules import Findings, error
from calico_migrate.network.verifying.subjects import PoolsSeen

RULE = error(
    __name__, source="mesosphere/libnetwork-plugin v1.1.3-2-d2iq driver/ipam_driver.go:92 (the pool's CIDR)"
)


def check(seen: PoolsSeen) -> Findings:
    """Whether there is a pool of the promised name."""
    promise, pools = seen
    if any(pool.name == promise.pool for pool in pools):
        return
    others = [pool.name for pool in pools if pool.cidr == promise.cidr]
    instead = f"; the pool {quoted(others[0])} has its CIDR" if others else ""
    yield RULE.finding(
        f"the IP pool {quoted(promise.pool)} ({promise.cidr}) is not there{instead}",
        hint="run the generated scripts"
        + (", after the other pool is gone; or choose another CIDR" if others else ""),
    )
