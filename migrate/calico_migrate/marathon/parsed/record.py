"""What a definition says, read in one pass: the plan, the subject and all rules look at that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_migrate.marathon.parsed import attachments as parsed
from calico_migrate.marathon.parsed.attachments import LABEL_PREFIX
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.parsed.vips import PREFIX, vips
from calico_migrate.network_map import is_network_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_core.json.pointers import Path
    from calico_migrate.marathon.parsed.attachments import Attachment

_PACKAGE = frozenset({"DCOS_PACKAGE_NAME", "DCOS_COMMONS_API_VERSION"})
# Members that are rare at the top of an app: everything that only they bring is looked for where one is.
_RARE = frozenset({
    "containers", "ipAddress", "portDefinitions", "ports", "residency", "run", "scheduling", "uris",
    "virtualNetworks", "volumes",
})  # fmt: skip
# Members of `docker` that Marathon takes in one of its formats alone.
_OLD_DOCKER = frozenset({"credential", "network", "portMappings"})
_EMPTY: tuple[Any, ...] = (None, [])
_NAMELESS = ("container/bridge", "host")
_OLD_MODES = ("BRIDGE", "HOST")
_DOCKER_NETWORKS = ("BRIDGE", "HOST", "USER")


class Record:
    """What one definition says.

    ``attachments`` are its container networks, ``ports`` its port mappings, ``endpoints`` those of a pod's
    containers, ``parameters`` its docker parameters, and ``network_names`` the lists of ``networkNames`` of
    its ports, each with its path; ``labels`` its own ones; ``runtime`` is ``docker`` or ``ucr``, and
    ``docker_network`` the deprecated network of docker. ``marks`` are the names of `Mark` that are facts of
    it.
    """

    __slots__ = (
        "_value", "_vips", "attachments", "docker_network", "endpoints", "labels", "marks", "network_names",
        "parameters", "ports", "runtime",
    )  # fmt: skip

    def __init__(self, kind: str, value: Mapping[str, Any]) -> None:
        get = value.get
        marks: list[str] = []
        self.marks = marks
        self._value = value
        self._vips: list[tuple[Path, str, Any]] | None = None
        self.docker_network: str | None = None
        rare = not value.keys().isdisjoint(_RARE)
        runtime = self.runtime = parsed.runtime(kind, value)
        labels = get("labels")
        if labels and isinstance(labels, dict):
            self.labels: dict[str, Any] = labels
            _mark_labels(labels, marks)
        else:
            self.labels = {}
        if get("dependencies", marks) is None:
            marks.append(Mark.NO_DEPENDENCIES)

        container = get("container")
        docker: Any = None
        ports: list[tuple[Path, dict[str, Any]]] = []
        self.parameters: list[tuple[Path, dict[str, Any]]] = []
        if isinstance(container, dict):
            docker = container.get("docker")
            if not isinstance(docker, dict):
                docker = None
            elif docker.get("parameters") not in _EMPTY:
                self.parameters = parsed.docker_parameters(value)
                marks.append(Mark.PARAMETERS)
            if container.get("portMappings") or (docker is not None and "portMappings" in docker):
                ports = parsed.port_mappings(value)
            if container.get("volumes") and _has_persistent(container["volumes"]):
                marks.append(Mark.VOLUMES)
        self.ports = ports
        self.endpoints = parsed.pod_endpoints(value) if rare and "containers" in value else []
        networks = get("networks")
        host = False
        if networks is not None and networks != []:
            odd, host = _looked_at(networks)
            if odd:
                marks.append(Mark.UNUSUAL)
        attachments: list[Attachment] = parsed.attachments(kind, value)
        self.attachments = attachments
        if attachments:
            self._mark_attachments(attachments, kind, runtime)
        self.network_names: list[tuple[Path, list[Any]]] = []
        if ports or self.endpoints:
            self._read_ports(kind, host)
        if docker is not None and not docker.keys().isdisjoint(_OLD_DOCKER):
            self._read_old_docker(docker, networks, value)
        if rare:
            self._mark_rare(kind, value, networks, host)
        _mark_fields(value, marks)

    def _mark_attachments(self, attachments: list[Attachment], kind: str, runtime: str) -> None:
        marks = self.marks
        if len(attachments) > 1 and kind == "app" and runtime == "docker":
            marks.append(Mark.DOCKER_NETWORKS)
        for attachment in attachments:
            if attachment.value.get("labels"):
                marks.append(Mark.POLICY_LABELS)
            name = attachment.name
            if name == "dcos6":
                marks.append(Mark.IPV6)
            elif name is not None and not is_network_name(name):
                marks.append(Mark.UNUSUAL)

    def _read_ports(self, kind: str, host: bool) -> None:
        """What ports and endpoints have: marks, and the names of networks."""
        marks, endpoints = self.marks, self.endpoints
        host_port = fixed = unnumbered = vip = False
        for _, port in (*self.ports, *endpoints) if endpoints else self.ports:
            number = port.get("hostPort")
            if number is not None:
                host_port = True
                if number != 0:
                    fixed = True
            labels = port.get("labels")
            if labels and isinstance(labels, dict) and not vip:
                vip = any(label.startswith(PREFIX) for label in labels)
            if "networkNames" in port:
                self._read_names(port["networkNames"])
        for path, port in self.ports if kind == "app" else endpoints if kind == "pod" else ():
            if "networkNames" in port and isinstance(port["networkNames"], list):
                self.network_names.append(((*path, "networkNames"), port["networkNames"]))
            if "containerPort" not in port or port["containerPort"] is None:
                unnumbered = True
        if host_port:
            if self.runtime == "docker":
                marks.append(Mark.DOCKER_HOST_PORT)
            if fixed:
                marks.append(Mark.FIXED_HOST_PORT)
        if vip:
            marks.append(Mark.VIPS)
        if host or (host_port and len(self.attachments) > 1) or (unnumbered and kind == "pod"):
            marks.append(Mark.EXCLUSIVE)

    def _read_names(self, names: object) -> None:
        """Marks what a port says of its networks."""
        if names is None:
            return
        self.marks.append(Mark.NETWORK_NAMES)
        for name in names if isinstance(names, list) else ():
            if not isinstance(name, str) or not is_network_name(name):
                self.marks.append(Mark.UNUSUAL)
                return

    @property
    def vips(self) -> list[tuple[Path, str, Any]]:
        """The VIPs: path, the label's key and its value."""
        if self._vips is None:
            self._vips = list(vips(self._value))
        return self._vips

    def _read_old_docker(self, docker: dict[str, Any], networks: object, value: Mapping[str, Any]) -> None:
        """What ``docker`` says itself of networks and ports."""
        network = self.docker_network = parsed.docker_network(value)
        if docker.get("credential") is not None or (
            self.runtime != "docker"
            and not (docker.get("network") in _EMPTY and docker.get("portMappings") in _EMPTY)
        ):
            self.marks.append(Mark.EXCLUSIVE)
        elif network is not None:
            ports = value.get("ports") or value.get("portDefinitions")
            if networks or network not in _DOCKER_NETWORKS or (ports and network == "USER"):
                self.marks.append(Mark.EXCLUSIVE)

    def _mark_rare(self, kind: str, value: Mapping[str, Any], networks: object, host: bool) -> None:
        """Marks what members bring that most definitions do not have."""
        get, marks = value.get, self.marks
        definitions, ports = get("portDefinitions"), get("ports")
        address = get("ipAddress")
        if isinstance(address, dict):
            if "network" in address or self.docker_network in _OLD_MODES:
                marks.append(Mark.ADDRESS)
            discovery = address.get("discovery")
            if networks or definitions or ports or (discovery and self.runtime == "docker"):
                marks.append(Mark.EXCLUSIVE)
            if discovery and Mark.VIPS not in marks and self.vips:
                marks.append(Mark.VIPS)
        if definitions:
            if networks and not host:
                marks.append(Mark.EXCLUSIVE)
            if ports:
                marks.append(Mark.FIELDS)
            if Mark.VIPS not in marks and self.vips:
                marks.append(Mark.VIPS)
        if isinstance(get("residency"), dict) or _has_persistent(get("volumes")):
            marks.append(Mark.VOLUMES)
        if get("uris") and get("fetch"):
            marks.append(Mark.FIELDS)
        scheduling = get("scheduling")
        if scheduling and isinstance(scheduling, dict) and _is_strict(scheduling.get("upgrade")):
            marks.append(Mark.STRATEGY)
        if "run" in value:
            self.parameters = parsed.docker_parameters(value)
            if self.parameters:
                marks.append(Mark.PARAMETERS)
            run = value["run"]
            if kind == "job" and isinstance(run, dict) and run.get("networks") is not None:
                marks.append(Mark.JOB_NETWORKS)


