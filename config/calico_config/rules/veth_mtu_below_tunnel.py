"""The containers' MTU is smaller than the tunnel's.

This works; it only wastes a part of every packet. Calico asks for the same value at both.

Example:
    calico_veth_mtu: 1400
    calico_vxlan_mtu: 1450

Set `calico_veth_mtu` to the tunnel's MTU, unless something on the way needs the smaller one.
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, info

RULE = info(__name__, source="Calico 3.14 docs, networking/mtu")
WATCHES = ("anything",)


def check(facts: Facts) -> Findings:
    """One finding where the veth MTU in use is below that of the tunnel in use."""
    from calico_config.facts.mtu import DEVICE_MAXIMUM

    if not facts.calico_on:
        return
    veth, tunnel = facts.number("calico_veth_mtu"), facts.number(facts.tunnel_mtu_name)
    if veth is None or tunnel is None or not veth.value < tunnel.value <= DEVICE_MAXIMUM:
        return
    yield RULE.finding(
        f"calico_veth_mtu {veth.value} is smaller than {facts.tunnel_mtu_name} {tunnel.value}: this works and"
        " wastes a little of every packet",
        hint=f"set calico_veth_mtu: {tunnel.value} unless something on the way needs less",
        **facts.place("calico_veth_mtu" if veth.is_set else facts.tunnel_mtu_name),
    )
