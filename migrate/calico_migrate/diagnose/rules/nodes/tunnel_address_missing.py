"""A Node resource has no tunnel address.

Felix' start script takes one out of the pool. Without it the node has no tunnel, and no other node has a
route to its containers.

Example:
    Node 10.0.1.22 has no ipv4VXLANTunnelAddr

See that an enabled pool of the cluster's mode has a free block for the node; then restart dcos-calico-felix
there.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.datastore import is_about_space
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, error
from calico_migrate.diagnose.logs.telling import quoted, times

RULE = error(
    __name__,
    source="projectcalico/node v3.14.0 pkg/allocateip/allocateip.go",
    lists=True,
    causes=("pool-exhausted", "pool-blocks-too-few", "etcd-out-of-space", "felix-not-running"),
)

_HINT = "see that an enabled pool of the cluster's mode has a free block; then restart"
" dcos-calico-felix on the node"


def check(node: OneNode) -> Findings:
    """The Node resource of a machine, and what the start script says."""
    estate, machine = node.estate, node.machine
    own = estate.node_of(machine)
    if own is None or estate.mode not in ("vxlan", "ipip"):
        return
    if not own.tunnel(estate.mode):
        key = "ipv4IPIPTunnelAddr" if estate.mode == "ipip" else "ipv4VXLANTunnelAddr"
        told, _ = quoted(machine, (names.FELIX_LOG, "tunnel-error"), (names.FELIX_LOG, "tunnel-exhausted"))
        yield RULE.found(
            f"its Node resource has no tunnel address ({key})",
            estate.about_node(own, key),
            *told,
            hint=_HINT,
            node=machine.address,
        )
        return
    hits = machine.log(names.FELIX_LOG).hits.get("tunnel-error")
    if hits is not None and not _is_of_the_pools(hits.last.text) and not is_about_space(hits.last.text):
        yield RULE.found(
            "the start script could not set the tunnel address",
            machine.quote(names.FELIX_LOG, hits.last),
            hint=_HINT,
            node=machine.address,
            detail=times(machine, hits),
        )


def _is_of_the_pools(text: str) -> bool:
    """Whether a line says that no pool has an address, which has a rule of its own."""
    return "no configured Calico pools" in text or "pools are likely exhausted" in text
