"""``ip addr``: interfaces with their MTU, state, MAC and addresses."""

from __future__ import annotations

import re
from typing import NamedTuple

_HEAD = re.compile(r"\d+: ([^:@\s]+)(?:@(\S+?))?: <([^>]*)>(?: mtu (\d+))?")
_INET = re.compile(r"inet (\d+\.\d+\.\d+\.\d+)(?:/(\d+))?(?: peer (\S+))?")
_MAC = re.compile(r"link/\S+ ([0-9a-f:]{17})")


class Inet(NamedTuple):
    """An IPv4 address with the length of its prefix, and the line that says it."""

    address: str
    prefix: int
    line: int


class Interface(NamedTuple):
    """A network interface; ``line`` is that of its head, ``text`` the head itself."""

    name: str
    flags: tuple[str, ...]
    mtu: int
    mac: str
    inets: tuple[Inet, ...]
    line: int
    text: str

    @property
    def up(self) -> bool:
        """Whether it is switched on."""
        return "UP" in self.flags


def parse_interfaces(text: str) -> dict[str, Interface]:
    """The interfaces by name, in order."""
    found: dict[str, Interface] = {}
    current: Interface | None = None
    for number, line in enumerate(text.splitlines(), 1):
        head = _HEAD.match(line)
        if head is not None:
            if current is not None:
                found[current.name] = current
            flags = tuple(head[3].split(","))
            current = Interface(head[1], flags, int(head[4] or 0), "", (), number, line)
        elif current is not None:
            mac = _MAC.search(line)
            inet = _INET.search(line)
            if mac is not None:
                current = current._replace(mac=mac[1])
            elif inet is not None:
                prefix = min(int(inet[2] or 32), 32)
                current = current._replace(inets=(*current.inets, Inet(inet[1], prefix, number)))
    if current is not None:
        found[current.name] = current
    return found
