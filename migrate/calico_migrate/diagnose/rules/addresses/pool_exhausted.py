"""A pool has no free address or block for a node.

Containers do not start there, or the node has no tunnel. Either all blocks are taken, or no enabled pool is
for this node (`nodeSelector`), or the configured network is none that Calico takes.

Example:
    Unable to autoassign an address - pools are likely exhausted

Add a pool, or free what stale endpoints and nodes hold (`stale-endpoint`, `stale-node`).
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.datastore import is_about_space
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, error
from calico_migrate.diagnose.logs.telling import quoted, times

RULE = error(
    __name__,
    source="projectcalico/node v3.14.0 pkg/allocateip/allocateip.go:261-265; libcalico-go"
    " lib/ipam/ipam.go:303, 535",
    causes=("pool-blocks-too-few",),
)

_LOGS = (
    (names.FELIX_LOG, "tunnel-exhausted"),
    (names.FELIX_LOG, "startup-bad-cidr"),
    (names.FELIX_LOG, "startup-pool"),
    (names.PLUGIN_LOG, "ipam-exhausted"),
    (names.PLUGIN_LOG, "ipam-no-pools"),
    (names.PLUGIN_LOG, "plug-ip-assign"),
    (names.AGENT_LOG, "ipam-short"),
    (names.AGENT_LOG, "ipam-exhausted"),
    (names.AGENT_LOG, "ipam-no-pools"),
)


def check(node: OneNode) -> Findings:
    """What Felix' start script, the Docker plugin and the CNI plugin say."""
    machine = node.machine
    log = machine.log(names.FELIX_LOG)
    evidence, told = quoted(machine, *_LOGS)
    evidence = [
        piece for piece in evidence if not is_about_space(piece.text) and "already exists" not in piece.text
    ]
    failed = log.hits.get("tunnel-error")
    if failed is not None and "no configured Calico pools" in failed.last.text:
        evidence.append(machine.quote(names.FELIX_LOG, failed.last))
        told = told or times(machine, failed)
    if evidence:
        yield RULE.found(
            "no pool has a free address or block for it",
            *evidence,
            hint="add a pool, or free what stale endpoints and nodes hold; look at the pools' nodeSelector",
            node=machine.address,
            detail=told,
        )
