"""What a definition says, read in one pass: the plan, the subject and all rules look at that.

What few definitions are asked for is read when somebody asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_migrate.calico.annotations import LABEL_PREFIX
from calico_migrate.marathon.parsed import attachments as parsed
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.parsed.vips import vips
from calico_migrate.network_map import is_network_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from calico_core.json.pointers import Path

_EMPTY: tuple[Any, ...] = (None, [])
_NO_LABELS: dict[str, Any] = {}
_OLD_MODES = ("BRIDGE", "HOST")


class Record:
    """What one definition says.

    ``attachments`` are its container networks, and ``network_names`` the lists of ``networkNames`` of its
    ports, each with its path; ``labels`` its own ones; ``runtime`` is ``docker`` or ``ucr``, and
    ``docker_network`` the deprecated network of docker. ``marks`` are the names of `Mark` that are facts of
    it; those that only matter where it moves, or is on Calico afterwards, are told when they are asked for.
    """

    __slots__ = (
        "_endpoints", "_has_host_port", "_has_labelled_port", "_kind", "_parameters", "_ports", "_value",
        "_vips", "attachments", "docker_network", "labels", "marks", "network_names", "runtime",
    )  # fmt: skip

    def __init__(self, kind: str, value: Mapping[str, Any]) -> None:
        self._kind = kind
        self._value = value
        get = value.get
        self.docker_network: str | None = None
        self.labels: dict[str, Any] = _NO_LABELS
        self.network_names: Sequence[tuple[Path, list[Any]]] = ()
        self.runtime = "ucr"
        self._has_host_port = False
        self._has_labelled_port = False
        self._endpoints: list[tuple[Path, dict[str, Any]]] | None = None
        self._parameters: list[tuple[Path, dict[str, Any]]] | None = None
        self._ports: list[tuple[Path, dict[str, Any]]] | None = None
        self._vips: list[tuple[Path, str, Any]] | None = None
        marks: list[str] = []
        self.marks = marks
        # Members that are rare at the top of an app: everything that only they bring is looked for where one
        # is. (Each `in` is done sooner than any operation on sets.)
        rare = (
            "portDefinitions" in value
            or "ports" in value
            or "ipAddress" in value
            or "containers" in value
            or "run" in value
        )
        labels = get("labels")
        if labels and isinstance(labels, dict):
            self.labels = labels
            if "DCOS_PACKAGE_NAME" in labels or "DCOS_COMMONS_API_VERSION" in labels:
                marks.append(Mark.PACKAGE)
                if "DCOS_PACKAGE_OPTIONS" in labels:
                    marks.append(Mark.PACKAGE_OPTIONS)
        if "dependencies" in value and value["dependencies"] is None:
            marks.append(Mark.NO_DEPENDENCIES)
        networks = get("networks")
        found, odd, host = parsed.read_networks(networks, parsed.NETWORKS)
        if odd:
            marks.append(Mark.UNUSUAL)
        container = get("container")
        docker: Any = None
        mappings: Any = None
        old = False
        if isinstance(container, dict):
            if kind == "app":
                self.runtime = parsed.container_runtime(container)
            mappings, docker = container.get("portMappings"), container.get("docker")
            if isinstance(docker, dict):
                if docker.get("parameters") not in _EMPTY:
                    marks.append(Mark.PARAMETERS)
                    if self.runtime != "docker":
                        marks.append(Mark.EXCLUSIVE)
                # What Marathon takes in one of its formats alone.
                old = "network" in docker or "portMappings" in docker or "credential" in docker
        if kind == "app":
            if old:
                self.docker_network = parsed.docker_network(value)
            if rare or self.docker_network is not None:
                found += parsed.deprecated(value, self.docker_network)
        elif kind != "pod":
            found, self.runtime = parsed.attachments(kind, value), parsed.runtime(kind, value)
        self.attachments = found
        for attachment in found:
            name = attachment.name
            if name == "dcos6":
                marks.append(Mark.IPV6)
            elif name is not None and not is_network_name(name):
                marks.append(Mark.UNUSUAL)
        if len(found) > 1 and kind == "app" and self.runtime == "docker":
            marks.append(Mark.DOCKER_NETWORKS)
        ports: list[Any] = mappings if isinstance(mappings, list) else []
        if old and isinstance(docker.get("portMappings"), list):
            ports = [*ports, *docker["portMappings"]]
        if rare and "containers" in value:
            ports = [*ports, *(endpoint for _, endpoint in self.endpoints)]
        if ports:
            self._read_ports(ports, host)
        if old:
            self._read_old_docker(docker, networks)
        if rare:
            self._read_rare(networks, host)

    @property
    def ports(self) -> list[tuple[Path, dict[str, Any]]]:
        """The port mappings, with their paths."""
        if self._ports is None:
            self._ports = parsed.port_mappings(self._value)
        return self._ports

    @property
    def endpoints(self) -> list[tuple[Path, dict[str, Any]]]:
        """The endpoints of a pod's containers, with their paths."""
        if self._endpoints is None:
            self._endpoints = parsed.pod_endpoints(self._value)
        return self._endpoints

    @property
    def parameters(self) -> list[tuple[Path, dict[str, Any]]]:
        """The docker parameters, with their paths."""
        if self._parameters is None:
            self._parameters = parsed.docker_parameters(self._value)
        return self._parameters

    @property
    def vips(self) -> list[tuple[Path, str, Any]]:
        """The VIPs: path, the label's key and its value."""
        if self._vips is None:
            self._vips = list(vips(self._value))
        return self._vips

    def marks_of_a_move(self) -> list[str]:
        """The marks that matter only where the change moves it, which restarts its instances."""
        get = self._value.get
        marks = []
        strategy, scheduling = get("upgradeStrategy"), get("scheduling")
        if (strategy and _is_strict(strategy)) or (
            scheduling and isinstance(scheduling, dict) and _is_strict(scheduling.get("upgrade"))
        ):
            marks.append(Mark.STRATEGY)
        container, own = get("container"), get("volumes")
        volumes = container.get("volumes") if isinstance(container, dict) else None
        if (
            (volumes and _has_persistent(volumes))
            or (own and _has_persistent(own))
            or isinstance(get("residency"), dict)
        ):
            marks.append(Mark.VOLUMES)
        if self._has_host_port and any(port.get("hostPort") for _, port in (*self.ports, *self.endpoints)):
            marks.append(Mark.FIXED_HOST_PORT)
        command, checks = get("cmd"), get("healthChecks")
        if (
            (isinstance(command, str) and len(command) < 2)
            or get("acceptedResourceRoles") == []
            or (get("uris") and get("fetch"))
            or (get("ports") and get("portDefinitions"))
            or (checks and _has_protocol(checks))
        ):
            marks.append(Mark.FIELDS)
        return marks

    def marks_on_calico(self) -> list[str]:
        """The marks that matter only where it is on Calico after the change."""
        marks = []
        if self._has_host_port and self.runtime == "docker":
            marks.append(Mark.DOCKER_HOST_PORT)
        if self._has_labelled_port and self.vips:
            marks.append(Mark.VIPS)
        if Mark.PARAMETERS in self.marks:
            marks.append(Mark.PARAMETERS_ON_CALICO)
        for attachment in self.attachments:
            if attachment.value.get("labels"):
                under_docker = self.runtime == "docker"
                marks.append(Mark.POLICY_LABELS_ELSEWHERE if under_docker else Mark.POLICY_LABELS)
                break
        for label in self.labels:
            if label.startswith(LABEL_PREFIX):
                marks.append(Mark.POLICY_LABELS_ELSEWHERE)
                break
        return marks

    def _read_ports(self, ports: Sequence[object], host: bool) -> None:
        """What ports and endpoints have: marks, and the names of networks."""
        kind, marks = self._kind, self.marks
        is_pod = kind == "pod"
        unnumbered = False
        named: list[object] = []
        for port in ports:
            if not isinstance(port, dict):
                continue
            get = port.get
            if get("hostPort") is not None:
                self._has_host_port = True
            if get("labels"):
                self._has_labelled_port = True
            if get("networkNames") is not None:
                named.append(port["networkNames"])
            if is_pod and get("containerPort") is None:
                unnumbered = True
        if named:
            self.network_names = parsed.port_network_names(kind, self._value)
            self._read_names(named)
        if host or unnumbered or (self._has_host_port and len(self.attachments) > 1):
            marks.append(Mark.EXCLUSIVE)

    def _read_names(self, named: Sequence[object]) -> None:
        """Marks what ports say of their networks."""
        own = {attachment.name for attachment in self.attachments}
        names = [name for listed in named if isinstance(listed, list) for name in listed]
        for name in names:
            if not isinstance(name, str) or not is_network_name(name):
                self.marks.append(Mark.UNUSUAL)
                return
        if not own.issuperset(names):
            self.marks.append(Mark.NETWORK_NAMES)

    def _read_old_docker(self, docker: dict[str, Any], networks: object) -> None:
        """What ``docker`` says itself of networks and ports."""
        network = self.docker_network
        if docker.get("credential") is not None or (
            self.runtime != "docker"
            and not (docker.get("network") in _EMPTY and docker.get("portMappings") in _EMPTY)
        ):
            self.marks.append(Mark.EXCLUSIVE)
        elif network is not None:
            ports = self._value.get("ports") or self._value.get("portDefinitions")
            if networks or network not in parsed.DOCKER_NETWORKS or (ports and network == "USER"):
                self.marks.append(Mark.EXCLUSIVE)

    def _read_rare(self, networks: object, host: bool) -> None:
        """Marks what members bring that most definitions do not have."""
        get, marks = self._value.get, self.marks
        definitions, ports = get("portDefinitions"), get("ports")
        address = get("ipAddress")
        if isinstance(address, dict):
            if "network" in address:
                marks.append(Mark.ADDRESS_KEY)
            if self.docker_network in _OLD_MODES and "networkName" in address:
                marks.append(Mark.DEAD_ADDRESS)
            discovery = address.get("discovery")
            if networks or definitions or ports or (discovery and self.runtime == "docker"):
                marks.append(Mark.EXCLUSIVE)
            if isinstance(discovery, dict) and discovery.get("ports"):
                self._has_labelled_port = True
        if definitions:
            if networks and not host:
                marks.append(Mark.EXCLUSIVE)
            self._has_labelled_port = True
        if "run" in self._value:
            if self.parameters:
                marks.append(Mark.PARAMETERS)
            run = self._value["run"]
            if self._kind == "job" and isinstance(run, dict) and run.get("networks") is not None:
                marks.append(Mark.JOB_NETWORKS)


def _has_persistent(volumes: object) -> bool:
    if isinstance(volumes, list):
        for volume in volumes:
            if isinstance(volume, dict) and "persistent" in volume:
                return True
    return False


def _is_strict(strategy: object) -> bool:
    """Whether fewer instances may be added in a restart than there are."""
    return isinstance(strategy, dict) and strategy.get("maximumOverCapacity", 1) != 1


def _has_protocol(checks: object) -> bool:
    """Whether a health check speaks another protocol than is usual."""
    if isinstance(checks, list):
        for check in checks:
            if isinstance(check, dict) and check.get("ipProtocol", "IPv4") != "IPv4":
                return True
    return False
