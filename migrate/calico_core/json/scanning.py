"""Reading JSON values out of a text, and saying exactly where a text is no JSON.

The values come from the standard library's C scanner. Unlike ``json.loads``, NaN and Infinity are errors
(RFC 8259 has none, and neither has Marathon), and integers of any length are read.
"""

from __future__ import annotations

import re
from functools import lru_cache
from json.decoder import JSONDecodeError, JSONDecoder, scanstring  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any, NoReturn

from calico_core.errors import InputError
from calico_core.spans import Lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    _Scanner = Callable[[str, int], tuple[Any, int]]

DEEPEST = 500
"""How many levels of nesting are read at least; Python's scanner stops somewhere above."""

NUMERIC_ESCAPE = re.compile(r"\\u")
"""What begins the second spelling of a letter."""

SPELLED = re.compile(r"\\u00(?:2[d-fD-F]|3\d|4[1-9a-fA-F]|5[\daAfF]|6[1-9a-fA-F]|7[\daA])")
"""The second spelling of a letter, digit or one of ``_ - . /``: what plain words consist of."""

_BLANKS = " \t\n\r"
# More blanks than are mostly in front of a key or value.
_INDENT = 64
_blanks = re.compile(r"[ \t\n\r]*").match
_comma = re.compile(r"[ \t\n\r]*,[ \t\n\r]*").match
between = re.compile(r"[ \t\n\r]*,[ \t\n\r]*(?=[^ \t\n\r\]}])").match
"""What stands between two elements or members; None, too, where `following` has something else to tell."""

_colon = re.compile(r"[ \t\n\r]*:[ \t\n\r]*").match
_PLAIN = re.compile(r"[A-Za-z0-9_.-]+")
# For errors alone: compiled when there is one.
_LEXEME = r'(?s:"(?:[^"\\]|\\.)*"|[\[\]{}]|-?(?:NaN|Infinity))'


class _ConstantError(ValueError):
    """NaN or Infinity was met."""


def _refuse_constant(name: str) -> NoReturn:
    raise _ConstantError(name)


def _integer(digits: str) -> int | float:
    """An integer; where Python refuses to convert thousands of digits, its magnitude."""
    try:
        return int(digits)
    except ValueError:
        return float(digits)


# The scanner's own int() is faster, so that the patient one is only used where it fails.
_scan: _Scanner = JSONDecoder(parse_constant=_refuse_constant).scan_once  # type: ignore[attr-defined]
_scan_patiently: _Scanner = JSONDecoder(  # type: ignore[attr-defined]
    parse_constant=_refuse_constant, parse_int=_integer
).scan_once

# For finding the end of a value: numbers need not be made, and what is no number in JSON is no concern.
_measure: _Scanner = JSONDecoder(parse_int=str, parse_float=str).scan_once  # type: ignore[attr-defined]


def scan(text: str, offset: int) -> tuple[Any, int]:
    """The value that begins at ``offset`` and the offset behind it; raises InputError without a path."""
    try:
        return _scan(text, offset)
    except StopIteration as error:
        raise _unexpected(text, "a value is expected", error.value) from None
    except JSONDecodeError as error:
        raise _unexpected(text, _in_words(error), error.pos) from None
    except (_ConstantError, RecursionError, ValueError) as error:
        return _scan_again(text, offset, error)


def _scan_again(text: str, offset: int, error: Exception) -> tuple[Any, int]:
    if isinstance(error, _ConstantError):
        raise syntax_error(text, f"{error} is no JSON", _constant_offset(text, offset)) from None
    if isinstance(error, RecursionError):
        raise too_deep(text) from None
    try:
        return _scan_patiently(text, offset)
    except (_ConstantError, RecursionError) as again:
        return _scan_again(text, offset, again)


def end(text: str, offset: int) -> int:
    """The offset behind the value that begins at ``offset``, where the text is known to be valid."""
    return _measure(text, offset)[1]


def first(text: str, start: int) -> int:
    """The offset of the first key or element of the object or array at ``start``, -1 where it is empty."""
    offset = _skip(text, start + 1)
    return -1 if text[offset : offset + 1] in "]}" and offset < len(text) else offset


