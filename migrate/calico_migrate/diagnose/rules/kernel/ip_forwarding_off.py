"""The kernel forwards no packets.

Containers reach nothing outside their node, and nothing reaches them. Felix switches forwarding on for its
own interfaces only.

Example:
    net.ipv4.ip_forward = 0

`sysctl -w net.ipv4.ip_forward=1`, and find the file in /etc/sysctl.d that switches it off.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(__name__, source="projectcalico/felix v3.14.0 dataplane/linux/endpoint_mgr.go:1088", needs="")


def check(node: OneNode) -> Findings:
    """The setting."""
    setting = node.machine.sysctl.get("net.ipv4.ip_forward")
    if setting is not None and setting.value == "0":
        yield RULE.found(
            "the kernel forwards no packets",
            node.machine.evidence(names.SYSCTL, setting.line, "net.ipv4.ip_forward = 0"),
            hint="`sysctl -w net.ipv4.ip_forward=1`, and find the file in /etc/sysctl.d that switches it off",
            node=node.machine.address,
        )
