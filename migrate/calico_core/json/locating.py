"""Where the parts of a JSON value stand in its text.

A locator reads only the objects and arrays on the way to what is asked for; everything else is skipped by
the C scanner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_core.json import scanning

if TYPE_CHECKING:
    from collections.abc import Sequence

Path = tuple["str | int", ...]


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


class Span(NamedTuple):
    """``text[start:end]``."""

    start: int
    end: int


class Locator:
    """The places of one value that begins at ``start`` and is known to be valid JSON.

    Paths are tuples of keys and indices; of duplicate keys the last one counts, as in the parsed value.
    """

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self._start = start
        self._members: dict[Path, list[Member]] = {}
        self._elements: dict[Path, list[Span]] = {}

    def start(self, path: Path) -> int:
        """The offset at which the value begins; raises KeyError or IndexError where there is none."""
        if not path:
            return self._start
        step = path[-1]
        if isinstance(step, int):
            return self.elements(path[:-1])[step].start
        return self.member(path).start

    def span(self, path: Path) -> Span:
        """The value's span; raises KeyError or IndexError where there is none."""
        if not path:
            return Span(self._start, scanning.scan(self.text, self._start)[1])
        step = path[-1]
        if isinstance(step, int):
            return self.elements(path[:-1])[step]
        member = self.member(path)
        return Span(member.start, member.end)

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
        name, value = scanning.key(text, offset)
        end = scanning.scan(text, value)[1]
        found.append(Member(name, offset, value, end))
        offset = scanning.following(text, end, "}")[0]
    return found


def _elements(text: str, start: int) -> list[Span]:
    found: list[Span] = []
    offset = scanning.first(text, start)
    while offset >= 0:
        end = scanning.scan(text, offset)[1]
        found.append(Span(offset, end))
        offset = scanning.following(text, end, "]")[0]
    return found


def pointer(path: Path) -> str:
    """The RFC 6901 pointer of a path."""
    return "".join(
        [f"/{step if isinstance(step, int) or step.isalnum() else _escaped(step)}" for step in path]
    )


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")
