"""Which networks a definition is attached to, in the canonical and in the deprecated spelling.

mesosphere/marathon src/main/scala/mesosphere/marathon/api/v2/AppNormalization.scala:381-427 translates the
old fields; enum values are read without regard to case (type-generator EnumVisitor.scala), null counts as
absent, and so does an empty ``networks``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calico_migrate.calico.annotations import LABEL_PREFIX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_core.json.pointers import Path

BRIDGE = "container/bridge"
CONTAINER = "container"

DOCKER_NETWORKS = ("BRIDGE", "HOST", "USER")
"""The deprecated networks of docker that Marathon translates; NONE it refuses."""

NETWORKS: Path = ("networks",)
_JOB_NETWORKS: Path = ("run", "networks")
_PORT_MAPPINGS: Path = ("container", "portMappings")
_DOCKER_PORT_MAPPINGS: Path = ("container", "docker", "portMappings")
_PARAMETERS: Path = ("container", "docker", "parameters")
_JOB_PARAMETERS: Path = ("run", "docker", "parameters")


class Attachment(NamedTuple):
    """One container network of a definition.

    ``name`` is None where the cluster's default network is meant. ``entry`` is the path of the object that
    carries the name, ``key`` the name's member in it; ``entry`` is None for a ``docker.network: USER``
    without ``ipAddress``, where nothing carries it yet. ``value`` is that object.
    """

    name: str | None
    entry: Path | None
    key: str
    value: Mapping[str, Any]

    @property
    def labels(self) -> Mapping[str, Any]:
        """The labels of the attachment, empty where there are none."""
        labels = self.value.get("labels")
        return labels if isinstance(labels, dict) else {}


def attachments(kind: str, value: Mapping[str, Any]) -> list[Attachment]:
    """The container networks of a definition of this kind, in their order.

    Entries whose name is no text are left out, and so is what Marathon ignores: the ``ipAddress`` of an
    app whose ``docker.network`` is BRIDGE or HOST.
    """
    if kind == "job":
        run = value.get("run")
        return read_networks(run.get("networks"), _JOB_NETWORKS)[0] if isinstance(run, dict) else []
    if kind == "edgelb-pool":
        return _virtual(value.get("virtualNetworks"))
    found, _, _ = read_networks(value.get("networks"), NETWORKS)
    if kind == "app":
        found += deprecated(value, docker_network(value))
    return found


def mode(entry: Mapping[str, Any]) -> str:
    """The mode of an entry of ``networks`` in lower case; ``container`` where it has none."""
    given = entry.get("mode")
    return CONTAINER if given is None else given.lower() if isinstance(given, str) else ""


def docker_network(value: Mapping[str, Any]) -> str | None:
    """The deprecated ``container.docker.network`` of an app in upper case, None where it has none."""
    container = value.get("container")
    if isinstance(container, dict):
        docker = container.get("docker")
        if isinstance(docker, dict) and "network" in docker:
            network = docker["network"]
            return network.upper() if isinstance(network, str) else None
    return None


def has_canonical(value: Mapping[str, Any]) -> bool:
    """Whether ``networks`` says anything; an empty list counts as absent (AppNormalization.scala:237)."""
    networks = value.get("networks")
    return isinstance(networks, list) and bool(networks)


def runtime(kind: str, value: Mapping[str, Any]) -> str:
    """``docker`` or ``ucr``: who runs the container, and so where Calico's labels are read.

    Pods always run under UCR. An app's ``container.type`` is DOCKER where a container has none
    (docs/docs/rest-api/public/api/v2/types/appContainer.raml:160-162); an app without a container gets an
    empty MESOS one (AppNormalization.scala:248-252). A job with ``run.docker`` runs under Docker.
    """
    if kind == "job":
        run = value.get("run")
        return "docker" if isinstance(run, dict) and isinstance(run.get("docker"), dict) else "ucr"
    container = value.get("container")
    return container_runtime(container) if kind == "app" and isinstance(container, dict) else "ucr"


def container_runtime(container: Mapping[str, Any]) -> str:
    """What runs the container of an app."""
    given = container.get("type")
    return "ucr" if given == "MESOS" or (isinstance(given, str) and given.upper() == "MESOS") else "docker"


def port_network_names(kind: str, value: Mapping[str, Any]) -> list[tuple[Path, list[Any]]]:
    """The ``networkNames`` lists of port mappings and of pod endpoints, with their paths."""
    found: list[tuple[Path, list[Any]]] = []
    if kind == "pod":
        for path, each in _objects(value.get("containers"), ("containers",)):
            _add_names(found, each.get("endpoints"), (*path, "endpoints"))
    elif kind == "app":
        container = value.get("container")
        if isinstance(container, dict):
            _add_names(found, container.get("portMappings"), _PORT_MAPPINGS)
            docker = container.get("docker")
            if isinstance(docker, dict):
                _add_names(found, docker.get("portMappings"), _DOCKER_PORT_MAPPINGS)
    return found


def _add_names(found: list[tuple[Path, list[Any]]], ports: object, path: Path) -> None:
    if not ports or not isinstance(ports, list):
        return
    for index, port in enumerate(ports):
        if isinstance(port, dict) and "networkNames" in port and isinstance(port["networkNames"], list):
            found.append(((*path, index, "networkNames"), port["networkNames"]))


def pod_endpoints(value: Mapping[str, Any]) -> list[tuple[Path, dict[str, Any]]]:
    """The endpoints of a pod's containers, with their paths."""
    return [
        endpoint
        for path, container in _objects(value.get("containers"), ("containers",))
        for endpoint in _objects(container.get("endpoints"), (*path, "endpoints"))
    ]


