"""An overlay's subnet is written in a way that the Mesos master cannot read.

The installer reads subnets with Python's `ipaddress`, which also takes an address without a prefix, a
netmask, or a bare number. The overlay module of the Mesos master wants an address, exactly one `/`, and a
prefix length ("Unable to determine subnet for network"); no overlay works otherwise.

Example:
    overlays:
      - {name: dcos, subnet: 9.0.0.0, prefix: 24}

Write the subnet as text with its prefix length: `9.0.0.0/8`.
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, error

RULE = error(
    __name__,
    source="apache/mesos 3rdparty/stout/include/stout/ip.hpp (Network::parse);"
    " dcos/dcos-mesos-modules overlay/master.cpp",
)
WATCHES = ("overlays",)


def unreadable(value: object) -> str:
    """Why stout's ``Network::parse`` refuses a subnet; empty where it has exactly one slash and a number."""
    if not isinstance(value, str):
        return "is no text"
    _, slash, prefix = value.partition("/")
    if not slash:
        return "has no prefix length"
    return "" if prefix.isascii() and prefix.isdigit() else "has a netmask instead of a prefix length"


def check(facts: Facts) -> Findings:
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
