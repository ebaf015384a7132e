"""The MAC of `vxlan.calico` is not the one that Felix derives from the node's name.

Every node computes the MACs of the others: `66:` and the first five bytes of the SHA-1 of the name. A
device that was made under another name, or by hand, has another one, and packets to it are dropped.

Example:
    vxlan.calico of 10.0.1.21 has 66:2d:bb:7a:11:21 instead of 66:05:7f:46:8c:42

Delete the device (`ip link delete vxlan.calico`); Felix makes it anew.
"""

import hashlib

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(
    __name__,
    source="projectcalico/felix v3.14.0 calc/vxlan_resolver.go:270-291",
    needs="vxlan",
    lists=True,
    causes=("node-name-not-its-address", "node-address-not-local"),
)


def check(node: OneNode) -> Findings:
    """The device's MAC against the computed one, or the one that the Node resource names."""
    own = node.estate.node_of(node.machine)
    device = node.machine.interfaces.get("vxlan.calico")
    if own is None or device is None or not device.mac:
        return
    expected = own.vxlan_mac or mac_of(own.name)
    if device.mac != expected:
        yield RULE.found(
            "the MAC of vxlan.calico is not the one that the others compute from the node's name",
            node.machine.evidence(names.IP_ADDR, device.line, device.text),
            node.estate.about_node(own),
            hint="delete the device (`ip link delete vxlan.calico`); Felix makes it anew",
            node=node.machine.address,
            detail=f"{device.mac} instead of {expected}",
        )


def mac_of(name: str) -> str:
    """The MAC that Felix gives the VXLAN device of a node."""
    digest = hashlib.sha1(name.encode(), usedforsecurity=False).digest()[:5]
    return ":".join(f"{byte:02x}" for byte in (0x66, *digest))
