"""New values as YAML text, on one line or on several."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NamedTuple

from calico_core.yaml.scalars import is_text_everywhere

# What YAML does not allow in a text as it is, and JSON does not escape either.
_UNPRINTABLE = re.compile("[\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff\u2028\u2029]")


class Written(str):
    """A key or value that is YAML text already."""

    __slots__ = ()


class Style(NamedTuple):
    """How new values are written: with which quotes, and how far to the right what is below something.

    ``key_quote`` and ``quote`` are ``'``, ``"`` or nothing; without them a text gets quotes where some reader
    of YAML would take it for something else. ``step`` and ``dash`` are the spaces in front of what is in a
    mapping, and of a sequence's dash, below a key.
    """

    key_quote: str = ""
    quote: str = ""
    step: int = 2
    dash: int = 2


def scalar(value: Any, quote: str) -> str:
    """A scalar on one line."""
    if isinstance(value, Written):
        return str(value)
    if isinstance(value, str):
        if quote == "'" and value.isprintable():
            return "'" + value.replace("'", "''") + "'"
        if not quote and is_text_everywhere(value):
            return value
        return _UNPRINTABLE.sub(_escape, json.dumps(value, ensure_ascii=False))
    if isinstance(value, float):
        return _floating(value)
    return json.dumps(value)


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _floating(value: float) -> str:
    if math.isnan(value) or math.isinf(value):
        return ".nan" if math.isnan(value) else ".inf" if value > 0 else "-.inf"
    text = repr(value)
    mantissa, exponent, rest = text.partition("e")
    # YAML 1.1 takes only a number with a point and a signed exponent for one.
    return text if not exponent or "." in mantissa else f"{mantissa}.0e{rest}"


def flow(value: Any, style: Style) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        members = (f"{scalar(key, style.key_quote)}: {flow(each, style)}" for key, each in value.items())
        return "{" + ", ".join(members) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(each, style) for each in value) + "]"
    return scalar(value, style.quote)


def member(key: str, value: Any, style: Style, indent: str, newline: str) -> str:
    """A key with its value, the further lines of which begin with ``indent`` or more."""
    name = scalar(key, style.key_quote) + ":"
    if not value or not isinstance(value, dict | list):
        return f"{name} {flow(value, style)}"
    if isinstance(value, dict):
        below = indent + " " * style.step
        return name + newline + below + mapping(value, style, below, newline)
    below = indent + " " * style.dash
    return name + newline + below + sequence(value, style, below, newline)


def mapping(value: dict[str, Any], style: Style, indent: str, newline: str) -> str:
    """The members of a mapping, one below the other; the first line begins without ``indent``."""
    between = newline + indent
    return between.join(member(key, each, style, indent, newline) for key, each in value.items())


def sequence(values: list[Any], style: Style, indent: str, newline: str) -> str:
    """The elements of a sequence, one below the other; the first line begins without ``indent``."""
    lines = []
    for each in values:
        if each and isinstance(each, dict):
            lines.append("- " + mapping(each, style, indent + "  ", newline))
        else:
            lines.append("- " + flow(each, style))
    return (newline + indent).join(lines)
