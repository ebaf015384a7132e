"""What stands around a place: the line, with secrets blotted out before it is cut."""

from __future__ import annotations

from bisect import bisect_right

from calico_core.secrets import BLOT, secret_spans
from calico_core.spans import Lines

AROUND = 60
"""Characters that are shown on either side of a name."""

# How far a line is read on either side of a place: longer than any secret is, and read once for many places.
_FAR = 4_000
_MANY = 2 * _FAR


class Excerpts:
    """The lines around the places of one text.

    A line may be all of a big file: as much of it as can matter is blotted out once for the places in it that
    come one behind the other.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = Lines(text)
        # Where what is read begins, and for which places it is enough.
        self._start = 0
        self._places = range(0)
        self._line = ""
        # Where the secrets of the line begin and end, and where each one's blot begins.
        self._begin: list[int] = []
        self._behind: list[int] = []
        self._blots: list[int] = []

    def __call__(self, place: int) -> str:
        """The line around a place, with at most so many characters on either side."""
        if place not in self._places:
            self._read(place)
        if len(self._line) <= 2 * AROUND:
            return self._line.strip()
        place = self._moved(place - self._start)
        return self._line[max(0, place - AROUND) : place + AROUND].strip()

    def _read(self, place: int) -> None:
        text = self._text
        line = self._lines.start(place)
        self._start = max(line, place - _FAR)
        end = text.find("\n", place, place + _MANY)
        ends = end >= 0 or place + _MANY >= len(text)
        if end < 0:
            end = min(place + _MANY, len(text))
        since = line if self._start == line else place
        self._places = range(since, end + 1 if ends else end - _FAR)
        written = text[self._start : end].rstrip("\r")
        spans = secret_spans(written)
        self._begin, self._behind = [start for start, _ in spans], [end for _, end in spans]
        self._blots = []
        parts: list[str] = []
        done = length = 0
        for start, end in spans:
            parts += (written[done:start], BLOT)
            length += start - done
            self._blots.append(length)
            length += len(BLOT)
            done = end
        self._line = "".join([*parts, written[done:]])

    def _moved(self, place: int) -> int:
        """Where a place of the line is once secrets are blotted out."""
        index = bisect_right(self._begin, place) - 1
        if index < 0:
            return place
        blot = self._blots[index]
        return blot + max(0, len(BLOT) + place - self._behind[index])
