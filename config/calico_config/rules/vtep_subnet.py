"""The Mesos master cannot use `vtep_subnet`.

Every node's tunnel end gets an address in `vtep_subnet` and a MAC address made of the last 24 bits of it.
The overlay module therefore wants a prefix of at least 8, written as an address, exactly one `/`, and a
number. The installer also takes a netmask, an address without a prefix, or a bare number.

Example:
    dcos_overlay_network:
      vtep_subnet: 40.0.0.0/6

Write for example `44.128.0.0/20`.
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, error

RULE = error(
    __name__,
    source="dcos/dcos-mesos-modules overlay/master.cpp; apache/mesos"
    " 3rdparty/stout/include/stout/ip.hpp (Network::parse)",
)
WATCHES = ("overlays",)

LEAST_PREFIX = 8


def check(facts: Facts) -> Findings:
    """One finding where vtep_subnet, or vtep_subnet6, is unusable for the overlay module."""
    from calico_config.rules.overlay_subnet import unreadable
    from calico_core.words import shown

    network = facts.overlay_network
    if not facts.overlay_on or not facts.overlay_is_set or network is None:
        return
    for field in ("vtep_subnet", "vtep_subnet6"):
        if field not in network:
            continue
        value = network[field]
        problem = unreadable(value)
        if not problem and field == "vtep_subnet" and int(str(value).partition("/")[2][:4]) < LEAST_PREFIX:
            problem = f"is larger than a /{LEAST_PREFIX}, so that two nodes could get the same MAC address"
        if problem:
            yield RULE.finding(
                f"{field} {shown(str(value))!r} {problem}: the Mesos master refuses it, and no overlay works",
                hint="write it as text with a prefix length, for example 44.128.0.0/20",
                **facts.place(facts.overlay_parameter, field),
            )
