"""The containers' MTU is larger than the tunnel's.

Calico asks for the same MTU at the containers (`calico_veth_mtu`) and at the tunnel that is really used
(`calico_vxlan_mtu` or `calico_ipinip_mtu`). With a larger veth every large packet to another node first
meets "fragmentation needed": TCP recovers after a retransmission, UDP is fragmented, and what blocks ICMP
hangs ("small requests work, big ones do not"). The defaults themselves are 1500 over 1450 or 1480; that
is an info. The parameter is for UCR containers; Docker containers keep 1500.

Example:
    calico_veth_mtu: 9000

Set `calico_veth_mtu` to the tunnel's MTU.
"""

from calico_config.facts.facts import Facts
from calico_core.findings import Severity
from calico_core.rules import Findings, warning

RULE = warning(
    __name__, source="Calico 3.14 docs, networking/mtu; dcos/dcos gen/calc.py (defaults 1500, 1450, 1480)"
)
WATCHES = ("anything",)


def check(facts: Facts) -> Findings:
    """One finding where the veth MTU in use is above that of the tunnel in use."""
    from calico_config.facts.mtu import DEVICE_MAXIMUM

    if not facts.calico_on:
        return
    veth, tunnel = facts.number("calico_veth_mtu"), facts.number(facts.tunnel_mtu_name)
    if veth is None or tunnel is None or not tunnel.value < veth.value <= DEVICE_MAXIMUM:
        return
    untouched = not veth.is_set and not tunnel.is_set
    name = "calico_veth_mtu" if veth.is_set else facts.tunnel_mtu_name
    yield RULE.finding(
        f"calico_veth_mtu {veth.value}{'' if veth.is_set else ' (default)'} is larger than"
        f" {facts.tunnel_mtu_name} {tunnel.value}{'' if tunnel.is_set else ' (default)'}:"
        f" large packets between nodes are fragmented or lost",
        hint=f"set calico_veth_mtu: {tunnel.value}",
        severity=Severity.INFO if untouched else None,
        **facts.place(name),
    )
