"""An enabled pool has another encapsulation than the cluster.

A cluster has one: VXLAN, or IPIP with BGP. A pool with `Never` for both gives addresses that no other agent
has a route to: calicoctl's default, when a pool is made by hand.

Example:
    IPPool extra has vxlanMode Never and ipipMode Never, and the cluster uses VXLAN

Make the pool anew with `vxlanMode: Always` (IPIP: `ipipMode: Always`), and disable this one; its containers
must be started again.
"""

from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(
    __name__,
    source="dcos/dcos gen/dcos-config.yaml:3174-3189; libcalico-go lib/clientv3/ippool.go (defaults)",
    lists=True,
)


def check(estate: Estate) -> Findings:
    """Every enabled IPv4 pool."""
    for pool in estate.enabled_pools:
        if estate.mode in ("vxlan", "ipip") and pool.mode != estate.mode:
            key = "ipipMode" if estate.mode == "ipip" else "vxlanMode"
            has = "no encapsulation" if pool.mode == "none" else f"the encapsulation {pool.mode}"
            yield RULE.found(
                f"pool {pool.name} ({pool.net}) has {has}, and the cluster uses {estate.mode}",
                estate.about_pool(pool, key),
                hint=f"make it anew with `{key}: Always`, and disable this one",
            )
