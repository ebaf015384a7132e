"""The plugin finds no pool for a Docker network.

At the start of a container it looks for the pool with the network's id, and finds none: the annotation is
gone, or a second network has taken it. When a network is created it means that the subnet is no pool's.

Example:
    The requested subnet must match the CIDR of a configured Calico IP Pool.

See `pool-annotation-missing`; `calicoctl get ippool -o yaml` shows which pools have a network.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.names import AGENT_ROLES
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, error
from calico_migrate.diagnose.logs.telling import times

RULE = error(
    __name__,
    source="mesosphere/libnetwork-plugin v1.1.3-2-d2iq driver/ipam_driver.go:113,"
    " driver/network_driver.go:329",
    roles=AGENT_ROLES,
    causes=("pool-annotation-missing", "docker-network-ambiguous"),
)


def check(node: OneNode) -> Findings:
    """The plugin's journal."""
    machine = node.machine
    hits = machine.log(names.PLUGIN_LOG).hits.get("plug-subnet")
    if hits is not None:
        yield RULE.found(
            "the Docker plugin finds no pool for a network",
            machine.quote(names.PLUGIN_LOG, hits.last),
            hint="`calicoctl get ippool -o yaml` shows which pools have a network; write a lost id back",
            node=machine.address,
            detail=times(machine, hits),
        )
