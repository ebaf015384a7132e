"""Values that name a network by the key that they stand below, wherever that is in a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterator

    from calico_core.json.pointers import Path

KEYS = frozenset({"networks", "networkName", "networkNames", "virtualNetworks"})
"""Keys below which the name of a network stands, in the files of Marathon and of other programs."""


class Named(NamedTuple):
    """A name and the path of what holds it; for a name that is a key, the path ends in that key."""

    path: Path
    name: str


def named(
    value: Any,
    names: Container[str],
    keys: Collection[str] = KEYS,
    passed_over: Collection[Path] = (),
) -> Iterator[Named]:
    """Every one of the names below one of the keys, in the order of the document.

    It is the key's value, an element of it, an element's ``name``, or a key of an object that is the value.
    What stands at a path of ``passed_over`` is not looked into. Goes no deeper by recursion.
    """
    path: list[str | int] = []
    pending: list[Iterator[tuple[str | int, Any]]] = [_parts(value)]
    while pending:
        for key, part in pending[-1]:
            is_holder = isinstance(part, (dict, list))
            if not part or not (is_holder or key in keys) or (*path, key) in passed_over:
                continue
            if key in keys:
                yield from _of_key((*path, key), part, names)
            if is_holder:
                path.append(key)
                pending.append(_parts(part))
                break
        else:
            pending.pop()
            del path[-1:]


def _parts(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, dict):
        return iter(value.items())
    return enumerate(value if isinstance(value, list) else ())


def _of_key(path: Path, value: Any, names: Container[str]) -> Iterator[Named]:
    if isinstance(value, str):
        if value in names:
            yield Named(path, value)
    elif isinstance(value, list):
        for index, each in enumerate(value):
            if isinstance(each, str) and each in names:
                yield Named((*path, index), each)
            elif isinstance(each, dict) and isinstance(each.get("name"), str) and each["name"] in names:
                yield Named((*path, index, "name"), each["name"])
    elif isinstance(value, dict):
        for key in value:
            if key in names:
                yield Named((*path, key), key)
