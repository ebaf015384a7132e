"""A text that no parser reads, and what stands around the places in it that are looked at."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from calico_core.spans import Lines

if TYPE_CHECKING:
    import re

FAR = 500
"""How much of a line is looked at before a place: a generated file may be one line."""


class Surroundings:
    """The surroundings of places in one text.

    All that is asked for costs the same wherever in the text it is, and however long its lines are.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._start_of_line = Lines(text).start
        self._found: dict[re.Pattern[str], tuple[list[int], list[str]]] = {}

    def line_start(self, place: int) -> int:
        """Where the line of a place begins."""
        return self._start_of_line(place)

    def before(self, place: int, far: int = FAR) -> str:
        """What stands on a line before a place; of more than so many characters, the end."""
        return self.text[max(self._start_of_line(place), place - far) : place]

    def whole_before(self, place: int) -> str:
        """What stands on a line before a place, where that is not much; else nothing."""
        start = self._start_of_line(place)
        return self.text[start:place] if place - start <= FAR else ""

    def count_before(self, expression: re.Pattern[str], place: int) -> int:
        """How often an expression is found before a place."""
        return bisect_right(self._all(expression)[0], place)

    def last_before(self, expression: re.Pattern[str], place: int) -> str | None:
        """What an expression's group was in the last place before this one; None where it is not found."""
        starts, groups = self._all(expression)
        index = bisect_right(starts, place)
        return groups[index - 1] if index else None

    def _all(self, expression: re.Pattern[str]) -> tuple[list[int], list[str]]:
        found = self._found.get(expression)
        if found is None:
            matches = [(match.end(), match[expression.groups]) for match in expression.finditer(self.text)]
            found = [end for end, _ in matches], [group for _, group in matches]
            self._found[expression] = found
        return found
