"""The line of the source that a finding speaks of, with a caret below its place; for terminals."""

from __future__ import annotations

import shutil
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from calico_core.errors import InputError
from calico_core.legible import harmless
from calico_core.secrets import blotted
from calico_core.sources import STANDARD_INPUT, read

if TYPE_CHECKING:
    from calico_core.formats.text import Line

_LARGEST = 64 * 1024 * 1024


def excerpt(line: Line) -> list[str]:
    """Two lines: the source's, as wide as the terminal, and a caret; none where there is no place in a
    file.
    """
    place = _place(line.place)
    if place is None:
        return []
    path, number, column = place
    lines = _lines(path)
    if lines is None or not 0 < number <= len(lines):
        return []
    margin = f"{number:>6} | "
    room = max(20, shutil.get_terminal_size().columns - len(margin) - 1)
    source = lines[number - 1].rstrip("\r").replace("\t", " ")
    first = max(0, min(column - 1 - room // 2, len(source) - room))
    before = source[first : column - 1]
    shown = harmless(source[first : first + room])
    caret = " " * (len(margin) - 2) + "| " + " " * _width(before) + "^"
    return [margin + shown, caret]


def _place(place: str) -> tuple[str, int, int] | None:
    path, _, rest = place.rpartition(":")
    path, _, line = path.rpartition(":")
    if path and path != STANDARD_INPUT and line.isdigit() and rest.isdigit():
        return path, int(line), int(rest)
    return None


@lru_cache(maxsize=4)
def _lines(path: str) -> list[str] | None:
    """The lines of a file, with secrets blotted out; a line's places stay where nothing in front was."""
    try:
        return blotted(read(path, limit=_LARGEST).text.removeprefix("\ufeff")).split("\n")
    except InputError:
        return None


def _width(text: str) -> int:
    """How many cells a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
