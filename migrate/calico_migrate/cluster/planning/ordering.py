"""The order that people wish for: the items that are to start first inside their wave.

A file with one id a line; blank lines and what stands behind ``#`` are for people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_core.errors import UsageError
from calico_core.legible import quoted
from calico_core.nearest import nearest_ones

if TYPE_CHECKING:
    from collections.abc import Callable, Collection


class Order(NamedTuple):
    """The ids of a file with their lines, first things first."""

    path: str
    lines: tuple[tuple[int, str], ...]

    @classmethod
    def parse(cls, text: str, path: str) -> Order:
        """The order that a file's text says."""
        lines = text.removeprefix("\ufeff").split("\n")
        stripped = (line.partition("#")[0].strip() for line in lines)
        return cls(path, tuple((number, line) for number, line in enumerate(stripped, 1) if line))

    def ranks(
        self, items: Collection[str], known: Collection[str], warn: Callable[[str], object]
    ) -> dict[str, int]:
        """The place of each named item, by its key.

        An item is named by its key, or by its id where only one Marathon has it. ``known`` are the keys of
        all definitions: one that is no item of the plan is passed over with a warning. Raises UsageError,
        with the line, for what is none, is ambiguous, or is there twice.
        """
        by_id: dict[str, list[str]] = {}
        for key in known:
            by_id.setdefault(key.partition(":")[2], []).append(key)
        found: dict[str, int] = {}
        first: dict[str, int] = {}
        for number, name in self.lines:
            key = self._key(number, name, known, by_id)
            if key in first:
                raise self._error(number, f"{quoted(name)} is there already, in line {first[key]}")
            first[key] = number
            if key in items:
                found[key] = len(found)
            else:
                warn(f"{self.path}:{number}: {name} is no item of the plan, and has no place in its order")
        return found

    def _key(self, number: int, name: str, known: Collection[str], by_id: dict[str, list[str]]) -> str:
        if name in known:
            return name
        found = by_id.get(name, [])
        if len(found) > 1:
            named = " or ".join(sorted(found))
            raise self._error(number, f"{quoted(name)} is an item of several Marathons; name it as {named}")
        if not found:
            near = nearest_ones(name, [*by_id, *known])
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            raise self._error(number, f"{quoted(name)} is no app, pod, job or pool of the snapshot{hint}")
        return found[0]

    def _error(self, line: int, message: str) -> UsageError:
        return UsageError(message, path=self.path, line=line)
