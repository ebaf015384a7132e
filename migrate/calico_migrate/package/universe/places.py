"""Where the names of networks arrive in the Marathon app that a package renders to."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.json.pointers import pointer
from calico_migrate.marathon.parsed import recognition
from calico_migrate.marathon.parsed.attachments import attachments, port_network_names
from calico_migrate.package import names

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

    from calico_core.json.pointers import Path


class PlaceKind(Enum):
    """What a place is for."""

    NETWORK = "the app's own network"
    VARIABLE = "an environment variable"
    LABEL = "a label"
    DEAD = "a name that Marathon ignores"
    OTHER = "another place"


class Place(NamedTuple):
    """One string of a rendered app that holds a mark.

    ``pointer`` is its RFC 6901 pointer, ``variable`` the environment variable's name where it is one,
    ``whole`` whether the string is the mark and nothing else.
    """

    mark: str
    pointer: str
    kind: PlaceKind
    variable: str | None
    whole: bool

    @property
    def shown(self) -> str:
        """The place as a message names it."""
        return f"the environment variable {self.variable}" if self.variable else self.pointer


def places(app: Any, pattern: re.Pattern[str]) -> Iterator[Place]:
    """Every place of a rendered app that holds a mark; ``pattern`` finds marks."""
    read = name_paths(app)
    for path, text in _strings(app, ()):
        if text.isascii() or not pattern.search(text):
            continue
        kind, variable = _kind(path, read)
        at = pointer(path)
        for mark in dict.fromkeys(pattern.findall(text)):
            yield Place(mark, at, kind, variable, text == mark)


def _strings(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, dict):
        members: Iterable[tuple[int | str, Any]] = value.items()
    elif isinstance(value, list):
        members = enumerate(value)
    else:
        return
    for key, item in members:
        if isinstance(item, str):
            yield (*path, key), item
        elif isinstance(item, (dict, list)):
            yield from _strings(item, (*path, key))


def name_paths(app: Any) -> frozenset[Path]:
    """The paths in a rendered app at which Marathon reads the name of a network."""
    if not isinstance(app, dict):
        return frozenset()
    found = recognition.recognise(app, needs_id=False)
    kind = found.kind if found is not None else "app"
    names_of = (
        (*each.entry, each.key) for each in attachments(kind, app) if each.entry is not None and each.name
    )
    ports = ((*path, index) for path, listed in port_network_names(kind, app) for index in range(len(listed)))
    return frozenset((*names_of, *ports))


def _kind(path: Path, read: frozenset[Path]) -> tuple[PlaceKind, str | None]:
    if path in read:
        return PlaceKind.NETWORK, None
    if path == ("ipAddress", "networkName") or (path[:1] == ("networks",) and path[2:] == ("name",)):
        return PlaceKind.DEAD, None
    if path[:1] == ("env",) and len(path) >= 2:
        variable = str(path[1])
        return (PlaceKind.LABEL if names.is_label_variable(variable) else PlaceKind.VARIABLE), variable
    if "labels" in path[:-1]:
        return PlaceKind.LABEL, None
    return PlaceKind.OTHER, None


def network_names(app: Any) -> Iterator[tuple[str, str]]:
    """Every name of a network that a rendered app joins, with its RFC 6901 pointer."""
    read = name_paths(app)
    for path, text in _strings(app, ()):
        if path in read:
            yield pointer(path), text


def variables(app: Any) -> Iterable[str]:
    """The names of a rendered app's environment variables."""
    env = app.get("env") if isinstance(app, dict) else None
    return env if isinstance(env, dict) else ()


def uses_docker_network(app: Any) -> bool:
    """Whether a rendered app joins its network through Docker: the old API's ``"network": "USER"``, or an
    app network with the Docker containerizer.
    """
    container = app.get("container") if isinstance(app, dict) else None
    if not isinstance(container, dict):
        return False
    docker = container.get("docker")
    if isinstance(docker, dict) and str(docker.get("network", "")).upper() == "USER":
        return True
    networks = app.get("networks")
    return (
        str(container.get("type", "MESOS")).upper() == "DOCKER"
        and isinstance(networks, list)
        and any(
            isinstance(network, dict) and str(network.get("mode", "container")).lower() == "container"
            for network in networks
        )
    )
