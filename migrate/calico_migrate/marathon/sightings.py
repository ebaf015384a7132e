"""Where an expression is found in the spans of a text, which are asked for mostly in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence


class Sightings:
    """One expression in texts.

    No match reaches over the end of a span that is asked for. A search goes on from where the last one ended,
    so that each character of a text is looked at once.
    """

    def __init__(self, expression: re.Pattern[str]) -> None:
        self._expression = expression
        self._text = ""
        self._since = 0
        self._next = -1
        self._matches: Iterator[re.Match[str]] = iter(())

    def within(self, text: str, start: int, end: int) -> Sequence[int]:
        """The places in ``text[start:end]`` at which it is found."""
        if text is not self._text or start < self._since:
            self._text = text
            self._matches = self._expression.finditer(text, start)
            self._step()
        self._since = end
        if self._next >= end:
            return ()
        found = []
        while self._next < end:
            if self._next >= start:
                found.append(self._next)
            self._step()
        return found

    def _step(self) -> None:
        """Goes to the next match, or behind all ends."""
        match = next(self._matches, None)
        self._next = len(self._text) + 1 if match is None else match.start()
