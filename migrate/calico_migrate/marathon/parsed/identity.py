"""What definitions are called in reports: an app's id is absolute where groups are around it."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from calico_migrate.marathon.parsed import recognition

if TYPE_CHECKING:
    from collections.abc import Iterator


class Group:
    """A wrapper around definitions: its ``id``, known when the wrapper has ended, and what is around it."""

    __slots__ = ("id", "outer")

    def __init__(self, outer: Group | None) -> None:
        self.outer = outer
        self.id: str | None = None


class Identity(NamedTuple):
    """What a definition calls itself, None for nothing, and the wrapper around it."""

    own: str | None
    group: Group | None

    def resolved(self) -> str | None:
        """The id, absolute where groups are around it that have one."""
        if self.own is None or self.group is None:
            return self.own
        return recognition.in_group(self.own, self._around())

    def _around(self) -> Iterator[str | None]:
        group = self.group
        while group is not None:
            yield group.id
            group = group.outer


class Identities:
    """The names of the definitions in which something is edited or said, by their places.

    Definitions are added in the order of their places, and names are resolved when all have been.
    """

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._identities: list[Identity] = []
        self._numbers: dict[int, int] = {}
        self._resolved: dict[int, str | None] = {}

    def add(self, start: int, identity: Identity, number: int | None = None) -> None:
        """Takes note of the definition whose text begins at ``start``.

        Definitions that share an edit have the same ``number``; others need none.
        """
        if number is not None:
            self._numbers[len(self._starts)] = number
        self._starts.append(start)
        self._identities.append(identity)

    def at(self, offset: int) -> str | None:
        """The name of the definition in which an offset stands, or which stands in the wrapper there."""
        if not self._starts:
            return None
        number = self._index(offset)
        if number not in self._resolved:
            self._resolved[number] = self._identities[number].resolved()
        return self._resolved[number]

    def number(self, offset: int) -> int:
        """A number of the definition at an offset, the same for definitions that share an edit."""
        index = self._index(offset)
        return self._numbers.get(index, index)

    def _index(self, offset: int) -> int:
        return max(bisect_right(self._starts, offset) - 1, 0)
