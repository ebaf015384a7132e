"""A node of the cluster has no Node resource.

Felix writes it at its first start. Where it is missing, Felix never got that far: an address conflict, no
free block, no way to etcd.

Example:
    10.0.1.24 is in the bundle and not in `calicoctl get node`

Read the first start in `journalctl -u dcos-calico-felix` on the node.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(
    __name__,
    source="projectcalico/node v3.14.0 pkg/startup/startup.go",
    lists=True,
    causes=("felix-not-running", "stale-node-blocks-start", "pool-exhausted", "datastore-unreachable",
            "node-name-not-its-address"),
)  # fmt: skip


def check(node: OneNode) -> Findings:
    """A machine for which no Node resource is found."""
    if node.estate.node_of(node.machine) is None:
        found = node.estate.listed(names.CALICO_NODES)
        yield RULE.found(
            "Calico has no Node resource of it: Felix never started there",
            found.machine.evidence(names.CALICO_NODES, None, f"no Node is named {node.machine.address}"),
            hint="read the first start in `journalctl -u dcos-calico-felix` on the node",
            node=node.machine.address,
        )
