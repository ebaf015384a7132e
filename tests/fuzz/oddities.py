"""What is wrong with a JSON document in one place: another type, half a character, a control character."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from tests.support.values import paths

if TYPE_CHECKING:
    from collections.abc import Iterator

WRONG_TYPES: list[Any] = [
    None, True, False, 0, 1, -1, 1.5, 10**400, float("inf"), "", "x", "1e999", [], [1], [None], [[]], [{}],
    {}, {"a": 1}, {"": None},
]  # fmt: skip
ODD_TEXTS = [
    "\ud800",
    "\udcff",
    "\x1b[31m\x07",
    "\x9b31m",
    "\x00",
    "\u202e",
    "a\nb",
    "\u2028",
    "=x",
    "x" * 300,
]


def oddities(document: Any) -> Iterator[Any]:
    """The document with one place changed, for every place and every change."""
    for path, value in list(paths(document)):
        for wrong in WRONG_TYPES:
            yield _with(document, path, wrong)
        for odd in ODD_TEXTS:
            if isinstance(value, str):
                yield _with(document, path, odd)
                yield _with(document, path, value + odd)
            elif isinstance(value, dict):
                yield _with(document, path, {**value, odd: "x"})
                yield _with(document, path, {key + odd: item for key, item in value.items()})


def _with(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return copy.deepcopy(value)
    changed = copy.deepcopy(document)
    at = changed
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return changed
