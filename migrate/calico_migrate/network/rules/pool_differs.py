"""The IP pool differs from the generated file.

What matters is the CIDR, the encapsulation, the block size, NAT for what leaves the pool, whether the pool
is enabled, and the node selector that keeps other workloads out of it. Without encapsulation, for example,
traffic between agents fails; with another node selector, tasks of the network `calico` get addresses of
this pool.

Example:
    pools.json: pool-differs: the IP pool 'web' has vxlanMode 'Never', not 'Always'

Change the one field with `calicoctl patch ippool`, or generate the directory anew with what the cluster has.
CIDR and block size cannot be changed; for these the pool must be made again. Never use `calicoctl apply` or
`replace` with a file of the pool: that takes away the annotations of the Docker network.
"""

from calico_core.legible import quoted
from calico_core.rules import Findings, error
from calico_migrate.network.verifying.subjects import PoolSeen

RULE = error(
    __name__,
    source="projectcalico/libcalico-go lib/clientv3/ippool.go (defaults); projectcalico/calicoctl v3.14"
    " calicoctl/resourcemgr/resourcemgr.go:586 (annotations)",
)

_FIXED = ("cidr", "blockSize")


def check(seen: PoolSeen) -> Findings:
    """Each field of the pool that is not as promised."""
    promise, pool = seen
    for field, found, wanted in (
        ("cidr", pool.cidr, promise.cidr),
        ("blockSize", str(pool.block_size), str(promise.block_size)),
        ("vxlanMode", pool.vxlan_mode, promise.vxlan_mode),
        ("ipipMode", pool.ipip_mode, promise.ipip_mode),
        ("natOutgoing", _yes(pool.nat_outgoing), "true"),
        ("disabled", _yes(pool.disabled), "false"),
        ("nodeSelector", pool.node_selector, promise.node_selector or "all()"),
    ):
        if found != wanted:
            yield RULE.finding(
                f"the IP pool {quoted(pool.name)} has {field} {quoted(found)}, not {quoted(wanted)}",
                hint=f"{field} cannot be changed: take the network away (rollback.sh) and make it again"
                if field in _FIXED
                else f"change {field} alone (calicoctl patch ippool {pool.name}); an applied file would"
                " take the plugin's annotations away",
            )


def _yes(value: bool) -> str:
    return "true" if value else "false"
