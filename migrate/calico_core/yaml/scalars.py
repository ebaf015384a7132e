"""What a plain scalar is: YAML 1.1 as PyYAML resolves it (``yaml/resolver.py``, ``yaml/constructor.py``).

So ``on`` is a truth value, ``017`` fifteen, ``17:04`` the number 1024, ``1e3`` a text. What JSON has no value
for stays the text that it is: a date is one. Whether another reader takes a text for something else is asked
where a new one is written (`is_text_everywhere`).
"""

from __future__ import annotations

import math
import re
from typing import Any, Final

from calico_core.yaml.numbers import floating, integer

NAN: Final = float("nan")
"""The one value of every ``.nan``, so that two documents with one are equal."""

_WORDS: dict[str, bool | None] = {"~": None, "": None}
for _word, _value in {
    "yes": True, "no": False, "true": True, "false": False, "on": True, "off": False, "null": None,
}.items():  # fmt: skip
    _WORDS |= {_word: _value, _word.title(): _value, _word.upper(): _value}

_SPECIAL = frozenset("~nNyYtTfFoO-+.0123456789")
_INT = re.compile(
    r"[-+]?(?:0b[01_]+|0[0-7_]+|(?:0|[1-9][0-9_]*)|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)\Z"
)
_FLOAT = re.compile(
    r"(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?"
    r"|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*"
    r"|[-+]?\.(?:inf|Inf|INF)"
    r"|\.(?:nan|NaN|NAN))\Z"
)
_TIMESTAMP = re.compile(
    r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?"
    r"(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?)\Z"
)
# Numbers of YAML 1.2's core schema that YAML 1.1 reads as texts, and 1.1's letters that PyYAML does not read.
_OTHER_READERS = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z|0o[0-7]+\Z|[yYnN]\Z"
)
_PLAIN = re.compile(r"[A-Za-z0-9_/.][-A-Za-z0-9_/.]*\Z")


def plain_value(text: str) -> Any:
    """The value of a plain scalar: a text, a number, a truth value or None."""
    if text[:1] not in _SPECIAL and text:
        return text
    if text in _WORDS:
        return _WORDS[text]
    first = text[0]
    if first.isalpha():
        return text
    if _INT.match(text):
        return _integer(text)
    return _floating(text) if _FLOAT.match(text) else text


def tagged_value(text: str, tag: str) -> Any:
    """The value of a scalar with one of YAML's own tags (without prefix); the text for every other tag."""
    try:
        if tag == "null":
            return None
        if tag == "bool":
            return _WORDS.get(text, text)
        if tag == "int":
            return _integer(text)
        if tag == "float":
            return _floating(text)
    except (ValueError, IndexError):
        return text
    return text


def is_text_everywhere(text: str) -> bool:
    """Whether a plain scalar with this text is that text for readers of YAML 1.1 and of YAML 1.2 alike."""
    return (
        _PLAIN.match(text) is not None
        and isinstance(plain_value(text), str)
        and _OTHER_READERS.match(text) is None
        and _TIMESTAMP.match(text) is None
    )


def _integer(text: str) -> int | float:
    try:
        return integer(text)
    except ValueError:
        # Python refuses to convert thousands of digits: the magnitude, which is what is left.
        return _floating(text)


def _floating(text: str) -> float:
    try:
        value = floating(text)
    except OverflowError:
        return -math.inf if text.startswith("-") else math.inf
    return NAN if math.isnan(value) else value
