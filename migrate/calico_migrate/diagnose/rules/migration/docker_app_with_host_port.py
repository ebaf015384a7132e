"""A Docker app on Calico has a host port, which is never reachable.

Calico's Docker plugin publishes no ports. Marathon reserves the port, and nothing listens there.

Example:
    /shop/web: "portMappings": [{"containerPort": 80, "hostPort": 8080}]

Take `hostPort` out and use the container's address or a VIP, or run the image under UCR.
"""

from collections.abc import Mapping
from typing import Any

from calico_core.words import listed
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(
    __name__,
    source="mesosphere/libnetwork-plugin driver/network_driver.go:535-537; Calico 3.14 documentation, FAQ",
    lists=True,
)


def check(estate: Estate) -> Findings:
    """Port mappings of Docker apps on a Calico network."""
    for definition in estate.workloads.apps:
        workload = definition.workload
        if workload.runtime != "docker" or not any(
            network in estate.calico_networks for network in workload.networks
        ):
            continue
        ports = [
            mapping["hostPort"]
            for mapping in _mappings(workload.value)
            if mapping.get("hostPort") is not None
        ]
        if ports:
            yield RULE.found(
                f"{definition.id} runs under Docker on Calico with host port"
                f" {listed([str(port) for port in ports])},"
                " which is never reachable",
                definition.evidence(),
                hint="take hostPort out and use the container's address or a VIP, or run it under UCR",
            )


def _mappings(value: Mapping[str, Any]) -> list[dict[str, Any]]:
    container = value.get("container")
    found: list[dict[str, Any]] = []
    docker = container.get("docker") if isinstance(container, dict) else None
    for holder in (container, docker):
        entries = holder.get("portMappings") if isinstance(holder, dict) else None
        found += [
            entry for entry in (entries if isinstance(entries, list) else ()) if isinstance(entry, dict)
        ]
    return found
