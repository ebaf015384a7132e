"""How PyYAML words an error where the installer prints it: places by its own count of lines, no excerpts."""

from __future__ import annotations

import re
from typing import NamedTuple

# The name that the file has where the installer reads it.
_NAME = "genconf/config.yaml"
# What ends a line for PyYAML, which counts more lines than everybody else.
_LINE_END = r"\r\n|[\n\r\x85\u2028\u2029]"


class Place(NamedTuple):
    """A line and a column as PyYAML's marks have them, from 0."""

    line: int
    column: int


def place_of(text: str, offset: int) -> Place:
    """Where PyYAML says that an offset of ``text`` is: a byte order mark has no column."""
    ends = [end.end() for end in re.finditer(_LINE_END, text[:offset])]
    start = ends[-1] if ends else 0
    return Place(len(ends), offset - start - text.count("\ufeff", start, offset))


def marked_error(context: str | None, around: Place | None, problem: str | None, here: Place | None) -> str:
    """What ``MarkedYAMLError`` prints: the place around only where the problem has another one."""
    shown = None if problem is not None and around == here else around
    lines = (context, _said(shown), problem, _said(here))
    return "\n".join(line for line in lines if line is not None)


def reader_error(text: str, offset: int) -> str:
    """What ``ReaderError`` prints of a character that YAML does not allow, of lines that end with LF."""
    position = offset - text.count("\r\n", 0, offset)
    return (
        f"unacceptable character #x{ord(text[offset]):04x}: special characters are not allowed\n"
        f'  in "{_NAME}", position {position}'
    )


def _said(place: Place | None) -> str | None:
    return None if place is None else f'  in "{_NAME}", line {place.line + 1}, column {place.column + 1}'
