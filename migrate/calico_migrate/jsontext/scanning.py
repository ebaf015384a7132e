"""Reading JSON values out of a text, and saying exactly where a text is no JSON.

The values come from the standard library's C scanner. Unlike ``json.loads``, NaN and Infinity are errors
(RFC 8259 has none, and neither has Marathon), and integers of any length are read.
"""

from __future__ import annotations

import re
from json.decoder import JSONDecodeError, JSONDecoder, scanstring  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any, NoReturn

from calico_core.errors import InputError
from calico_core.spans import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST = 500
"""How many levels of nesting are read at least; Python's scanner stops somewhere above."""

skip_blanks = re.compile(r"[ \t\n\r]*").match
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]|-?(?:NaN|Infinity)', re.DOTALL)


class _NoJSON(ValueError):
    """The text is no JSON at this offset."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


class _Constant(ValueError):
    """NaN or Infinity was met."""


def _refuse_constant(name: str) -> NoReturn:
    raise _Constant(name)


def _integer(digits: str) -> int | float:
    """An integer; Python refuses to convert more than a few thousand digits, whose value matters to nobody."""
    try:
        return int(digits)
    except ValueError:
        return float(digits)


# The scanner's own int() is faster, so that the patient one is only used where it fails.
_scan = JSONDecoder(parse_constant=_refuse_constant).scan_once
_scan_patiently = JSONDecoder(parse_constant=_refuse_constant, parse_int=_integer).scan_once


def scan(text: str, offset: int) -> tuple[Any, int]:
    """The value that begins at ``offset`` and the offset behind it; raises InputError without a path."""
    try:
        return _scan(text, offset)
    except StopIteration as error:
        raise syntax_error(text, "a value is expected", error.value) from None
    except JSONDecodeError as error:
        raise syntax_error(text, _in_words(error), error.pos) from None
    except (_Constant, RecursionError, ValueError) as error:
        return _scan_again(text, offset, error)


def _scan_again(text: str, offset: int, error: Exception) -> tuple[Any, int]:
    if isinstance(error, _Constant):
        raise syntax_error(text, f"{error} is no JSON", _constant_offset(text, offset)) from None
    if isinstance(error, RecursionError):
        place = _depth_offset(text, offset)
        raise syntax_error(text, f"nested more than {DEEPEST} levels deep", place) from None
    try:
        return _scan_patiently(text, offset)
    except (_Constant, RecursionError) as again:
        return _scan_again(text, offset, again)


def members(text: str, start: int) -> Iterator[tuple[str, int, int]]:
    """Walks the object that begins at ``start``: yields each key, its offset and its value's offset.

    The consumer sends back the offset behind the value. After the last member the generator returns the
    offset behind the object. Raises InputError where the text is no object.
    """
    end = skip_blanks(text, start + 1).end()  # type: ignore[union-attr]
    if text[end : end + 1] == "}":
        return end + 1
    while True:
        if text[end : end + 1] != '"':
            raise _key_error(text, end)
        key_start = end
        try:
            key, end = scanstring(text, end + 1, True)
        except JSONDecodeError as error:
            raise syntax_error(text, _in_words(error), error.pos) from None
        end = skip_blanks(text, end).end()  # type: ignore[union-attr]
        if text[end : end + 1] != ":":
            raise syntax_error(text, "a colon is expected behind the key", end)
        end = skip_blanks(text, end + 1).end()  # type: ignore[union-attr]
        end = skip_blanks(text, (yield key, key_start, end)).end()  # type: ignore[union-attr]
        mark = text[end : end + 1]
        if mark == "}":
            return end + 1
        if mark != ",":
            raise syntax_error(text, "a comma or the object's end is expected", end)
        end = skip_blanks(text, end + 1).end()  # type: ignore[union-attr]
