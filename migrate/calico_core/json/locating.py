"""Where the parts of a JSON value stand in its text.

A locator reads only the objects and arrays on the way to what is asked for; everything else is skipped by
the C scanner.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from calico_core.json import scanning
from calico_core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_core.json.pointers import Path


# Most keys are such, behind which a value begins.
_plain_key = re.compile(r'"([^"\\\x00-\x1f]*)"[ \t\n\r]*:[ \t\n\r]*').match


class Member(NamedTuple):
    """One member of an object: its key, and the offsets of key and value; ``end`` is behind the value."""

    key: str
    key_start: int
    start: int
    end: int

    @property
    def whole(self) -> Span:
        """The span of key and value together."""
        return Span(self.key_start, self.end)


class Locator:
    """The places of one value that begins at ``start`` and is known to be valid JSON.

    Valid means that Python's ``json`` reads it, so that NaN and Infinity may be among the values. Of
    duplicate keys the last one counts, as in the parsed value.

    With ``end``, behind the value, a place is looked for from the deepest key of its path that stands there
    once, and below that level by level: only paths that are there may be asked for, and no key may be spelled
    with numeric escapes.
    """

    def __init__(self, text: str, start: int, end: int = -1) -> None:
        self.text = text
        self._start = start
        self._limit = end
        self._starts: dict[Path, int] = {}
        self._members: dict[Path, list[Member]] = {}
        self._elements: dict[Path, list[Span]] = {}

    def start(self, path: Path) -> int:
        """The offset at which the value begins; raises KeyError or IndexError where there is none."""
        if not path:
            return self._start
        found = self._starts.get(path)
        if found is None:
            found = self._starts[path] = self._found(path)
        return found

    def _found(self, path: Path) -> int:
        step, around = path[-1], path[:-1]
        if isinstance(step, int):
            first = scanning.first(self.text, self.start(around)) if step == 0 and self._limit >= 0 else -1
            return first if first >= 0 else self.elements(around)[step].start
        if self._limit < 0 or not scanning.is_plain(step):
            return self.member(path).start
        place = scanning.sole_key(self.text, step, self._start, self._limit)
        if place < 0 and around:
            start = self.start(around)
            place = scanning.sole_key(self.text, step, start, scanning.end(self.text, start))
        return self.member(path).start if place < 0 else place

    def span(self, path: Path) -> Span:
        """The value's span; raises KeyError or IndexError where there is none."""
        start = self.start(path)
        return Span(start, scanning.end(self.text, start))

    def nearest(self, path: Path) -> Path:
        """The path itself, or as much of its beginning as leads to a value."""
        for depth, step in enumerate(path):
            bracket = self.text[self.start(path[:depth])]
            if isinstance(step, int):
                there = bracket == "[" and 0 <= step < len(self.elements(path[:depth]))
            else:
                there = bracket == "{" and any(member.key == step for member in self.members(path[:depth]))
            if not there:
                return path[:depth]
        return path

    def key(self, path: Path) -> Span:
        """The span of the key that ``path`` ends with, its quotes included; raises KeyError."""
        start = self.member(path).key_start
        return Span(start, scanning.end(self.text, start))

    def member(self, path: Path) -> Member:
        """The member that ``path`` ends with, the last one of that key; raises KeyError."""
        for member in reversed(self.members(path[:-1])):
            if member.key == path[-1]:
                return member
        raise KeyError(path)

    def members(self, path: Path) -> Sequence[Member]:
        """All members of the object, in their order, duplicates included."""
        found = self._members.get(path)
        if found is None:
            found = self._members[path] = list(_members(self.text, self.start(path)))
        return found

    def elements(self, path: Path) -> Sequence[Span]:
        """The spans of the array's elements."""
        found = self._elements.get(path)
        if found is None:
            found = self._elements[path] = list(_elements(self.text, self.start(path)))
        return found


def _members(text: str, start: int) -> list[Member]:
    found: list[Member] = []
    offset = scanning.first(text, start)
    while offset >= 0:
        plain = _plain_key(text, offset)
        name, value = scanning.key(text, offset) if plain is None else (plain[1], plain.end())
        end = scanning.end(text, value)
        found.append(Member(name, offset, value, end))
        offset = scanning.following(text, end, "}")[0]
    return found


def _elements(text: str, start: int) -> list[Span]:
    found: list[Span] = []
    offset = scanning.first(text, start)
    while offset >= 0:
        end = scanning.end(text, offset)
        found.append(Span(offset, end))
        offset = scanning.following(text, end, "]")[0]
    return found
