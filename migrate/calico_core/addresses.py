"""Addresses as whole numbers: networks, who occupies what, and where two owners collide.

Everything here is pure arithmetic on IPv4 addresses as integers from 0 to 2**32 - 1, so that ten thousand
agents cost a sort and a sweep and no objects.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from calico_core.json.pointers import Path

ADDRESSES = 1 << 32


class Network(NamedTuple):
    """An IPv4 network as its first and last address, both inclusive."""

    first: int
    last: int

    @property
    def size(self) -> int:
        """How many addresses it has."""
        return self.last - self.first + 1

    def overlaps(self, other: Network | Range) -> bool:
        """Whether the two have an address in common."""
        return self.first <= other.last and other.first <= self.last

    def __str__(self) -> str:
        return text_of(self.first, self.last)


class WrittenNetwork(NamedTuple):
    """A network as somebody wrote it.

    ``notation`` is ``prefix`` (``/16``), ``none`` (no slash: a single address), ``netmask``
    (``/255.255.0.0``) or ``hostmask`` (``/0.0.255.255``). ``leading_zeros`` tells of an octet such as
    ``00`` or ``07``, which Python 3.6 takes as decimal and later versions refuse.
    """

    network: Network
    prefix: int
    notation: str = "prefix"
    leading_zeros: bool = False


class Range(NamedTuple):
    """A part of the address space that somebody occupies, from ``first`` to ``last``, both inclusive.

    ``kind`` says what it is (``calico``, ``overlay``, ``vtep``, ``vips``, ``bridge``, ``docker0``,
    ``docker-pool``, ``dns``, ``link-local``, ``special``, ``master``, ``agent``, ``resolver``,
    ``service``, ``reserved``, ``pool``); ``owner`` names it for a human. ``origin`` is ``default`` for
    what applies although nobody wrote it, ``file`` for what stands in config.yaml, ``command`` for what
    was given on the command line. ``path`` leads to it in the file (``("master_list", 0)``), ``text`` is
    how it is written (``9.0.0.0/8``).
    """

    first: int
    last: int
    kind: str
    owner: str
    origin: str = "default"
    path: Path = ()
    text: str = ""

    @property
    def network(self) -> Network:
        """The addresses alone."""
        return Network(self.first, self.last)

    def __str__(self) -> str:
        return self.text or text_of(self.first, self.last)


@lru_cache(maxsize=2048)
def parse_address(text: str, *, leading_zeros: bool = False) -> int | None:
    """The number of a dotted IPv4 address, None where the text is none.

    ``leading_zeros`` accepts what `ipaddress` of Python 3.6 accepts: an octet of up to three digits with a
    leading zero, as long as octal and decimal agree (at most 7).
    """
    parts = text.split(".")
    if len(parts) != 4:
        return None
    number = 0
    for part in parts:
        if not (part.isascii() and part.isdigit()) or len(part) > 3:
            return None
        octet = int(part)
        if octet > 255 or (len(part) > 1 and part[0] == "0" and not (leading_zeros and octet <= 7)):
            return None
        number = number << 8 | octet
    return number


@lru_cache(maxsize=512)
def parse_network(text: str, *, leading_zeros: bool = True) -> WrittenNetwork | None:
    """What a text says as an IPv4 network, None where `ipaddress.ip_network` of Python 3.6 refuses it.

    Accepted are ``a.b.c.d``, ``a.b.c.d/16``, ``a.b.c.d/255.255.0.0`` and ``a.b.c.d/0.0.255.255``, without
    host bits, without spaces.
    """
    address_text, slash, mask_text = text.partition("/")
    if "/" in mask_text:
        return None
    address = parse_address(address_text, leading_zeros=leading_zeros)
    if address is None:
        return None
    notation = "prefix"
    if not slash:
        prefix: int | None = 32
        notation = "none"
    elif mask_text.isascii() and mask_text.isdigit():
        prefix = int(mask_text) if len(mask_text) <= 9 else None
    else:
        mask = parse_address(mask_text, leading_zeros=leading_zeros)
        if mask is None:
            return None
        prefix = _prefix_of_netmask(mask)
        notation = "netmask"
        if prefix is None:
            prefix = _prefix_of_netmask(mask ^ (ADDRESSES - 1))
            notation = "hostmask"
    if prefix is None or prefix > 32:
        return None
    size = 1 << (32 - prefix)
    if address & (size - 1):
        return None
    zeros = any(len(part) > 1 and part[0] == "0" for part in address_text.split("."))
    return WrittenNetwork(Network(address, address + size - 1), prefix, notation, zeros)


def network_of(text: str) -> Network | None:
    """The network that a text names in plain prefix notation, or a single address; None for others."""
    written = parse_network(text, leading_zeros=False)
    return written.network if written is not None and written.notation in ("prefix", "none") else None


def address_text(number: int) -> str:
    """An address as dotted text."""
    return f"{number >> 24}.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def text_of(first: int, last: int) -> str:
    """The shortest text for a range: an address, a CIDR where it is one, else ``first-last``."""
    if first == last:
        return address_text(first)
    size = last - first + 1
    if size & (size - 1) == 0 and first & (size - 1) == 0:
        return f"{address_text(first)}/{33 - size.bit_length()}"
    return f"{address_text(first)}-{address_text(last)}"


def _prefix_of_netmask(mask: int) -> int | None:
    inverted = mask ^ (ADDRESSES - 1)
    return None if inverted & (inverted + 1) else 32 - inverted.bit_length()


def parse_bounds(text: str) -> tuple[int, int]:
    """The first and the last address of ``first-last``. Raises ValueError where a text is no such range."""
    first_text, _, last_text = text.partition("-")
    first, last = parse_address(first_text.strip()), parse_address(last_text.strip())
    if first is None or last is None or last < first:
        raise ValueError(f"{text!r} is no range of IPv4 addresses")
    return first, last


def in_space(text: str, kind: str, owner: str, origin: str = "default", path: Path = ()) -> Range:
    """A range from its text, which is a CIDR, an address or ``first-last``.

    Raises ValueError where it is none of them.
    """
    if "-" in text:
        first, last = parse_bounds(text)
    else:
        network = network_of(text)
        if network is None:
            raise ValueError(f"{text!r} is no IPv4 network")
        first, last = network
    return Range(first, last, kind, owner, origin, path, text)


def overlapping_pairs(ranges: Sequence[Range]) -> list[tuple[int, int]]:
    """Indexes of ranges that overlap an earlier-starting one; one sort and one sweep.

    Each range is paired with the range before it that reaches furthest, so that a range inside many others
    is reported once. The pair is in the order of the sequence.
    """
    order = sorted(range(len(ranges)), key=lambda index: (ranges[index].first, -ranges[index].last))
    pairs: list[tuple[int, int]] = []
    furthest = -1
    for index in order:
        if furthest >= 0 and ranges[index].first <= ranges[furthest].last:
            pairs.append((min(index, furthest), max(index, furthest)))
            if ranges[index].last > ranges[furthest].last:
                furthest = index
        else:
            furthest = index
    return sorted(pairs)


class Points:
    """Single addresses that many ranges are checked against: sorted once, searched by bisection."""

    def __init__(self, ranges: Iterable[Range]) -> None:
        self._ranges = sorted(ranges, key=_by_first)
        self._firsts = [entry.first for entry in self._ranges]

    def inside(self, network: Network | Range) -> Sequence[Range]:
        """The points in a network, in order of address."""
        from bisect import bisect_left, bisect_right

        if not self._firsts:
            return ()
        return self._ranges[
            bisect_left(self._firsts, network.first) : bisect_right(self._firsts, network.last)
        ]

    def __len__(self) -> int:
        return len(self._ranges)

    @property
    def ranges(self) -> Sequence[Range]:
        """All of them, in order of address."""
        return self._ranges


def _by_first(entry: Range) -> int:
    return entry.first


class Stretch(Protocol):
    """Anything with a first and a last address, both inclusive."""

    @property
    def first(self) -> int:
        """The first address, as a number."""

    @property
    def last(self) -> int:
        """The last address, as a number."""


def merged(networks: Iterable[Stretch]) -> list[Network]:
    """The same addresses as disjoint networks in rising order; neighbours become one."""
    result: list[Network] = []
    for first, last in sorted((entry.first, entry.last) for entry in networks):
        if result and first <= result[-1].last + 1:
            if last > result[-1].last:
                result[-1] = Network(result[-1].first, last)
        else:
            result.append(Network(first, last))
    return result


def gaps(space: Stretch, taken: Iterable[Stretch]) -> list[Network]:
    """What is free of a space, in rising order."""
    free: list[Network] = []
    start = space.first
    for network in merged(taken):
        if network.last < start:
            continue
        if network.first > space.last:
            break
        if network.first > start:
            free.append(Network(start, network.first - 1))
        start = network.last + 1
    if start <= space.last:
        free.append(Network(start, space.last))
    return free
