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

from typing import Any

from calico_core.json.pointers import Path
from calico_core.rules import Findings, error
from calico_migrate.calico.annotations import LABEL_PREFIX
from calico_migrate.marathon.parsed import attachments
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.parsed.placeholders import has_placeholder
from calico_migrate.marathon.subject import Subject
from calico_migrate.network_map import NAME_IN_WORDS, is_network_name

RULE = error(
    __name__,
    source="mesosphere/marathon api/v2/validation/NetworkValidation.scala, AppValidation.scala,"
    " PodsValidation.scala",
)
WATCHES = (Mark.EXCLUSIVE, Mark.FIELDS, Mark.NETWORK_NAMES, Mark.TWICE, Mark.UNUSUAL)

_SEVERAL_NETWORKS = (
    "networkNames must be a single item list when hostPort is specified and more than 1 container network is"
    " defined"
)
_MIXED_MODES = "May specify a single host network, single bridge network, or else 1-to-n container networks"
_IP_PROTOCOL = "IPv6 can only be used for container type DOCKER and Mesos http/https/tcp health checks"
_MODES = ("container", "container/bridge", "host")


def check(subject: Subject) -> Findings:
    """Everything about networks and ports that Marathon would refuse, in its own words."""
    refused: list[tuple[Path, str]] = []
    if subject.kind == "app":
        _app(subject, refused)
    elif subject.kind == "pod":
        _pod(subject, refused)
    for path, words in refused:
        yield subject.finding(
            RULE,
            path,
            f"Marathon would refuse this: {words}",
            hint="change the definition as the message asks before sending it",
        )


def _app(subject: Subject, refused: list[tuple[Path, str]]) -> None:
    value = subject.value
    networks = value.get("networks")
    docker_network = subject.record.docker_network
    modes: list[str] = []
    if isinstance(networks, list) and networks:
        modes = _networks(subject, networks, refused)
        if docker_network is not None:
            place = ("container", "docker", "network")
            refused.append((place, "must not specify both container.docker.network and networks"))
        if value.get("portDefinitions") and any(mode != "host" for mode in modes):
            refused.append((("portDefinitions",), "portDefinitions are only allowed with host-networking"))
    elif networks is not None and not isinstance(networks, list):
        refused.append((("networks",), "networks is no array"))
    elif docker_network is not None and docker_network not in attachments.DOCKER_NETWORKS:
        if docker_network == "NONE":
            words = "unsupported docker network type"
        else:
            words = f"there is no docker network {docker_network!r}; there are HOST, BRIDGE and USER"
        if not has_placeholder(docker_network):
            refused.append((("container", "docker", "network"), words))
    if "ipAddress" in value or docker_network is not None:
        _address(subject, refused, canonical=bool(modes))
    if "host" in modes and subject.ports:
        path = subject.ports[0][0][:-1]
        refused.append((path, "portMappings are not allowed with host-networking"))
    # Else no port says anything of networks that could be wrong.
    if len(subject.networks) > 1 or subject.record.network_names:
        _ports(subject, subject.ports, refused)
    _docker_object(subject, refused)
    if subject.moved:
        _moved(value, refused)


def _docker_object(subject: Subject, refused: list[tuple[Path, str]]) -> None:
    """What ``container.docker`` may not hold, under Mesos' own runtime or at all."""
    container = subject.value.get("container")
    docker = container.get("docker") if isinstance(container, dict) else None
    if not isinstance(docker, dict):
        return
    if docker.get("credential") is not None:
        refused.append((("container", "docker", "credential"), "container.docker.credential must be empty"))
    if subject.runtime == "docker":
        return
    moves = subject.labels_moved and all(
        str(parameter.get("value")).startswith(LABEL_PREFIX) for _, parameter in subject.parameters
    )
    for key in ("network", "parameters", "portMappings"):
        if docker.get(key) in (None, []) or (key == "parameters" and moves and not subject.planned.unmoved):
            continue
        words = f"container.docker.{key} must be empty where container.type is MESOS"
        refused.append((("container", "docker", key), words))


def _pod(subject: Subject, refused: list[tuple[Path, str]]) -> None:
    value = subject.value
    networks = value.get("networks")
    modes: list[str] = []
    if isinstance(networks, list) and networks:
        modes = _networks(subject, networks, refused)
    elif networks is not None and not isinstance(networks, list):
        refused.append((("networks",), "networks is no array"))
    endpoints = subject.record.endpoints
    _ports(subject, endpoints, refused)
    for path, endpoint in endpoints:
        container_port = endpoint.get("containerPort")
        if subject.networks and container_port is None:
            refused.append((path, "containerPort is required when using container-mode networking"))
        if "host" in modes and container_port is not None:
            words = "containerPort is not allowed when using host-mode networking"
            refused.append(((*path, "containerPort"), words))
        if "host" in modes and endpoint.get("hostPort") is None:
            refused.append((path, "hostPort is required when using host-mode networking"))


