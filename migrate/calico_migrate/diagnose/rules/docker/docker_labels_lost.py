"""A Docker container started without its labels.

The plugin reads them from Docker within five seconds after the start. Where Docker is slow, or one label is
none that Calico takes, the endpoint has none at all, and policies miss it.

Example:
    Getting labels for workloadEndpoint timed out in network inspect loop. Took 5.09s

Start the container again; correct the label that the line names.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.names import AGENT_ROLES
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, warning
from calico_migrate.diagnose.logs.telling import times

RULE = warning(
    __name__,
    source="mesosphere/libnetwork-plugin v1.1.3-2-d2iq driver/network_driver.go:585-687",
    roles=AGENT_ROLES,
)


def check(node: OneNode) -> Findings:
    """The plugin's journal."""
    machine = node.machine
    log = machine.log(names.PLUGIN_LOG)
    hits = [
        log.hits[known]
        for known in ("plug-labels-timeout", "plug-labels-update", "plug-docker-client")
        if known in log.hits
    ]
    if hits:
        yield RULE.found(
            "Docker containers started without their labels",
            *(machine.quote(names.PLUGIN_LOG, each.last) for each in hits),
            hint="start the containers again; correct the label that the line names",
            node=machine.address,
            detail=times(machine, hits[0]),
        )
