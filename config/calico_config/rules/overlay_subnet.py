"""An overlay's subnet is written in a way that the Mesos master cannot read.

The installer reads subnets with Python's `ipaddress`, which also takes an address without a prefix, a
netmask, or a bare number. The overlay module of the Mesos master wants an address, exactly one `/`, and a
prefix length ("Unable to determine subnet for network"); no overlay works otherwise.

Example:
    overlays:
      - {name: dcos, subnet: 9.0.0.0, prefix: 24}

Write the subnet as text with its prefix length: `9.0.0.0/8`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.findings import Severity
from calico_core.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_config.facts.facts import Facts
    from calico_core.findings import Finding

RULE = Rule(
    __name__,
    Severity.ERROR,
    source=(
        "apache/mesos 3rdparty/stout/include/stout/ip.hpp (Network::parse);"
        " dcos/dcos-mesos-modules overlay/master.cpp"
    ),
)


def unreadable(value: object) -> str:
    """Why stout's ``Network::parse`` refuses a subnet; empty where it has exactly one slash and a number."""
    if not isinstance(value, str):
        return "is no text"
    _, slash, prefix = value.partition("/")
    if not slash:
        return "has no prefix length"
    return "" if prefix.isascii() and prefix.isdigit() else "has a netmask instead of a prefix length"


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each overlay subnet, IPv4 or IPv6, without a plain prefix length."""
    from calico_core.words import shown

    if not facts.overlay_on or not facts.overlay_is_set:
        return
    for overlay in facts.overlays:
        for field in ("subnet", "subnet6"):
            if field not in overlay.fields:
                continue
            value = overlay.fields[field]
            problem = unreadable(value)
            if problem:
                yield RULE.finding(
                    f"{field} {shown(str(value))!r} of overlay {shown(overlay.name)} {problem}: the"
                    f" Mesos master"
                    " cannot read it",
                    hint="write it as text with a prefix length, for example 9.0.0.0/8",
                    **facts.place(*overlay.path, field),
                )