def _networks(subject: Subject, networks: list[Any], refused: list[tuple[Path, str]]) -> list[str]:
    """The entries of ``networks`` by themselves and together; answers their modes."""
    modes: list[str] = []
    for index, entry in enumerate(networks):
        if not isinstance(entry, dict):
            refused.append((("networks", index), "an entry of networks is no object"))
            continue
        mode = attachments.mode(entry)
        if mode not in _MODES and has_placeholder(entry["mode"]):
            mode = "container"
        modes.append(mode)
        name = entry.get("name")
        if mode not in _MODES:
            words = f"there is no mode {entry.get('mode')!r}; the modes are {', '.join(_MODES)}"
            refused.append((("networks", index, "mode"), words))
        elif mode == "host" and (name is not None or entry.get("labels")):
            refused.append((("networks", index), "Host networks may not have names or labels"))
        elif mode == "container/bridge" and name is not None:
            refused.append((("networks", index), "Bridge networks may not have names"))
        elif name is not None and not (isinstance(name, str) and _is_name_after(subject, name)):
            refused.append((("networks", index, "name"), f"{name!r} is no name; {NAME_IN_WORDS}"))
    if len(modes) > 1:
        names = [name for name in subject.networks if name is not None]
        unnamed = len(subject.networks) - len(names)
        if len(set(names)) < len(names) or unnamed > 1:
            refused.append((("networks",), "Duplicate networks are not allowed"))
        if any(mode != "container" for mode in modes):
            refused.append((("networks",), _MIXED_MODES))
    return modes


def _is_name_after(subject: Subject, name: str) -> bool:
    return is_network_name(subject.network_map.names.get(name, name)) or has_placeholder(name)


def _address(subject: Subject, refused: list[tuple[Path, str]], *, canonical: bool) -> None:
    """``ipAddress``, given or about to be inserted, beside what excludes it."""
    value = subject.value
    address = value.get("ipAddress")
    if not isinstance(address, dict):
        inserted = any(each.entry is None for each in subject.planned.attachments) and subject.moved
        if not inserted:
            return
    if canonical:
        refused.append((("ipAddress",), "must not specify both networks and ipAddress"))
    words = "cannot specify both an IP address and port"
    refused += [((key,), words) for key in ("ports", "portDefinitions") if value.get(key)]
    if isinstance(address, dict) and address.get("discovery") and subject.runtime == "docker":
        words = "ipAddress/discovery is not allowed for Docker containers"
        refused.append((("ipAddress", "discovery"), words))


def _ports(
    subject: Subject, ports: list[tuple[Path, dict[str, Any]]], refused: list[tuple[Path, str]]
) -> None:
    """``networkNames`` and host ports of port mappings or endpoints."""
    networks, default = subject.networks, subject.network_map.default_network
    # A network without a name gets the default one's before Marathon compares the names.
    names = [default if name is None else name for name in networks]
    for path, port in ports:
        given = port.get("networkNames")
        if given is None and len(networks) < 2:
            continue
        texts = [name for name in given if isinstance(name, str)] if isinstance(given, list) else []
        after = [subject.network_map.names.get(name, name) for name in texts]
        refused.extend(
            ((*path, "networkNames", index), f"is not one of ({','.join(names)})")
            for index, name in enumerate(after)
            if name not in names
        )
        if port.get("hostPort") is not None and len(networks) > 1 and len(set(after)) != 1:
            refused.append((path, _SEVERAL_NETWORKS))


def _moved(value: dict[str, Any], refused: list[tuple[Path, str]]) -> None:
    """What has nothing to do with networks, and fails when the moved definition is sent."""
    ports, definitions = value.get("ports"), value.get("portDefinitions")
    if ports and isinstance(definitions, list) and definitions:
        numbers = [entry.get("port", 0) if isinstance(entry, dict) else None for entry in definitions]
        if numbers != ports:
            refused.append((("ports",), "cannot specify both ports and port definitions"))
    if value.get("uris") and value.get("fetch"):
        refused.append((("uris",), "may not be set in conjunction with fetch"))
    command = value.get("cmd")
    if isinstance(command, str) and len(command) < 2:
        refused.append((("cmd",), "must not be an empty string"))
    if value.get("acceptedResourceRoles") == []:
        refused.append((("acceptedResourceRoles",), "must not be empty"))
    checks = value.get("healthChecks")
    for index, health in enumerate(checks if isinstance(checks, list) else ()):
        if isinstance(health, dict) and "ipProtocol" in health and not _has_ip_protocol(value, health):
            refused.append((("healthChecks", index, "ipProtocol"), _IP_PROTOCOL))


def _has_ip_protocol(value: dict[str, Any], health: dict[str, Any]) -> bool:
    """Whether the app's container and check may use the check's IP protocol."""
    if str(health["ipProtocol"]).upper() != "IPV6":
        return True
    docker = isinstance(value.get("container"), dict) and attachments.runtime("app", value) == "docker"
    return docker and str(health.get("protocol", "HTTP")).upper().startswith("MESOS_")
