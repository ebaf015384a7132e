"""IPv4 addresses and nets as numbers."""

from __future__ import annotations

import re
from typing import NamedTuple

_ADDRESS = re.compile(r"(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\Z")


class Net(NamedTuple):
    """An IPv4 net: its first address as a number, and the length of its prefix."""

    first: int
    prefix: int

    @property
    def last(self) -> int:
        """The last address."""
        return self.first | ((1 << (32 - self.prefix)) - 1)

    def holds(self, address: int) -> bool:
        """Whether an address lies in it."""
        return self.first <= address <= self.last

    def within(self, other: Net) -> bool:
        """Whether all of it lies in another net."""
        return other.first <= self.first and self.last <= other.last

    def overlaps(self, other: Net) -> bool:
        """Whether it shares an address with another net."""
        return self.first <= other.last and other.first <= self.last

    def __str__(self) -> str:
        return f"{address_text(self.first)}/{self.prefix}"


def parse_address(text: str) -> int | None:
    """An IPv4 address as a number, None where the text is none."""
    match = _ADDRESS.match(text)
    if match is None:
        return None
    number = 0
    for part in match.groups():
        if int(part) > 255:
            return None
        number = number << 8 | int(part)
    return number


def parse_net(text: str) -> Net | None:
    """An IPv4 net, host bits cleared; an address alone is a net of one. None where the text is none."""
    address, slash, length = text.partition("/")
    number = parse_address(address)
    prefix = int(length) if length.isdigit() else 32
    if number is None or prefix > 32 or (slash and not length.isdigit()):
        return None
    return Net(number >> (32 - prefix) << (32 - prefix), prefix)


def address_text(number: int) -> str:
    """An address as people write it."""
    return ".".join(str(number >> shift & 255) for shift in (24, 16, 8, 0))
