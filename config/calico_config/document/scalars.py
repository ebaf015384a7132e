"""What a scalar is to the DC/OS installer: YAML 1.1 as PyYAML resolves and constructs it.

The installer is Python 3.6 with PyYAML 5.3.1, so that ``17:04`` is the number 1024, ``0x400`` and ``02000``
are too, ``y`` is a text, ``1e3`` is a text and ``1.0e+3`` a float. Nothing is constructed that is not a plain
number, truth value, text or null: a date, a set or bytes is an `Unsupported`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_core.yaml.nodes import PREFIX
from calico_core.yaml.numbers import floating, integer

if TYPE_CHECKING:
    from calico_core.yaml.nodes import Node

BOOLEANS = {"yes": True, "no": False, "true": True, "false": False, "on": True, "off": False}

_BOOL = r"(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)\Z"
_FLOAT = (
    r"(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?"
    r"|\.[0-9_]+(?:[eE][-+][0-9]+)?"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*"
    r"|[-+]?\.(?:inf|Inf|INF)"
    r"|\.(?:nan|NaN|NAN))\Z"
)
_INT = (
    r"(?:[-+]?0b[0-1_]+"
    r"|[-+]?0[0-7_]+"
    r"|[-+]?(?:0|[1-9][0-9_]*)"
    r"|[-+]?0x[0-9a-fA-F_]+"
    r"|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)\Z"
)
_NULL = r"(?:~|null|Null|NULL|)\Z"
_TIMESTAMP = (
    r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?"
    r"(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?)\Z"
)
_TIMESTAMP_PARTS = (
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    r"(?:(?:[Tt]|[ \t]+)([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]*)?"
    r"(?:[ \t]*(?:Z|[-+]([0-9]{1,2})(?::?([0-9]{2}))?))?)?\Z"
)


# Longer numbers are not read: the time for that grows with the square of the length.
MAX_DIGITS = 10_000


class Unsupported:
    """A value that the installer cannot turn into a text.

    ``type_name`` is its type as the traceback names it; ``crash`` is the traceback's last line where PyYAML
    itself fails to make a value, as of ``2021-13-01``.
    """

    __slots__ = ("crash", "type_name")

    def __init__(self, type_name: str, crash: str | None = None) -> None:
        self.type_name = type_name
        self.crash = crash

    def __repr__(self) -> str:
        return f"Unsupported({self.type_name!r})"


class ScalarError(Exception):
    """PyYAML's constructor fails. ``kind`` is ``yaml`` for an error that names its place, else ``crash``."""

    def __init__(self, message: str, kind: str = "crash") -> None:
        super().__init__(message)
        self.message = message
        self.kind = kind


Scalar = str | int | float | bool | None | Unsupported


def tag_of(node: Node) -> str:
    """A scalar's tag, without YAML's prefix: the one that is written, else the one that its form gives it."""
    tag = node.tag
    if tag is None:
        return "str" if node.style else resolve_tag(node.text)
    return resolve_tag(node.text) if tag == "!" else tag.removeprefix(PREFIX)


def tag_of_collection(node: Node, own: str) -> str:
    """A collection's tag, without YAML's prefix; ``own`` where none is written."""
    return own if node.tag is None or node.tag == "!" else node.tag.removeprefix(PREFIX)


def resolve_tag(text: str) -> str:
    """The tag of a plain scalar, without YAML's prefix: ``bool``, ``int``, ``str`` and so on."""
    first = text[:1]
    if first == "" or first in "~nN":
        if re.match(_NULL, text):
            return "null"
        return "bool" if first and re.match(_BOOL, text) else "str"
    if first in "-+0123456789.":
        if re.match(_FLOAT, text):
            return "float"
        if first != "." and re.match(_INT, text):
            return "int"
        return "timestamp" if first.isdigit() and re.match(_TIMESTAMP, text) else "str"
    if first in "yYtTfFoO":
        return "bool" if re.match(_BOOL, text) else "str"
    if text == "<<":
        return "merge"
    return "value" if text == "=" else "str"


def construct_scalar(text: str, tag: str) -> Scalar:
    """The value that PyYAML makes of a scalar with ``tag`` (without prefix).

    Raises ScalarError where PyYAML's constructor raises.
    """
    if tag == "str":
        return text
    if tag == "null":
        return None
    if tag in {"int", "float"} and len(text) > MAX_DIGITS:
        return Unsupported(tag, f"a number of {len(text):,} characters, which was not read")
    if tag == "bool":
        try:
            return BOOLEANS[text.lower()]
        except KeyError:
            raise ScalarError(f"KeyError: {text.lower()!r}") from None
    if tag == "int":
        return _integer(text)
    if tag == "float":
        return _floating(text)
    if tag == "timestamp":
        return _timestamp(text)
    if tag == "binary":
        return _binary(text)
    raise ScalarError(f"could not determine a constructor for the tag '{PREFIX}{tag}'", "yaml")


def parse_decimal(digits: str) -> int:
    """``int(digits)`` without the limit on its length that newer Python versions have."""
    if len(digits) <= 4000:
        return int(digits)
    value = 0
    for start in range(0, len(digits), 4000):
        part = digits[start : start + 4000]
        value = value * 10 ** len(part) + int(part)
    return value


def format_decimal(value: int) -> str:
    """``str(value)`` without the limit on its length that newer Python versions have."""
    # Less than 4,000 digits.
    if value.bit_length() < 13_000:
        return str(value)
    sign, value = ("-", -value) if value < 0 else ("", value)
    parts: list[str] = []
    chunk = 10**4000
    while value:
        value, rest = divmod(value, chunk)
        parts.append(str(rest).zfill(4000) if value else str(rest))
    return sign + "".join(reversed(parts))


def _integer(text: str) -> int:
    try:
        return integer(text, _decimal)
    except (IndexError, ValueError) as error:
        raise ScalarError(f"{type(error).__name__}: {error}") from None


def _decimal(digits: str) -> int:
    # Only of digits: of another text, Python's own message names the whole.
    return parse_decimal(digits) if digits.isdecimal() else int(digits)


def _floating(text: str) -> float:
    try:
        return floating(text)
    except (IndexError, ValueError, OverflowError) as error:
        raise ScalarError(f"{type(error).__name__}: {error}") from None


def _timestamp(text: str) -> Unsupported:
    match = re.match(_TIMESTAMP_PARTS, text)
    if match is None:
        raise ScalarError("AttributeError: 'NoneType' object has no attribute 'groupdict'")
    year, month, day, hour, minute, second, *_ = (int(part) if part else 0 for part in match.groups())
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if year < 1:
        raise ScalarError(f"ValueError: year {year} is out of range")
    if not 1 <= month <= 12:
        raise ScalarError("ValueError: month must be in 1..12")
    if not 1 <= day <= (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]:
        raise ScalarError("ValueError: day is out of range for month")
    if match.group(4) is None:
        return Unsupported("datetime.date")
    if hour > 23 or minute > 59 or second > 59:
        raise ScalarError("ValueError: hour, minute or second is out of range")
    return Unsupported("datetime.datetime")


def _binary(text: str) -> Unsupported:
    import base64
    import binascii

    try:
        base64.decodebytes(text.encode("ascii"))
    except UnicodeEncodeError as error:
        raise ScalarError(f"failed to convert base64 data into ascii: {error}", "yaml") from None
    except binascii.Error as error:
        raise ScalarError(f"failed to decode base64 data: {error}", "yaml") from None
    return Unsupported("bytes")