def key(text: str, offset: int) -> tuple[str, int]:
    """The key at ``offset`` and the offset of its value; raises InputError without a path."""
    if text[offset : offset + 1] != '"':
        raise syntax_error(text, _instead_of_key(text, offset), offset)
    try:
        name, end = scanstring(text, offset + 1, True)
    except JSONDecodeError as error:
        raise syntax_error(text, _in_words(error), error.pos) from None
    end = _skip(text, end)
    if text[end : end + 1] != ":":
        raise syntax_error(text, "a colon is expected behind the key", end)
    return name, _skip(text, end + 1)


def following(text: str, offset: int, closing: str) -> tuple[int, int]:
    """What comes behind a value that ends at ``offset``: the next key's or element's offset, or the end.

    ``closing`` is the bracket that ends the object or array. Answers (offset, 0) for a next one, and
    (-1, offset behind the bracket) at the end; raises InputError without a path for anything else.
    """
    comma = _comma(text, offset)
    if comma is not None:
        behind = comma.end()
        if text.startswith(closing, behind):
            raise _trailing_comma(text, text.index(",", offset), closing)
        return behind, 0
    offset = _skip(text, offset)
    mark = text[offset : offset + 1]
    if mark == closing:
        return -1, offset + 1
    if not mark:
        raise syntax_error(text, f"the text ends before the closing {closing}", offset)
    raise syntax_error(text, f"a comma or the closing {closing} is expected", offset)


def end_of_empty(text: str, start: int) -> int:
    """The offset behind the empty object or array at ``start``."""
    return _skip(text, start + 1) + 1


def begin(text: str) -> int:
    """The offset of the document's value, behind a byte order mark and blanks."""
    return _skip(text, 1 if text.startswith("\ufeff") else 0)


def finish(text: str, offset: int) -> None:
    """Raises InputError without a path where something stands behind the document's value."""
    offset = _skip(text, offset)
    if offset < len(text):
        raise syntax_error(text, "a second document begins here; keep one in each file", offset)


def loads(text: str) -> Any:
    """The value of a whole document; raises InputError without a path."""
    value, end = scan(text, begin(text))
    finish(text, end)
    return value


@lru_cache(maxsize=256)
def is_plain(word: str) -> bool:
    """Whether a word has only letters, digits and ``_ - .``: nothing but `SPELLED` spells it otherwise."""
    return _PLAIN.fullmatch(word) is not None


def may_say(text: str, words: Iterable[str]) -> bool:
    """Whether a text of a JSON document may be one of the words; an escape may spell it."""
    # One character is looked for much faster than two.
    if "\\" in text and "\\u" in text:
        return True
    return any(f'"{word}"' in text or not is_plain(word) for word in words)


def quoted(text: str, word: str, start: int, end: int) -> list[int]:
    """The offsets of the texts in ``text[start:end]`` that are a plain word, from their quotes on.

    The span is valid JSON in which `SPELLED` is not found. A quote behind no backslash begins or ends a text,
    and no letter follows a text's end; a plain word has no other spelling.
    """
    found, sought = [], f'"{word}"'
    place = text.find(sought, start, end)
    while place >= 0:
        if text[place - 1] != "\\":
            found.append(place)
        place = text.find(sought, place + len(sought), end)
    return found


def may_follow(text: str, place: int, key: str | int) -> bool:
    """Whether the text at a place may be the value of a key, or for an index an element of an array.

    It stands in valid JSON in which `SPELLED` is not found.
    """
    place = _behind(text, place)
    if isinstance(key, int):
        return text[place - 1] in "[,"
    if not is_plain(key):
        return True
    if text[place - 1] != ":":
        return False
    place = _behind(text, place - 1) - len(key) - 2
    return text.startswith(f'"{key}"', place) and text[place - 1] != "\\"


def _behind(text: str, place: int) -> int:
    """Where the blanks begin that stand in front of a place."""
    while True:
        since = max(place - _INDENT, 0)
        behind = since + len(text[since:place].rstrip(_BLANKS))
        if behind > since or not since:
            return behind
        place = since


