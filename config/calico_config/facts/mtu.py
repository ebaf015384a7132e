"""The arithmetic of packet sizes: what fits through which network, in bytes.

Source: Calico 3.14 docs, "Configure MTU to maximize network performance", and the current page of that name
for Azure.
"""

from __future__ import annotations

from typing import NamedTuple

VXLAN_OVERHEAD = 50
IPIP_OVERHEAD = 20
DEVICE_MAXIMUM = 65535
"""The largest MTU that Linux gives a veth or vxlan device."""
INSTALLER_MINIMUM = 552
"""The smallest MTU that the DC/OS installer accepts."""
ETHERNET = 1500


class Cloud(NamedTuple):
    """What is known of a cloud's network.

    ``link`` is the MTU of an instance's interface; ``path`` what crosses the network in one piece where
    that is less. ``ipip`` says whether IP-in-IP passes.
    """

    name: str
    title: str
    link: int
    path: int
    ipip: bool
    note: str


CLOUDS: dict[str, Cloud] = {
    "aws": Cloud("aws", "AWS", 9001, 9001, True, "jumbo frames inside a VPC"),
    "azure": Cloud(
        "azure",
        "Azure",
        1500,
        1400,
        False,
        "IP-in-IP is blocked; packets over 1400 bytes are fragmented on the way",
    ),
    "gce": Cloud("gce", "Google Compute Engine", 1460, 1460, True, "the network's default MTU"),
    "openstack": Cloud("openstack", "OpenStack", 1450, 1450, True, "with a VXLAN underlay"),
}

CLOUD_RESOLVERS = {"168.63.129.16": "azure"}
"""Resolvers that only one cloud has (Microsoft, "What is IP address 168.63.129.16")."""


def overhead(vxlan: bool) -> int:
    """What the tunnel adds to every packet."""
    return VXLAN_OVERHEAD if vxlan else IPIP_OVERHEAD


def tunnel_limit(link: int, vxlan: bool) -> int:
    """The largest tunnel MTU on a link of this MTU."""
    return link - overhead(vxlan)


class Recommendation(NamedTuple):
    """The MTU for tunnel and veth (Calico asks for the same value in both), and why."""

    mtu: int
    reason: str


def recommend(*, vxlan: bool, link: int | None = None, cloud: Cloud | None = None) -> Recommendation:
    """The MTU for the tunnel and for the containers' veth on this network.

    ``link`` is the smallest MTU over all nodes' interfaces, Ethernet's 1500 where neither it nor a cloud is
    given. The result stays within what installer and kernel accept.
    """
    kind = "VXLAN" if vxlan else "IP-in-IP"
    base = link if link is not None else cloud.path if cloud is not None else ETHERNET
    if cloud is not None and cloud.path < cloud.link and link is not None:
        base = min(link, cloud.path)
    where = (
        f"link MTU {link}"
        if link is not None
        else f"{cloud.title}, {cloud.path}"
        if cloud is not None
        else f"Ethernet's {ETHERNET}"
    )
    value = min(max(tunnel_limit(base, vxlan), INSTALLER_MINIMUM), DEVICE_MAXIMUM)
    return Recommendation(value, f"{where} minus {overhead(vxlan)} bytes of {kind}")
