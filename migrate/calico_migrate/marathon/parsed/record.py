"""What a definition says, told in one pass: planning, the subject and the rules read it, and walk no further.

Most definitions of a large document are alike, and no rule has anything to say of them. A record therefore
has marks: facts for which rules watch (``WATCHES``). A mark never says that something is wrong, which is
the rule's own to tell; it only has to be there wherever the rule may speak.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from calico_migrate.marathon.parsed import attachments as parsed
from calico_migrate.marathon.parsed.attachments import LABEL_PREFIX
from calico_migrate.network_map import is_network_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_core.json.pointers import Path
    from calico_migrate.marathon.parsed.attachments import Attachment


class Mark:
    """The names of the marks."""

    ADDRESS: Final = "an ipAddress"
    FIELDS: Final = "fields that are read when a definition is sent again"
    HOST_PORT: Final = "a port of the host"
    IPV6: Final = "the network dcos6"
    NO_DEPENDENCIES: Final = "dependencies that are null"
    PACKAGE: Final = "labels of a package"
    PARAMETERS: Final = "docker parameters"
    POLICY_LABELS: Final = "labels of a network, or policy labels elsewhere"
    SEVERAL_NETWORKS: Final = "several container networks"
    STRATEGY: Final = "a strategy of its own for restarts"
    UNNAMED: Final = "a network without a name"
    UNUSUAL: Final = "networks and ports that are not said in the usual way"
    VIPS: Final = "a VIP, or a place for it that is rare"
    VOLUMES: Final = "volumes"

    # Of the text, and of the plan.
    NAMED_ELSEWHERE: Final = "an old network's name in a place of its own"
    OVERLAY: Final = "a text like an address of the overlay"
    UNMOVED_LABELS: Final = "policy labels that could not be moved"


_PACKAGE = ("DCOS_PACKAGE_NAME", "DCOS_COMMONS_API_VERSION")
# Members that are rare at the top of an app: everything that only they bring is looked for where one is.
_RARE = frozenset({
    "containers", "ipAddress", "portDefinitions", "ports", "residency", "run", "scheduling", "uris",
    "volumes",
})  # fmt: skip
_HOST: list[dict[str, Any]] = [{"mode": "host"}]
_NONE: list[Any] = []
_EMPTY = (_NONE, None)
_OLD_MODES = ("BRIDGE", "HOST")

_is_name = lru_cache(maxsize=1024)(is_network_name)


class Record:
    """What one definition says.

    ``attachments`` are its container networks, ``ports`` its port mappings, ``endpoints`` those of a pod's
    containers, ``parameters`` its docker parameters, and ``network_names`` the lists of ``networkNames`` of
    its ports, each with its path; ``labels`` its own ones; ``runtime`` is ``docker`` or ``ucr``. ``marks``
    are the names of `Mark` that are facts of it.
    """

    __slots__ = (
        "attachments", "endpoints", "labels", "marks", "network_names", "parameters", "ports", "runtime",
    )  # fmt: skip

    def __init__(self, kind: str, value: Mapping[str, Any]) -> None:
        marks: list[str] = []
        self.marks = marks
        rare = not value.keys().isdisjoint(_RARE)
        self.endpoints = parsed.pod_endpoints(value) if rare and "containers" in value else []
        labels = value.get("labels")
        self.labels: dict[str, Any] = labels if isinstance(labels, dict) else {}
        if self.labels:
            _mark_labels(self.labels, marks)
        if value.get("dependencies", ()) is None:
            marks.append(Mark.NO_DEPENDENCIES)

        container = value.get("container")
        docker: Any = None
        self.ports: list[tuple[Path, dict[str, Any]]] = []
        self.parameters: list[tuple[Path, dict[str, Any]]] = []
        if isinstance(container, dict):
            docker = container.get("docker")
            self.ports = parsed.port_mappings(value)
            if container.get("volumes"):
                marks.append(Mark.VOLUMES)
        if (isinstance(docker, dict) and docker.get("parameters", _NONE) not in _EMPTY) or "run" in value:
            self.parameters = parsed.docker_parameters(value)
            marks.append(Mark.PARAMETERS)
        self.network_names: list[tuple[Path, list[Any]]] = []
        if self.ports or self.endpoints:
            self._read_ports(kind)

        self.runtime = parsed.runtime(kind, value)
        self.attachments: list[Attachment] = parsed.attachments(kind, value)
        if self.attachments:
            _mark_attachments(self.attachments, marks)
        if kind != "app" or not self._is_usual(value, docker):
            marks.append(Mark.UNUSUAL)
        if rare:
            _mark_rare(value, marks)
        _mark_fields(value, marks)

    def _read_ports(self, kind: str) -> None:
        """What ports and endpoints have: marks, and the names of networks."""
        host_port = vip = False
        named = self.ports if kind == "app" else self.endpoints if kind == "pod" else []
        for _, port in (*self.ports, *self.endpoints) if self.endpoints else self.ports:
            if port.get("hostPort") is not None:
                host_port = True
            labels = port.get("labels")
            if labels and isinstance(labels, dict) and any(label.startswith("VIP_") for label in labels):
                vip = True
        for path, port in named:
            if "networkNames" in port and isinstance(port["networkNames"], list):
                self.network_names.append(((*path, "networkNames"), port["networkNames"]))
        if host_port:
            self.marks.append(Mark.HOST_PORT)
        if vip:
            self.marks.append(Mark.VIPS)

    def _is_usual(self, value: Mapping[str, Any], docker: object) -> bool:
        """Whether an app says its network and its ports as most do: once, and in one format alone."""
        if value.get("ipAddress") is not None:
            return False
        for _, port in self.ports:
            if "networkNames" in port:
                return False
        networks = value.get("networks")
        if isinstance(docker, dict):
            if docker.get("credential") is not None:
                return False
            old = "network" in docker or "portMappings" in docker
            if old and (networks or self.runtime != "docker" or docker.get("network") not in _OLD_MODES):
                return False
        if networks is None or networks == []:
            return True
        if networks == _HOST:
            return not self.ports
        if type(networks) is not list or len(networks) > 1 or value.get("portDefinitions"):
            return False
        entry = networks[0]
        if not isinstance(entry, dict):
            return False
        mode, name = entry.get("mode", "container"), entry.get("name")
        if mode == "container":
            return name is None or (isinstance(name, str) and _is_name(name))
        return mode == "container/bridge" and name is None


def _mark_labels(labels: Mapping[str, Any], marks: list[str]) -> None:
    if not labels.keys().isdisjoint(_PACKAGE):
        marks.append(Mark.PACKAGE)
    for label in labels:
        if label.startswith(LABEL_PREFIX):
            marks.append(Mark.POLICY_LABELS)
            break


def _mark_attachments(attachments: list[Attachment], marks: list[str]) -> None:
    if len(attachments) > 1:
        marks.append(Mark.SEVERAL_NETWORKS)
    for attachment in attachments:
        if attachment.value.get("labels"):
            marks.append(Mark.POLICY_LABELS)
        if attachment.name is None:
            marks.append(Mark.UNNAMED)
        elif attachment.name == "dcos6":
            marks.append(Mark.IPV6)


def _mark_rare(value: Mapping[str, Any], marks: list[str]) -> None:
    if "ipAddress" in value:
        marks.append(Mark.ADDRESS)
    if "portDefinitions" in value or value.get("ipAddress") is not None:
        marks.append(Mark.VIPS)
    if "residency" in value or value.get("volumes"):
        marks.append(Mark.VOLUMES)
    if "scheduling" in value:
        marks.append(Mark.STRATEGY)
    if value.get("ports") or value.get("uris"):
        marks.append(Mark.FIELDS)


def _mark_fields(value: Mapping[str, Any], marks: list[str]) -> None:
    strategy = value.get("upgradeStrategy")
    if strategy and isinstance(strategy, dict) and strategy.get("maximumOverCapacity", 1) != 1:
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