def sole_key(text: str, key: str, start: int, end: int) -> int:
    """The offset of the value of a plain key that stands exactly once in ``text[start:end]``, else -1.

    The span is as for `quoted`. What is only a value does not count: a key is what a colon follows.
    """
    quoted, found = f'"{key}"', -1
    place = text.find(quoted, start, end)
    while place >= 0:
        behind = place + len(quoted)
        if text[place - 1] != "\\":
            colon = _colon(text, behind)
            if colon is not None:
                if found >= 0:
                    return -1
                found = colon.end()
        place = text.find(quoted, behind, end)
    return found


def has_numeric_escape(text: str) -> bool:
    r"""Whether a letter may be spelled in a second way somewhere (``\u0064`` for ``d``)."""
    place = text.find("\\")
    # Few texts have many backslashes; where one does, a regular expression is faster than going from one to
    # the next.
    for _ in range(len(text) // 600):
        if place < 0 or text.startswith("u", place + 1):
            break
        place = text.find("\\", place + 2)
    return place >= 0 and NUMERIC_ESCAPE.search(text, place) is not None


def syntax_error(text: str, message: str, offset: int) -> InputError:
    """The error for a place at which the text is no JSON, with a hint where the cause can be guessed."""
    position = Lines(text).position(min(offset, len(text)))
    hint = _guess(text, offset)
    return InputError(f"is not JSON: {message}{hint}", line=position.line, column=position.column)


def too_deep(text: str) -> InputError:
    """The error for a text whose nesting is deeper than can be read."""
    place = _depth_offset(text, begin(text))
    return syntax_error(text, f"nested more than {DEEPEST} levels deep", place)


def _skip(text: str, offset: int) -> int:
    return _blanks(text, offset).end()  # type: ignore[union-attr]


def _in_words(error: JSONDecodeError) -> str:
    return error.msg[:1].lower() + error.msg[1:].removesuffix(" at").removesuffix(" starting")


def _unexpected(text: str, message: str, offset: int) -> InputError:
    """The error for what the C scanner met; a trailing comma is told alike in every Python."""
    mark = text[offset : offset + 1]
    if mark and mark in "}]":
        before = len(text[:offset].rstrip(" \t\r\n")) - 1
        if before >= 0 and text[before] == ",":
            return _trailing_comma(text, before, mark)
    elif mark == ",":
        behind = _skip(text, offset + 1)
        if text[behind : behind + 1] in ("}", "]"):
            return _trailing_comma(text, offset, text[behind])
    return syntax_error(text, message, offset)


def _trailing_comma(text: str, offset: int, closing: str) -> InputError:
    return syntax_error(text, f"a comma stands before the closing {closing}", offset)


def _instead_of_key(text: str, offset: int) -> str:
    if offset >= len(text):
        return "the text ends where a key is expected"
    return "a key in double quotes is expected"


def _guess(text: str, offset: int) -> str:
    """What a text that is no JSON may be instead."""
    around = text[max(0, offset - 2) : offset + 4]
    if "{{" in text[:offset] or "{{" in around or "{%" in around:
        return " (this looks like a mustache template: use `calico-migrate package`)"
    if text[offset : offset + 2] in ("//", "/*") or text[offset : offset + 1] == "#":
        return " (JSON has no comments: take them out first)"
    if not text.strip("\ufeff \t\r\n"):
        return " (the file is empty)"
    if text.startswith("---") or (text[:1].isalpha() and ":" in text.partition("\n")[0]):
        return " (this looks like YAML: for a svc.yml use `calico-migrate package`)"
    return ""


def _constant_offset(text: str, offset: int) -> int:
    for token in re.compile(_LEXEME).finditer(text, offset):
        if token.group()[-1] in "Ny":
            return token.start()
    return offset


def _depth_offset(text: str, offset: int) -> int:
    depth = 0
    for token in re.compile(_LEXEME).finditer(text, offset):
        mark = token.group()
        if mark in "[{":
            depth += 1
            if depth > DEEPEST:
                return token.start()
        elif mark in "]}":
            depth -= 1
    return offset
