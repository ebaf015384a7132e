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
    pending: list[tuple[Path, Any]] = [((), value)]
    while pending:
        path, part = pending.pop()
        if path in passed_over:
            continue
        if isinstance(part, dict):
            pending.extend(((*path, key), part[key]) for key in reversed(part))
        elif isinstance(part, list):
            pending.extend(((*path, index), part[index]) for index in range(len(part) - 1, -1, -1))
        if path and path[-1] in keys:
            yield from _of_key(path, part, names)


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
