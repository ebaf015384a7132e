"""How often an expression is found in the spans of a text, which are asked for mostly in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator


class Sightings:
    """One expression in texts; ``accepts`` tells from the text and a place whether that counts.

    No match reaches over the end of a span that is asked for. A search goes on from where the last one ended,
    so that each character of a text is looked at once.
    """

    def __init__(
        self, expression: re.Pattern[str], accepts: Callable[[str, int], bool] | None = None
    ) -> None:
        self._expression = expression
        self._accepts = accepts
        self._text = ""
        self._since = 0
        self._next = -1
        self._places: Iterator[int] = iter(())

    def count(self, text: str, start: int, end: int) -> int:
        """How often it is found in ``text[start:end]``."""
        if text is not self._text or start < self._since:
            self._text = text
            self._places = self._found(text, start)
            self._next = next(self._places)
        self._since = end
        place, found = self._next, 0
        while place < end:
            if place >= start:
                found += 1
            place = next(self._places)
        self._next = place
        return found

    def _found(self, text: str, start: int) -> Iterator[int]:
        """The places of all matches from an offset on, and then what is behind all ends."""
        accepts = self._accepts
        for match in self._expression.finditer(text, start):
            place = match.start()
            if accepts is None or accepts(text, place):
                yield place
        yield len(text) + 1
