"""A Node resource has no machine.

The machine was taken away, or its `mesos-agent` is down. What it leaves behind holds blocks of addresses,
and in an IPIP cluster every other node goes on calling it.

Example:
    Node 10.0.1.99 is neither a master nor an agent of Mesos

Once the machine is gone for good and `calicoctl get workloadendpoint` has nothing of it: `calicoctl delete
node NAME`.
"""

from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.expected import stale_nodes
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(
    __name__,
    source="Calico 3.14 documentation, Decommission a node; projectcalico/calico issue 2162",
    lists=True,
)


def check(estate: Estate) -> Findings:
    """Node resources that are no machine of the bundle, no agent of Mesos and no master of etcd."""
    for node in stale_nodes(estate):
        yield RULE.found(
            f"Node {node.name} has no machine: it is neither in the bundle nor known to Mesos or etcd",
            estate.about_node(node),
            hint=f"once the machine is gone for good: `calicoctl delete node {node.name}`",
        )
