"""A host port of a Docker container does not work on Calico.

Calico's Docker plugin publishes no ports: Docker accepts the mapping, the host port is reserved, and nothing
listens there. A `hostPort` of 0 (a random one) is no different. On the overlay it works, and so it does
under UCR on Calico. The docker parameters `publish` and `publish-all` ask for the same.

Example:
    "container": {
      "type": "DOCKER",
      "portMappings": [{"containerPort": 80, "hostPort": 0}]
    }

Take `hostPort` out and reach the container at its own address, by DNS or by a VIP; or run the image under
UCR (`"type": "MESOS"`), where host ports are forwarded.
"""

from calico_core.rules import Findings, error
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.subject import Subject

RULE = error(
    __name__,
    source="mesosphere/libnetwork-plugin driver/network_driver.go:535-537 (ProgramExternalConnectivity);"
    " Calico 3.14 documentation, reference/faq, 'Can I use the -p flag'",
)
WATCHES = (Mark.DOCKER_HOST_PORT, Mark.PARAMETERS_ON_CALICO)

_PUBLISH = ("publish", "publish-all")


def check(subject: Subject) -> Findings:
    """Each port of the host that a Docker app or job asks for that is on Calico after the change."""
    if subject.runtime != "docker" or not subject.on_calico:
        return
    for path, parameter in subject.parameters:
        key, value = parameter.get("key"), parameter.get("value")
        if key in _PUBLISH and value != "false":
            yield subject.finding(
                RULE,
                path,
                f"the docker parameter {key}={value} publishes nothing on Calico",
                hint="take it out and use the container's address or a VIP, or run it under UCR",
            )
    for path, mapping in subject.ports:
        port = mapping.get("hostPort")
        if port is not None:
            yield subject.finding(
                RULE,
                (*path, "hostPort"),
                f"host port {port} does not work for a Docker container on Calico, which publishes no ports",
                hint="take hostPort out and use the container's address or a VIP, or run it under UCR",
            )
