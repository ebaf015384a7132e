"""Calico's VXLAN shares UDP port 64000 with the DC/OS overlay.

That is the default and it works: the kernel tells the two apart by their VNI. It has a price: Felix drops
packets to its VXLAN port from hosts that Calico does not know. A node whose Felix is down, or that never
had Calico, then loses the DC/OS overlay towards the others as well.

Example:
    calico_vxlan_port: 64000

To keep the two apart set `calico_vxlan_port: 4789` and open that port (UDP) between all nodes.
"""

from calico_config.facts.facts import Facts
from calico_config.facts.overlays import OVERLAY_PORT
from calico_core.rules import Findings, info

RULE = info(
    __name__,
    source="dcos/dcos-net dcos_overlay_poller.erl (VXLAN_UDP_PORT); projectcalico/felix v3.14.0"
    " rules/static.go:227-245",
)
WATCHES = ("anything",)


def check(facts: Facts) -> Findings:
    """One finding where Calico's VXLAN and the overlay use the same port."""
    port = facts.number("calico_vxlan_port")
    both = facts.calico_on and facts.vxlan and facts.overlay_on
    if not both or port is None or port.value != OVERLAY_PORT:
        return
    default = "" if port.is_set else " (the default)"
    yield RULE.finding(
        f"Calico's VXLAN shares UDP port {OVERLAY_PORT}{default} with the DC/OS overlay: a node whose Felix"
        " is down loses the overlay towards the others too",
        hint="calico_vxlan_port: 4789 keeps the two apart; open that port (UDP) between all nodes",
        **facts.place("calico_vxlan_port"),
    )
