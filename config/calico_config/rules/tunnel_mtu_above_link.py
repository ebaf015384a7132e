"""The tunnel's packets do not fit through the network.

A tunnel adds 50 bytes (VXLAN) or 20 bytes (IP-in-IP) to every packet; its MTU must be that much below the
MTU of the nodes' network. config.yaml does not know the network: without `--link-mtu` or `--cloud`
Ethernet's 1500 is assumed, so that a jumbo network wants one of the two.

Example:
    calico_vxlan_mtu: 1500

Use the smallest MTU of all nodes' interfaces minus the overhead: 1450 for VXLAN, 1480 for IP-in-IP on
Ethernet, 1410 and 1440 on Google Compute Engine.
"""

from calico_config.facts.facts import Facts
from calico_core.findings import Severity
from calico_core.rules import Findings, warning

RULE = warning(__name__, source="Calico 3.14 docs, networking/mtu")
WATCHES = ("anything",)


def check(facts: Facts) -> Findings:
    """One finding where the MTU of the tunnel in use is too large for the network."""
    from calico_config.facts.mtu import DEVICE_MAXIMUM, ETHERNET, overhead, tunnel_limit

    if not facts.calico_on:
        return
    tunnel = facts.number(facts.tunnel_mtu_name)
    if tunnel is None or tunnel.value > DEVICE_MAXIMUM:
        return
    link, cloud = facts.options.link_mtu, facts.cloud
    if link is not None:
        base, whose = link, f"the link's {link}"
    elif cloud is not None:
        base, whose = cloud.link, f"{cloud.title}'s {cloud.link}"
    else:
        base, whose = ETHERNET, f"Ethernet's {ETHERNET}"
    limit = tunnel_limit(base, facts.vxlan)
    if tunnel.value > limit:
        unknown = link is None and cloud is None
        yield RULE.finding(
            f"{tunnel.name} {tunnel.value}{'' if tunnel.is_set else ' (default)'} leaves no room for"
            f" {overhead(facts.vxlan)} bytes of {facts.mode} in {whose}: at most {limit} fits",
            hint="tell the network's MTU with --link-mtu or --cloud if it is larger"
            if unknown
            else f"set {tunnel.name}: {limit}" + (f" and calico_veth_mtu: {limit}" if limit >= 552 else ""),
            severity=None if tunnel.is_set else Severity.INFO,
            **facts.place(tunnel.name),
        )
    elif cloud is not None and facts.vxlan and tunnel.value > tunnel_limit(cloud.path, vxlan=True):
        cautious = tunnel_limit(cloud.path, vxlan=True)
        yield RULE.finding(
            f"{tunnel.name} {tunnel.value}: {cloud.title}'s network fragments packets over"
            f" {cloud.path} bytes;"
            f" Calico's own table allows {limit}, {cautious} avoids the fragments",
            hint=f"set {tunnel.name}: {cautious} and calico_veth_mtu: {cautious} for fewer fragments",
            severity=Severity.INFO,
            **facts.place(tunnel.name),
        )
