"""Addresses as numbers: nets, and the ranges in which an address that nobody knows must lie.

Marathon definitions have no addresses. What a policy's nets say about an app is decided by ranges: a net
that contains the whole range matches, a disjoint one does not, and one that lies inside leaves it open. A
`AddressSpan` is cut into pieces at the borders of all nets that the policies name; within one piece every net
gives the same answer, so that one address stands for the whole piece.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from calico_core import addresses

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class AddressSpan(NamedTuple):
    """The addresses from ``first`` to ``last`` of one IP version, both included."""

    version: int
    first: int
    last: int

    def __str__(self) -> str:
        if self.version == 4:
            return addresses.text_of(self.first, self.last)
        if self.first == self.last:
            return address_text(self.version, self.first)
        size = self.last - self.first + 1
        if size & (size - 1) == 0 and self.first % size == 0:
            return f"{address_text(self.version, self.first)}/{129 - size.bit_length()}"
        return f"{address_text(self.version, self.first)}-{address_text(self.version, self.last)}"

    def contains(self, other: AddressSpan) -> bool:
        """Whether every address of ``other`` is in this span."""
        return self.version == other.version and self.first <= other.first and other.last <= self.last

    def meets(self, other: AddressSpan) -> bool:
        """Whether the spans have an address in common."""
        return self.version == other.version and self.first <= other.last and other.first <= self.last


def parse_net(text: str) -> AddressSpan:
    """The span of a CIDR (``10.0.0.0/8``), or of a lone address; bits below the mask are ignored.

    Raises ValueError for anything else.
    """
    import ipaddress

    if not isinstance(text, str):
        raise ValueError(f"{text!r} is no CIDR")  # noqa: TRY004 - a number would be taken for an address
    net = ipaddress.ip_network(text, strict=False)
    return AddressSpan(net.version, int(net.network_address), int(net.broadcast_address))


def parse_address(text: str) -> AddressSpan:
    """The span of one address. Raises ValueError for anything else."""
    import ipaddress

    address = ipaddress.ip_address(text)
    return AddressSpan(address.version, int(address), int(address))


def is_address(text: str) -> bool:
    """Whether the text is an IP address, without a mask."""
    try:
        parse_address(text)
    except ValueError:
        return False
    return True


def address_text(version: int, value: int) -> str:
    """An address as people write it."""
    if version == 4:
        return addresses.address_text(value)
    import ipaddress

    return str(ipaddress.IPv6Address(value))


def without(span: AddressSpan, taken: Iterable[AddressSpan]) -> list[AddressSpan]:
    """What is left of a span when the taken ones are cut out of it, in order."""
    same = [other for other in taken if other.version == span.version]
    return [AddressSpan(span.version, *gap) for gap in addresses.gaps(span, same)]


class Cutter:
    """Cuts spans at the borders of nets."""

    def __init__(self, nets: Iterable[AddressSpan]) -> None:
        self._borders: dict[int, list[int]] = {4: [], 6: []}
        borders: dict[int, set[int]] = {4: set(), 6: set()}
        for net in nets:
            borders[net.version].update((net.first, net.last + 1))
        for version, found in borders.items():
            self._borders[version] = sorted(found)

    def pieces(self, spans: Sequence[AddressSpan]) -> list[AddressSpan]:
        """The spans, cut so that each piece is wholly inside or wholly outside of every net."""
        pieces: list[AddressSpan] = []
        for span in spans:
            borders = self._borders[span.version]
            at = span.first
            for border in borders[bisect_left(borders, at + 1) : bisect_left(borders, span.last + 1)]:
                pieces.append(AddressSpan(span.version, at, border - 1))
                at = border
            pieces.append(AddressSpan(span.version, at, span.last))
        return pieces
