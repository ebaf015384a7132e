"""How a definition is written down, and what a change of it does to the text.

The planner says what changes in a definition's value; a notation turns that into replacements of text, in the
style around: one for JSON, one for YAML. Paths begin at the definition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from calico_core.json.pointers import Path


class Change(NamedTuple):
    """``text[start:end]`` becomes ``replacement``; offsets count code points."""

    start: int
    end: int
    replacement: str


class Adopted(NamedTuple):
    """A member that another object takes over, as it is written: the path of its object, and its key."""

    path: Path
    key: str


class UnwritableError(Exception):
    """A value is written in a way in which it cannot be changed; ``reason`` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Notation(Protocol):
    """The text of one definition. Every change raises UnwritableError where the text does not allow it."""

    def offset(self, path: Path) -> int:
        """Where the value at ``path`` begins; KeyError or IndexError where there is none."""

    def rename(self, path: Path, old: str, new: str) -> Change:
        """Gives the text ``old`` at ``path`` another name."""

    def replace(self, path: Path, value: Any) -> Change:
        """Writes a value in the place of another one."""

    def insert(self, path: Path, key: str, value: Any, *, after: str) -> Change:
        """A new member of the object at ``path``, behind ``after`` where there is one, else in front."""

    def append_member(self, path: Path, key: str, value: Any) -> Change:
        """A new last member of an object; where it is empty, behind one that `insert` puts into it."""

    def append_elements(self, path: Path, values: Sequence[Any]) -> Change:
        """New last elements of the array at ``path``, which has some."""

    def adopt(self, path: Path, key: str, members: Sequence[Adopted]) -> Change:
        """Members from elsewhere join the object ``key`` of the object at ``path``.

        ``key`` is made where it is missing, null or empty.
        """

    def extend(self, path: Path, members: dict[str, Any]) -> Change:
        """New last members of the object at ``path``, which has some."""

    def take_element(self, path: Path, index: int) -> Change:
        """Takes one element, and what separates it from the one in front, out of an array."""

    def cut_elements(self, path: Path, removed: Collection[int]) -> list[Change]:
        """Takes elements out of an array; all of them leave an empty array."""

    def cut_members(self, path: Path, removed: Collection[str]) -> list[Change]:
        """Takes members out of an object; all of them leave an empty object."""
