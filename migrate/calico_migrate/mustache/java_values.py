"""What a mustache.java engine does with values: truth, printing, and looking names up.

A value is one of: None (null), bool, str, int (any Java whole number), float (a Java double), list, dict
(string keys), or a `Lambda`. Sources: ``spullara/mustache.java`` BaseObjectHandler (``iterate``,
``falsey``), ReflectionObjectHandler (``find``), and the JDK's ``toString`` methods.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MISSING: Any = object()
"""What `look_up` answers for a name that no scope knows."""


class Lambda:
    """A function that a section calls with its rendered body; what it returns replaces the section."""

    __slots__ = ("function",)

    def __init__(self, function: Callable[[str], str | None]) -> None:
        self.function = function


def is_false(value: Any) -> bool:
    """Whether a section is left out: only null, false, the empty string and the empty list are false.

    The number 0 and the empty map are true.
    """
    return value is None or value is False or (isinstance(value, (str, list)) and not value)


def to_string(value: Any) -> str:
    """What Java's ``toString`` prints; the order of a map's keys is that of the dict."""
    kind = type(value)
    if kind is str:
        return str(value)
    if kind is bool:
        return "true" if value else "false"
    if kind is int:
        return str(value)
    if kind is float:
        return _usual(value) if 1e-3 <= value < 1e7 else double_to_string(value)
    if value is None:
        return "null"
    if isinstance(value, list):
        return "[" + ", ".join(map(to_string, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}={to_string(item)}" for key, item in value.items()) + "}"
    return str(value)


def double_to_string(value: float) -> str:
    """``Double.toString``: decimal from 0.001 up to 10 million, else with an exponent (``1.0E-4``)."""
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0:
        return "-0.0" if str(value).startswith("-") else "0.0"
    if 1e-3 <= abs(value) < 1e7:
        return _usual(value)
    sign = "-" if value < 0 else ""
    digits, exponent = _decimal(abs(value))
    return f"{sign}{digits[0]}.{digits[1:] or '0'}E{exponent}"


# Python prints these as Java does. Options have few numbers, which are printed again and again.
_usual = lru_cache(maxsize=1024)(repr)


def _decimal(value: float) -> tuple[str, int]:
    """The shortest digits of a positive number and the power of ten of the first one."""
    mantissa, _, exponent = f"{value!r}".partition("e")
    whole, _, fraction = mantissa.partition(".")
    all_digits = whole + fraction
    power = len(whole) - 1 + int(exponent or 0)
    stripped = all_digits.lstrip("0")
    power -= len(all_digits) - len(stripped)
    return stripped.rstrip("0") or "0", power


@lru_cache(maxsize=4096)
def _steps(name: str) -> tuple[tuple[str, ...], str]:
    """The parts of a dotted name before its last one, and the last one."""
    *path, last = name.split(".")
    return tuple(path), last


def look_up(name: str, scopes: Sequence[Any]) -> Any:
    """The value of a name, or `MISSING`.

    The innermost scope that knows the whole name, or else the name up to its first dot, decides; ``.`` is
    the innermost scope itself. A name whose last part is not found below a known first part is missing
    even where an outer scope has it.
    """
    if name == ".":
        return scopes[-1]
    path, last = _steps(name)
    for scope in reversed(scopes):
        if scope is True:
            # What a switch's section puts around its body; it has no members.
            continue
        found = scope.get(name, MISSING) if type(scope) is dict else _member(scope, name)
        if found is not MISSING:
            return found
        if not path:
            continue
        value = scope
        for part in path:
            value = value.get(part, MISSING) if type(value) is dict else _member(value, part)
            if value is MISSING or value is None:
                break
        if value is MISSING:
            continue
        return value.get(last, MISSING) if type(value) is dict else _member(value, last)
    return MISSING


def _member(value: Any, name: str) -> Any:
    """A map's value, or a Java object's property; only the properties that templates use are known."""
    if isinstance(value, dict):
        return value.get(name, MISSING)
    if isinstance(value, (list, str)):
        if name in ("isEmpty", "empty"):
            return not value
        if name == ("size" if isinstance(value, list) else "length"):
            return len(value)
    return MISSING
