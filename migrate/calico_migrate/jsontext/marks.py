"""Whether a rare expression stands in a part of a text, asked for one part after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re


class Marks:
    """The places of an expression in one text.

    What one search has found is kept, so that asking for parts in their order reads the text once. (An
    expression that begins with a rare letter is found faster by `re` than by `str.find`.) ``absent`` says
    that the expression is nowhere in the text, which is often so and spares the asking.
    """

    __slots__ = ("_next", "_search", "_since", "_text", "absent")

    def __init__(self, text: str, expression: re.Pattern[str]) -> None:
        self._text = text
        self._search = expression.search
        self._since = 0
        match = self._search(text)
        self.absent = match is None
        self._next = len(text) if match is None else match.start()

    def begins_in(self, start: int, end: int) -> bool:
        """Whether the expression begins at or behind ``start`` and before ``end``."""
        if not self._since <= start <= self._next:
            match = self._search(self._text, start)
            self._since, self._next = start, len(self._text) if match is None else match.start()
        return self._next < end
