"""A host port of a Docker container does not work on Calico.

Calico's Docker plugin publishes no ports: Docker accepts the mapping, the host port is reserved, and nothing
listens there. A `hostPort` of 0 (a random one) is no different. On the overlay it works, and so it does
under UCR on Calico.

Example:
    "container": {
      "type": "DOCKER",
      "portMappings": [{"containerPort": 80, "hostPort": 0}]
    }

Take `hostPort` out and reach the container at its own address, by DNS or by a VIP; or run the image under
UCR (`"type": "MESOS"`), where host ports are forwarded.
"""

from calico_core.rules import Findings, error
from calico_migrate.marathon.features import Feature
from calico_migrate.marathon.subject import Subject

RULE = error(
    __name__,
    source="mesosphere/libnetwork-plugin driver/network_driver.go:535-537 (ProgramExternalConnectivity);"
    " Calico 3.14 documentation, reference/faq, 'Can I use the -p flag'",
)
WATCHES = (Feature.DOCKER_ON_CALICO,)


def check(subject: Subject) -> Findings:
    """Each port mapping with a host port, of a Docker app that is on Calico after the change."""
    if subject.kind != "app" or subject.runtime != "docker" or not subject.on_calico:
        return
    for path, mapping in subject.ports:
        port = mapping.get("hostPort")
        if port is not None:
            yield subject.finding(
                RULE,
                (*path, "hostPort"),
                f"host port {port} does not work for a Docker container on Calico, which publishes no ports",
                hint="take hostPort out and use the container's address or a VIP, or run it under UCR",
            )
