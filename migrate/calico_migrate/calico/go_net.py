"""Addresses and networks as Go 1.13's ``net`` package reads them.

It differs from Python's ``ipaddress``: leading zeros are fine (``010.0.0.0/8`` is 10.0.0.0/8), an
IPv4-mapped address counts as IPv4. Source: Go 1.13 ``net/ip.go``; projectcalico/libcalico-go dda4a7964ffa
``lib/net``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_DECIMAL = re.compile(r"[0-9]+")
_HEXADECIMAL = r"[0-9a-fA-F]+"
_UNUSUAL = re.compile(r"(?:^|[./])0[0-9]|:")
_MOST_DIGITS = 64


class Network(NamedTuple):
    """A network in CIDR form: the address as it is written, and the network it lies in.

    ``address`` and ``network`` are integers; for IPv4, mapped ones included, of 32 bits. ``prefix`` counts
    the bits of that version. ``masked`` says whether the address is the network's first one.
    """

    version: int
    address: int
    network: int
    prefix: int

    @property
    def masked(self) -> bool:
        """Whether no host bit is set."""
        return self.address == self.network

    @property
    def bits(self) -> int:
        """32 or 128."""
        return 32 if self.version == 4 else 128

    def overlaps(self, other: Network) -> bool:
        """Whether an address lies in both."""
        if self.version != other.version:
            return False
        shift = self.bits - min(self.prefix, other.prefix)
        return self.network >> shift == other.network >> shift


def parse_ip(text: str) -> tuple[int, int] | None:
    """The version and the number of an address, or None where ``net.ParseIP`` takes it for none."""
    for character in text:
        if character == ".":
            number = _parse_ipv4(text)
            return None if number is None else (4, number)
        if character == ":":
            wide = _parse_ipv6(text)
            if wide is None:
                return None
            return (4, wide & 0xFFFFFFFF) if wide >> 32 == 0xFFFF else (6, wide)
    return None


def parse_cidr(text: str) -> Network | None:
    """The network that ``net.ParseCIDR`` reads, or None."""
    address_text, slash, prefix_text = text.partition("/")
    if not slash or _DECIMAL.fullmatch(prefix_text) is None or len(prefix_text) > _MOST_DIGITS:
        return None
    prefix = int(prefix_text)
    address = _parse_ipv4(address_text)
    if address is not None:
        return _network(4, address, prefix, 32) if prefix <= 32 else None
    wide = _parse_ipv6(address_text)
    if wide is None or prefix > 128:
        return None
    if wide >> 32 == 0xFFFF and prefix >= 96:
        return _network(4, wide & 0xFFFFFFFF, prefix - 96, 32)
    return _network(6, wide, prefix, 128)


def parse_cidr_or_ip(text: str) -> Network | None:
    """A network, or an address as the network that holds nothing else, or None."""
    network = parse_cidr(text)
    if network is not None:
        return network
    parsed = parse_ip(text)
    if parsed is None:
        return None
    version, address = parsed
    return _network(version, address, 32 if version == 4 else 128, 32 if version == 4 else 128)


def canonical_net(text: str) -> str:
    """A network or address in the form that everybody reads alike; a text that is none stays as it is."""
    if _UNUSUAL.search(text) is None:
        return text
    network = parse_cidr_or_ip(text)
    if network is None:
        return text
    import ipaddress

    address = (ipaddress.IPv4Address if network.version == 4 else ipaddress.IPv6Address)(network.address)
    return f"{address}/{network.prefix}" if "/" in text else str(address)


def _network(version: int, address: int, prefix: int, bits: int) -> Network:
    mask = ((1 << prefix) - 1) << (bits - prefix)
    return Network(version, address, address & mask, prefix)


def _parse_ipv4(text: str) -> int | None:
    parts = text.split(".")
    if len(parts) != 4:
        return None
    number = 0
    for part in parts:
        if _DECIMAL.fullmatch(part) is None or len(part) > _MOST_DIGITS:
            return None
        value = int(part)
        if value > 0xFF:
            return None
        number = number << 8 | value
    return number


def _parse_ipv6(text: str) -> int | None:
    head, ellipsis, tail = text.partition("::")
    if "::" in tail:
        return None
    before = _groups(head, last=not ellipsis)
    after = _groups(tail, last=True)
    if before is None or after is None:
        return None
    if ellipsis:
        missing = 8 - len(before) - len(after)
        if missing < 1:
            return None
        groups = [*before, *[0] * missing, *after]
    else:
        groups = before
        if len(groups) != 8:
            return None
    number = 0
    for group in groups:
        number = number << 16 | group
    return number


def _groups(text: str, *, last: bool) -> list[int] | None:
    """The 16-bit groups of one side of ``::``; only the last may end in an IPv4 address."""
    if not text:
        return []
    groups: list[int] = []
    parts = text.split(":")
    for index, part in enumerate(parts):
        if "." in part:
            number = _parse_ipv4(part)
            if number is None or not last or index != len(parts) - 1:
                return None
            groups += [number >> 16, number & 0xFFFF]
        elif re.fullmatch(_HEXADECIMAL, part) is None or len(part) > _MOST_DIGITS or int(part, 16) > 0xFFFF:
            return None
        else:
            groups.append(int(part, 16))
    return groups
