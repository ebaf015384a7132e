"""Another DC/OS service listens on Calico's VXLAN port.

VXLAN is UDP. On every node UDP port 61053 belongs to mesos-dns, 61825 to telegraf and 62053 to dcos-net;
who comes second cannot bind. Ports that are only used over TCP (5050, 8080, 62091 and so on) do not
clash.

Example:
    calico_vxlan_port: 61053

Leave the default, 64000, or use 4789.
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, warning

RULE = warning(__name__, source="dcos/dcos docs/admin-ports.md")
WATCHES = ("calico_parameters",)

TAKEN = {61053: "mesos-dns", 61825: "telegraf", 62053: "dcos-net"}


def check(facts: Facts) -> Findings:
    """One finding where a running Calico wants a UDP port of another service."""
    port = facts.number("calico_vxlan_port")
    if not (facts.calico_on and facts.vxlan) or port is None or port.value not in TAKEN:
        return
    yield RULE.finding(
        f"calico_vxlan_port {port.value} (UDP) belongs to {TAKEN[port.value]} on the nodes: one of"
        f" the two cannot"
        " start",
        hint="leave the default, 64000, or use 4789",
        **facts.place("calico_vxlan_port"),
    )
