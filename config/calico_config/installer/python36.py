"""What Python 3.6, with which the installer runs, makes of numbers and addresses.

Newer Pythons are stricter (``ipaddress`` refuses leading zeros since 3.9.5, ``int`` very long numbers), and
``ipaddress`` costs start-up time, so that the few rules stand here: CPython 3.6 ``Lib/ipaddress.py`` and
``inet_pton(3)``.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from calico_config.document.scalars import MAX_DIGITS, parse_decimal

_LONG_INTEGER = r"[-+]?\d+(?:_\d+)*\Z"
_DIGITS = frozenset("0123456789")
_OCTETS = frozenset(map(str, range(256)))
_HEX_DIGITS = frozenset("0123456789abcdefABCDEF")


class RefusedError(Exception):
    """The installer refuses a value with this message (an AssertionError of its validators)."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class CrashedError(Exception):
    """The installer ends in a traceback; ``message`` is like its last line, ``names`` are the parameters."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
        self.names: tuple[str, ...] = ()


class Network(NamedTuple):
    """An IP network: ``version`` 4 or 6, first address as a number, prefix length."""

    version: int
    first: int
    prefix: int

    @property
    def last(self) -> int:
        """The last address as a number."""
        return self.first | ((1 << ((32 if self.version == 4 else 128) - self.prefix)) - 1)

    def overlaps(self, other: Network) -> bool:
        """Whether the two share an address."""
        return self.version == other.version and self.first <= other.last and other.first <= self.last

    def __str__(self) -> str:
        """As ``str()`` of an ``IPv4Network``; an IPv6 network is not written out by the installer."""
        octets = ".".join(str(self.first >> shift & 255) for shift in (24, 16, 8, 0))
        return f"{octets}/{self.prefix}"


def integer(value: Any) -> int:
    """``int(value)``. Raises ValueError as Python does, CrashedError for its other errors."""
    if isinstance(value, str):
        if len(value) > 4000:
            stripped = value.strip()
            if re.match(_LONG_INTEGER, stripped) is None:
                raise ValueError("invalid literal for int()")
            digits = stripped.lstrip("+-").replace("_", "")
            sign = -1 if stripped[0] == "-" else 1
            # Nobody asks how large exactly.
            return sign * (parse_decimal(digits) if len(digits) <= MAX_DIGITS else 10**MAX_DIGITS)
        return int(value)
    if isinstance(value, (bool, int, float)):
        try:
            return int(value)
        except OverflowError as error:
            raise CrashedError(f"OverflowError: {error}") from None
    raise CrashedError(
        "TypeError: int() argument must be a string, a bytes-like object or a number,"
        f" not '{type(value).__name__}'"
    )


def ip_network(value: Any) -> Network | None:
    """``ipaddress.ip_network(value)``: None where it raises ValueError."""
    if isinstance(value, (bool, int)):
        number = int(value)
        if 0 <= number < 1 << 32:
            return Network(4, number, 32)
        return Network(6, number, 128) if 0 <= number < 1 << 128 else None
    address, *rest = str(value).split("/")
    if len(rest) > 1:
        return None
    first = _ipv4_number(address)
    if first is not None:
        prefix = _ipv4_prefix(rest[0]) if rest else 32
        if prefix is not None and first & ((1 << (32 - prefix)) - 1) == 0:
            return Network(4, first, prefix)
        return None
    first = _ipv6_number(address)
    if first is None:
        return None
    prefix = _prefix(rest[0], 128) if rest else 128
    if prefix is None or first & ((1 << (128 - prefix)) - 1):
        return None
    return Network(6, first, prefix)


def _prefix(text: str, most: int) -> int | None:
    if not text or not _DIGITS.issuperset(text):
        return None
    digits = text.lstrip("0") or "0"
    return int(digits) if len(digits) <= 3 and int(digits) <= most else None


def _ipv4_prefix(text: str) -> int | None:
    """A prefix length, a netmask or, as a last resort, a hostmask."""
    found = _prefix(text, 32)
    if found is not None or (text and _DIGITS.issuperset(text)):
        return found
    mask = _ipv4_number(text)
    if mask is None:
        return None
    for candidate in (mask, mask ^ 0xFFFFFFFF):
        inverted = candidate ^ 0xFFFFFFFF
        if inverted & (inverted + 1) == 0:
            return 32 - inverted.bit_length()
    return None


def _ipv4_number(text: str) -> int | None:
    """``IPv4Address._ip_int_from_string`` of 3.6: leading zeros are fine where octal is the same number."""
    octets = text.split(".")
    if len(octets) != 4:
        return None
    number = 0
    for octet in octets:
        if not octet or len(octet) > 3 or not _DIGITS.issuperset(octet):
            return None
        value = int(octet)
        if value > 255 or (value > 7 and octet[0] == "0"):
            return None
        number = number << 8 | value
    return number


def _ipv6_number(text: str) -> int | None:
    """``IPv6Address._ip_int_from_string`` of 3.6; there are no scopes (``%eth0``) yet."""
    parts = text.split(":")
    if len(parts) < 3:
        return None
    if "." in parts[-1]:
        tail = _ipv4_number(parts.pop())
        if tail is None:
            return None
        parts += [f"{tail >> 16 & 0xFFFF:x}", f"{tail & 0xFFFF:x}"]
    if len(parts) > 9:
        return None
    gaps = [index for index in range(1, len(parts) - 1) if not parts[index]]
    if len(gaps) > 1:
        return None
    if gaps:
        high, low = gaps[0], len(parts) - gaps[0] - 1
        if not parts[0]:
            high -= 1
            if high:
                return None
        if not parts[-1]:
            low -= 1
            if low:
                return None
        if 8 - (high + low) < 1:
            return None
    else:
        if len(parts) != 8 or not parts[0] or not parts[-1]:
            return None
        high, low = 8, 0
    number = 0
    groups = [*parts[:high], *["0"] * (8 - high - low), *(parts[-low:] if low else [])]
    for group in groups:
        if not group or len(group) > 4 or not _HEX_DIGITS.issuperset(group):
            return None
        number = number << 16 | int(group, 16)
    return number


def is_ipv4_address(text: str) -> bool:
    """``inet_pton(AF_INET, text)``: four decimal numbers without leading zeros."""
    _refuse_unpassable(text)
    octets = text.split(".")
    return len(octets) == 4 and _OCTETS.issuperset(octets)


def is_ipv6_address(text: str) -> bool:
    """``inet_pton(AF_INET6, text)``."""
    _refuse_unpassable(text)
    head, dot, tail = text.rpartition(":")
    if "." in tail:
        if not dot or not is_ipv4_address(tail):
            return False
        text = f"{head}:0:0"
    return "." not in text and _ipv6_number(text) is not None


def _refuse_unpassable(text: str) -> None:
    if text.isascii():
        if "\x00" in text:
            raise CrashedError("ValueError: embedded null character")
        return
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise CrashedError("UnicodeEncodeError: surrogates not allowed")