def port_mappings(value: Mapping[str, Any]) -> list[tuple[Path, dict[str, Any]]]:
    """The port mappings of an app, in the canonical and in the deprecated place, with their paths."""
    container = value.get("container")
    if not isinstance(container, dict):
        return []
    found = _objects(container.get("portMappings"), _PORT_MAPPINGS)
    docker = container.get("docker")
    if isinstance(docker, dict) and "portMappings" in docker:
        found += _objects(docker["portMappings"], _DOCKER_PORT_MAPPINGS)
    return found


def docker_holder(kind: str) -> str:
    """The member whose ``docker`` speaks to Docker, in a definition of this kind."""
    return "run" if kind == "job" else "container"


def own_labels(value: Mapping[str, Any]) -> dict[str, Any]:
    """The top-level labels of a definition, empty where there are none."""
    labels = value.get("labels")
    return labels if isinstance(labels, dict) else {}


def docker_parameters(value: Mapping[str, Any]) -> list[tuple[Path, dict[str, Any]]]:
    """The docker parameters of an app, or of a job (below ``run``), with their paths."""
    run = value.get("run")
    holder, path = (run, _JOB_PARAMETERS) if isinstance(run, dict) else (value.get("container"), _PARAMETERS)
    docker = holder.get("docker") if isinstance(holder, dict) else None
    return _objects(docker.get("parameters"), path) if isinstance(docker, dict) else []


def policy_label(parameter: Mapping[str, Any]) -> tuple[str, str] | None:
    """Key and value of the policy label that a Docker parameter sets; None where it sets none."""
    text = parameter.get("value")
    if parameter.get("key") != "label" or not isinstance(text, str) or not text.startswith(LABEL_PREFIX):
        return None
    key, _, value = text[len(LABEL_PREFIX) :].partition("=")
    return key, value


def read_networks(networks: object, path: Path) -> tuple[list[Attachment], bool, bool]:
    """What ``networks`` at a path says: its container networks, whether anything in it is rare, and whether
    it names the host's.

    Rare is what cannot be a network, and what the host's or a bridge has beside its mode.
    """
    if not networks or not isinstance(networks, list):
        return [], networks is not None and networks != [], False
    found: list[Attachment] = []
    rare = host = False
    for index, entry in enumerate(networks):
        if not isinstance(entry, dict):
            rare = True
            continue
        name, given = entry.get("name"), entry.get("mode")
        kind = CONTAINER if given == CONTAINER else mode(entry)
        if kind != CONTAINER:
            on_host = kind == "host"
            host = host or on_host
            if name is not None or len(networks) > 1 or (entry.get("labels") if on_host else kind != BRIDGE):
                rare = True
        elif name is None or isinstance(name, str):
            found.append(Attachment(name, (*path, index), "name", entry))
        else:
            rare = True
    return found, rare, host


def _virtual(networks: object) -> list[Attachment]:
    """Edge-LB has no default network: an entry without a name stands for nothing."""
    return [
        Attachment(entry["name"], place, "name", entry)
        for place, entry in _objects(networks, ("virtualNetworks",))
        if isinstance(entry.get("name"), str)
    ]


def deprecated(value: Mapping[str, Any], network: str | None) -> list[Attachment]:
    """What ``ipAddress`` says beside docker's ``network``."""
    address = value.get("ipAddress")
    if isinstance(address, dict):
        name = address.get("networkName")
        if network in ("BRIDGE", "HOST", "NONE") or not (name is None or isinstance(name, str)):
            return []
        if name is None and has_canonical(value):
            return []
        return [Attachment(name, ("ipAddress",), "networkName", address)]
    if address is None and network == "USER" and not has_canonical(value):
        return [Attachment(None, None, "networkName", {})]
    return []


def _objects(value: object, path: Path) -> list[tuple[Path, dict[str, Any]]]:
    """The objects in an array, with their paths."""
    if not value or not isinstance(value, list):
        return []
    return [((*path, index), each) for index, each in enumerate(value) if isinstance(each, dict)]
