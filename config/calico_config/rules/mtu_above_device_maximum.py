"""The MTU is larger than a network device can have.

Linux gives veth and VXLAN devices at most 65535 and answers "mtu greater than device maximum" to more. The
installer checks only the lower bound, 552.

Example:
    calico_vxlan_mtu: 65536

Use the network's MTU minus the tunnel's overhead: 1450 for VXLAN on Ethernet, 1480 for IP-in-IP.
"""

from calico_config.facts.facts import Facts
from calico_config.facts.parts import Place
from calico_core.findings import Finding
from calico_core.rules import Findings, error

RULE = error(__name__, source="Linux drivers/net/veth.c and vxlan.c (max_mtu); tried with ip link")
WATCHES = ("sizes",)


def _finding(name: str, text: str, place: Place) -> Finding:
    from calico_core.words import shown

    return RULE.finding(
        f"{name} {shown(text)} is more than a network device can have (65535): the device cannot be created",
        hint="use the network's MTU minus the tunnel's overhead (1450 for VXLAN on Ethernet)",
        **place,
    )


def check(facts: Facts) -> Findings:
    """One finding for each MTU in use above 65535."""
    from calico_config.facts.go_numbers import felix_reads
    from calico_config.facts.mtu import DEVICE_MAXIMUM
    from calico_config.facts.parts import installer_integer

    names = ["dcos_overlay_mtu"] if facts.overlay_on else []
    if facts.calico_on:
        names += ["calico_veth_mtu", facts.tunnel_mtu_name]
    for name in names:
        number = facts.number(name)
        if number is None:
            continue
        # Felix takes its own default where it cannot read the number, which is no matter of the device's.
        value = felix_reads(number.text) if name == facts.tunnel_mtu_name else number.value
        if value is not None and value > DEVICE_MAXIMUM:
            yield _finding(name, number.text, facts.place(name))
    vtep_mtu = (facts.overlay_network or {}).get("vtep_mtu")
    vtep_value = installer_integer(vtep_mtu) if isinstance(vtep_mtu, str) else vtep_mtu
    if facts.overlay_on and isinstance(vtep_value, (int, float)) and vtep_value > DEVICE_MAXIMUM:
        yield _finding("vtep_mtu", str(vtep_mtu), facts.place(facts.overlay_parameter, "vtep_mtu"))
