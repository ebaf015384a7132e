"""JSON that is no definition and belongs to no package: each text that is a network's name, by its path.

A Chronos job is such a document, and so is CloudFormation, a Compose file in JSON, an answer of an API. A
Compose file's own networks are mentions, and so is the overlay's own entry in the answer of a master or in a
configuration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_core.json import scanning
from calico_core.json.locating import Locator
from calico_core.json.pointers import pointer
from calico_migrate.survey.definitions import Spot
from calico_migrate.survey.kinds.chronos import is_chronos
from calico_migrate.survey.names import has_network_word
from calico_migrate.survey.place import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_core.json.pointers import Path
    from calico_migrate.survey.names import Names

_NAME_KEYS = frozenset({"name", "Name", "default", "Default", "value", "Value"})


def look(text: str, value: Any, names: Names) -> list[Spot]:
    """The spots of a JSON document, in the order of their places."""
    locator = Locator(text, scanning.begin(text))
    compose = is_compose(value)
    found = []
    for path, name, is_key in _named(value, names):
        if (compose and path[0] == "networks" and len(path) < 4) or _is_overlay_itself(path):
            state = State.MENTION
        elif is_key:
            state = _state(name, names) if len(path) > 1 and _network_key(path[:-1]) else State.MENTION
        else:
            state = _state(name, names) if _is_network(path, value) else State.MENTION
        if state is State.MENTION and name in names.new:
            continue
        span = locator.key(path) if is_key else locator.span(path)
        identity = _identity(value, path)
        found.append(Spot(span.start, state, name, pointer(path), identity))
    return sorted(found, key=lambda spot: spot.start)


def is_compose(value: Any) -> bool:
    """Whether a value is a Compose file."""
    return isinstance(value, dict) and isinstance(value.get("services"), dict)


def _named(value: Any, names: Names) -> Iterator[tuple[Path, str, bool]]:
    """Every text and key that is a name of the map: its path, the name, and whether it is a key."""
    pending: list[tuple[Path, Any]] = [((), value)]
    while pending:
        path, part = pending.pop()
        if isinstance(part, str):
            if part in names.old or part in names.new:
                yield path, part, False
        elif isinstance(part, dict):
            for key in reversed(part):
                if key in names.old or key in names.new:
                    yield (*path, key), key, True
                pending.append(((*path, key), part[key]))
        elif isinstance(part, list):
            pending.extend(((*path, index), part[index]) for index in range(len(part) - 1, -1, -1))


def _is_network(path: Path, document: Any) -> bool:
    keys = [step for step in path if isinstance(step, str)]
    if not keys:
        return False
    if has_network_word(keys[-1]):
        return True
    if keys[-1] in _NAME_KEYS and len(keys) > 1 and has_network_word(keys[-2]):
        return True
    return keys[-1] == "value" and _is_parameter(path, document)


def _network_key(path: Path) -> bool:
    keys = [step for step in path if isinstance(step, str)]
    return bool(keys) and has_network_word(keys[-1])


def _is_parameter(path: Path, document: Any) -> bool:
    """Whether a value is Docker's network parameter."""
    holder = document
    for step in path[:-1]:
        holder = holder[step]
    return isinstance(holder, dict) and holder.get("key") in ("net", "network")


def _is_overlay_itself(path: Path) -> bool:
    """Whether it is what defines the overlay: ``dcos_overlay_network.overlays[].name``, a master's state."""
    keys = [step for step in path if isinstance(step, str)]
    return "overlays" in keys or (len(keys) > 1 and keys[-2:] == ["info", "name"])


def _state(name: str, names: Names) -> State:
    return State.DONE if name in names.new else State.BY_HAND


def _identity(document: Any, path: Path) -> str | None:
    """The id of the innermost object around a path that has one; of a Chronos job its name."""
    parts = [document]
    for step in path[:-1]:
        parts.append(parts[-1][step])
    for part in reversed(parts):
        if isinstance(part, dict):
            own = part.get("id")
            if isinstance(own, str) and own:
                return own
            if is_chronos(part):
                return str(part["name"])
    return None
