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

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.findings import Severity
from calico_core.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_core.findings import Finding
    from calico_migrate.marathon.subject import Subject

RULE = Rule(
    __name__,
    Severity.ERROR,
    source="mesosphere/libnetwork-plugin driver/network_driver.go:535-537 (ProgramExternalConnectivity);"
    " Calico 3.14 documentation, reference/faq, 'Can I use the -p flag'",
)


def check(subject: Subject) -> Iterator[Finding]:
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
