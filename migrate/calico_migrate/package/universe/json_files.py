"""Reading the JSON files of packages: fractions as they are written, and keys that come twice."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.errors import InputError
from calico_core.json import scanning
from calico_core.spans import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(r'("(?:[^"\\]|\\.)*")([ \t\r\n]*:)?|[\[\]{}]', re.DOTALL)


class Document(NamedTuple):
    """A JSON text and its value; ``has_duplicates`` where an object has a key twice (the last one counts)."""

    text: str
    value: Any
    has_duplicates: bool


class Duplicate(NamedTuple):
    """A key that one object has twice; ``line`` and ``column`` are where it comes again."""

    key: str
    line: int
    column: int


def read(text: str) -> Document:
    """The document of a JSON text, which may begin with a byte order mark.

    Raises InputError with the place of a mistake, and for a text that is nested too deeply.
    """
    duplicated = False

    def take(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal duplicated
        found = dict(pairs)
        if len(found) != len(pairs):
            duplicated = True
        return found

    value = _load(text, take)
    return Document(text, value, duplicated)


def loads(text: str) -> Any:
    """The value of a JSON text, its fractions as Decimal; raises InputError like `read`."""
    return _load(text, None)


def _load(text: str, take: Any) -> Any:
    body = text.removeprefix("\ufeff")
    try:
        return json.loads(body, parse_float=Decimal, parse_constant=_refuse_constant, object_pairs_hook=take)
    except (ValueError, RecursionError) as error:
        # The shared scanner knows how to say what is wrong and where.
        scanning.loads(text)
        raise InputError(f"is no JSON that can be read: {error}") from error


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON value")


def duplicates(text: str) -> list[Duplicate]:
    """Where keys come twice in a valid JSON text, in its order."""
    found: list[Duplicate] = []
    lines = Lines(text)
    scopes: list[set[str]] = []
    for kind, start, end in _tokens(text):
        if kind in "{[":
            scopes.append(set())
        elif kind in "}]":
            scopes.pop()
        elif kind == "key":
            key = json.loads(text[start:end])
            if key in scopes[-1]:
                found.append(Duplicate(key, *lines.position(start)))
            scopes[-1].add(key)
    return found


def _tokens(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _TOKEN.finditer(text):
        if match.group(1) is None:
            yield match.group(), match.start(), match.end()
        elif match.group(2) is not None:
            yield "key", match.start(1), match.end(1)
