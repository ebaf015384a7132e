"""Marathon itself would refuse the definition.

What Marathon checks about networks and ports, with Marathon's own message. A definition that it refused
before is refused after the change too; some were accepted and become wrong with an explicit network, such as
`ports` beside `ipAddress`.

Example:
    "networks": [{"mode": "container", "name": "calico"}],
    "portDefinitions": [{"port": 0}]

Marathon says "portDefinitions are only allowed with host-networking". Change the definition as the message
asks before sending it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_core.findings import Severity
from calico_core.rules import Rule

from calico_migrate.marathon import attachments
from calico_migrate.network_map import is_network_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_core.findings import Finding

    from calico_migrate.jsontext.locating import Path
    from calico_migrate.marathon.subject import Subject

RULE = Rule(
    __name__,
    Severity.ERROR,
    source="mesosphere/marathon api/v2/validation/NetworkValidation.scala, AppValidation.scala,"
    " PodsValidation.scala",
)

_SEVERAL_NETWORKS = (
    "networkNames must be a single item list when hostPort is specified and more than 1 container network is"
    " defined"
)
_MODES = ("container", "container/bridge", "host")
_DOCKER_NETWORKS = ("HOST", "BRIDGE", "USER")


def check(subject: Subject) -> Iterator[Finding]:
    """Everything about networks and ports that Marathon would refuse, in its own words."""
    if subject.kind == "app":
        refused = _app(subject)
    elif subject.kind == "pod":
        refused = _pod(subject)
    else:
        return
    for path, words in refused:
        yield subject.finding(
            RULE,
            path,
            f"Marathon would refuse this: {words}",
            hint="change the definition as the message asks before sending it",
        )


def _app(subject: Subject) -> Iterator[tuple[Path, str]]:
    value = subject.value
    networks = value.get("networks")
    canonical = isinstance(networks, list) and bool(networks)
    docker_network = attachments.docker_network(value)
    if canonical:
        yield from _networks(subject, networks or [])
        if docker_network is not None:
            place = ("container", "docker", "network")
            yield place, "must not specify both container.docker.network and networks"
        if value.get("portDefinitions"):
            yield from _port_definitions(networks or [])
    elif docker_network is not None and docker_network not in _DOCKER_NETWORKS:
        place = ("container", "docker", "network")
        if docker_network == "NONE":
            yield place, "unsupported docker network type"
        else:
            yield place, "error.unknown.enum.literal"
    yield from _address(subject, canonical=canonical)
    if "portMappings" in (value.get("container") or ()) or docker_network is not None:
        yield from _ports(subject, list(attachments.port_mappings(value)), "portMappings")
    if subject.moved:
        yield from _moved(value)


def _pod(subject: Subject) -> Iterator[tuple[Path, str]]:
    value = subject.value
    networks = value.get("networks")
    if isinstance(networks, list) and networks:
        yield from _networks(subject, networks)
    endpoints: list[tuple[Path, dict[str, Any]]] = []
    containers = value.get("containers")
    for index, container in enumerate(containers if isinstance(containers, list) else ()):
        listed = container.get("endpoints") if isinstance(container, dict) else None
        for number, endpoint in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(endpoint, dict):
                endpoints.append((("containers", index, "endpoints", number), endpoint))
    yield from _ports(subject, endpoints, "endpoints")
    for path, endpoint in endpoints:
        if subject.networks and endpoint.get("containerPort") is None:
            yield path, "containerPort is required when using container-mode networking"


def _networks(subject: Subject, networks: list[Any]) -> Iterator[tuple[Path, str]]:
    """The entries of ``networks`` by themselves and together."""
    modes: list[str] = []
    for index, entry in enumerate(networks):
        if not isinstance(entry, dict):
            continue
        mode = attachments.mode(entry)
        modes.append(mode)
        name = entry.get("name")
        if mode not in _MODES:
            yield ("networks", index, "mode"), "error.unknown.enum.literal"
        elif mode == "host" and (name is not None or entry.get("labels")):
            yield ("networks", index), "Host networks may not have names or labels"
        elif mode == "container/bridge" and name is not None:
            yield ("networks", index), "Bridge networks may not have names"
        elif name is not None and not (isinstance(name, str) and is_network_name(name)):
            yield ("networks", index, "name"), "error.pattern"
    if len(modes) > 1:
        names = [name for name in subject.networks if name is not None]
        unnamed = len(subject.networks) - len(names)
        if len(set(names)) < len(names) or unnamed > 1:
            yield ("networks",), "Duplicate networks are not allowed"
        if any(mode != "container" for mode in modes):
            yield (
                ("networks",),
                "May specify a single host network, single bridge network, or else 1-to-n container networks",
            )


def _port_definitions(networks: list[Any]) -> Iterator[tuple[Path, str]]:
    modes = [attachments.mode(entry) for entry in networks if isinstance(entry, dict)]
    if any(mode != "host" for mode in modes):
        yield ("portDefinitions",), "portDefinitions are only allowed with host-networking"


def _address(subject: Subject, *, canonical: bool) -> Iterator[tuple[Path, str]]:
    """``ipAddress``, given or about to be inserted, beside what excludes it."""
    value = subject.value
    address = value.get("ipAddress")
    inserted = any(attachment.entry is None for attachment in subject.planned.attachments) and subject.moved
    if not isinstance(address, dict) and not inserted:
        return
    if canonical:
        yield ("ipAddress",), "must not specify both networks and ipAddress"
    for key in ("ports", "portDefinitions"):
        if value.get(key):
            yield (key,), "cannot specify both an IP address and port"
    if isinstance(address, dict) and address.get("discovery") and subject.runtime == "docker":
        # An app without a container is no Docker app, whatever its type would default to.
        yield ("ipAddress", "discovery"), "ipAddress/discovery is not allowed for Docker containers"


def _ports(
    subject: Subject, ports: list[tuple[Path, dict[str, Any]]], place: str
) -> Iterator[tuple[Path, str]]:
    """``networkNames`` and host ports of port mappings or endpoints."""
    value, networks = subject.value, subject.networks
    entries = value.get("networks")
    modes = [
        attachments.mode(e) for e in (entries if isinstance(entries, list) else ()) if isinstance(e, dict)
    ]
    if place == "portMappings" and ports and "host" in modes:
        yield ports[0][0][:-1], "portMappings are not allowed with host-networking"
    names = [name for name in networks if name is not None]
    for path, port in ports:
        given = port.get("networkNames")
        listed = given if isinstance(given, list) else []
        after = [subject.network_map.names.get(name, name) for name in listed if isinstance(name, str)]
        for index, name in enumerate(after):
            if name not in names:
                yield (*path, "networkNames", index), f"is not one of ({','.join(names)})"
        if port.get("hostPort") is not None and len(networks) > 1 and len(set(after)) != 1:
            yield path, _SEVERAL_NETWORKS


def _moved(value: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """What has nothing to do with networks, and fails when the moved definition is sent."""
    ports, definitions = value.get("ports"), value.get("portDefinitions")
    if ports and isinstance(definitions, list) and definitions:
        numbers = [entry.get("port", 0) if isinstance(entry, dict) else None for entry in definitions]
        if numbers != ports:
            yield ("ports",), "cannot specify both ports and port definitions"
    if value.get("uris") and value.get("fetch"):
        yield ("uris",), "may not be set in conjunction with fetch"
    if isinstance(value.get("cmd"), str) and len(value["cmd"]) < 2:
        yield ("cmd",), "must not be an empty string"
    if value.get("acceptedResourceRoles") == []:
        yield ("acceptedResourceRoles",), "must not be empty"
    container = value.get("container")
    docker = isinstance(container, dict) and attachments.runtime("app", value) == "docker"
    checks = value.get("healthChecks")
    for index, health in enumerate(checks if isinstance(checks, list) else ()):
        if isinstance(health, dict) and str(health.get("ipProtocol", "IPv4")).upper() == "IPV6":
            protocol = str(health.get("protocol", "HTTP")).upper()
            if not docker or not protocol.startswith("MESOS_"):
                yield (
                    ("healthChecks", index, "ipProtocol"),
                    "IPv6 can only be used for container type DOCKER and Mesos http/https/tcp health checks",
                )