def _looked_at(networks: object) -> tuple[bool, bool]:
    """Whether ``networks`` says anything in a way that is rare, and whether it names the host's."""
    if not isinstance(networks, list):
        return True, False
    host = False
    for entry in networks:
        if not isinstance(entry, dict):
            return True, host
        mode, name = entry.get("mode", "container"), entry.get("name")
        if mode == "container":
            if not (name is None or (isinstance(name, str) and is_network_name(name))):
                return True, host
            continue
        if mode == "host":
            host = True
        if name is not None or mode not in _NAMELESS or len(networks) > 1 or (host and entry.get("labels")):
            return True, host
    return False, host


def _has_persistent(volumes: object) -> bool:
    return isinstance(volumes, list) and any(
        isinstance(volume, dict) and "persistent" in volume for volume in volumes
    )


def _is_strict(strategy: object) -> bool:
    """Whether fewer instances may be added in a restart than there are."""
    return isinstance(strategy, dict) and strategy.get("maximumOverCapacity", 1) != 1


def _mark_labels(labels: dict[str, Any], marks: list[str]) -> None:
    if not labels.keys().isdisjoint(_PACKAGE):
        marks.append(Mark.PACKAGE)
        if "DCOS_PACKAGE_OPTIONS" in labels:
            marks.append(Mark.PACKAGE_OPTIONS)
    for label in labels:
        if label.startswith(LABEL_PREFIX):
            marks.append(Mark.POLICY_LABELS)
            return


def _mark_fields(value: Mapping[str, Any], marks: list[str]) -> None:
    strategy = value.get("upgradeStrategy")
    if strategy and _is_strict(strategy):
        marks.append(Mark.STRATEGY)
    command = value.get("cmd")
    if (isinstance(command, str) and len(command) < 2) or value.get("acceptedResourceRoles") == []:
        marks.append(Mark.FIELDS)
        return
    checks = value.get("healthChecks")
    if checks and isinstance(checks, list):
        for check in checks:
            if isinstance(check, dict) and check.get("ipProtocol", "IPv4") != "IPv4":
                marks.append(Mark.FIELDS)
                return
