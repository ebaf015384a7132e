"""`vtep_mac_oui` is no MAC address that the overlay can use.

The overlay module of the Mesos master wants six bytes in hexadecimal with colons, the last three `00`: it
fills them with the node's VTEP address. The first byte must be even, because an odd one is a multicast
address, which Linux refuses for a device. Without quotes, an address of digits only is a base-60 number
in YAML 1.1 (`70:13:15:00:00:00` is 54603720000).

Example:
    dcos_overlay_network:
      vtep_mac_oui: 70:B3:D5

Write for example `"70:B3:D5:00:00:00"`, in quotes.
"""

import re

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, error

RULE = error(
    __name__,
    source="dcos/dcos-mesos-modules overlay/master.cpp (createMAC); tried with ip link (multicast address)",
)
WATCHES = ("overlays",)

_MAC = r"[0-9A-Fa-f]{1,2}(?::[0-9A-Fa-f]{1,2}){5}\Z"


def _problem(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return "is a number (without quotes, digits and colons are a base-60 number in YAML 1.1)"
    if not isinstance(value, str):
        return "is no text, and the Mesos master refuses it"
    if not re.match(_MAC, value):
        return "is no MAC address of six bytes with colons, and the Mesos master refuses it"
    parts = [int(part, 16) for part in value.split(":")]
    if any(parts[3:]):
        return "does not end in three bytes 00, and the Mesos master refuses it"
    return "is a multicast address, which no device can have" if parts[0] & 1 else ""


def check(facts: Facts) -> Findings:
    """One finding where vtep_mac_oui is no usable MAC address."""
    from calico_core.words import shown

    network = facts.overlay_network
    if not facts.overlay_on or not facts.overlay_is_set or network is None or "vtep_mac_oui" not in network:
        return
    value = network["vtep_mac_oui"]
    problem = _problem(value)
    if problem:
        yield RULE.finding(
            f"vtep_mac_oui {shown(str(value))!r} {problem}: no overlay works",
            hint='write six bytes with colons, the last three 00, in quotes: "70:B3:D5:00:00:00"',
            **facts.place(facts.overlay_parameter, "vtep_mac_oui"),
        )
