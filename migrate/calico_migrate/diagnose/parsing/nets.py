"""IPv4 nets with the length of their prefix, as routes and interfaces have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_core.addresses import address_text, parse_address

if TYPE_CHECKING:
    from calico_core.addresses import Stretch


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

    def within(self, other: Stretch) -> bool:
        """Whether all of it lies in another net."""
        return other.first <= self.first and self.last <= other.last

    def overlaps(self, other: Stretch) -> bool:
        """Whether it shares an address with another net."""
        return self.first <= other.last and other.first <= self.last

    def __str__(self) -> str:
        return f"{address_text(self.first)}/{self.prefix}"


def parse_net(text: str) -> Net | None:
    """An IPv4 net, host bits cleared; an address alone is a net of one. None where the text is none."""
    address, slash, length = text.partition("/")
    number = parse_address(address)
    prefix = int(length) if length.isdigit() else 32
    if number is None or prefix > 32 or (slash and not length.isdigit()):
        return None
    return Net(number >> (32 - prefix) << (32 - prefix), prefix)
