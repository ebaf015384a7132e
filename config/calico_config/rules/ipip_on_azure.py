"""IP-in-IP does not pass Azure's network.

Azure drops packets of IP protocol 4: with `calico_vxlan_enabled: false` tasks on different nodes cannot
reach each other there. The documentation says so too: VXLAN "is supposed to be" used where IP-in-IP is
not supported.

The cloud is the one that `--cloud` names, or Azure where its resolver, 168.63.129.16, is among `resolvers`.

Example:
    calico_vxlan_enabled: false
    resolvers: [168.63.129.16]

Set `calico_vxlan_enabled: true`.
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, error

RULE = error(
    __name__,
    source="DC/OS 2.2 docs, networking/SDN/calico (calico_vxlan_enabled); kubernetes/kops issue 17832",
)
WATCHES = ("cloud",)


def check(facts: Facts) -> Findings:
    """One finding for IP-in-IP on a cloud that blocks it."""
    cloud = facts.cloud
    if cloud is None or cloud.ipip or not facts.calico_on or facts.vxlan:
        return
    yield RULE.finding(
        f"calico_vxlan_enabled is false, and {cloud.title} blocks IP-in-IP: tasks on different nodes"
        f" could not"
        " reach each other",
        hint="set calico_vxlan_enabled: true",
        **facts.place("calico_vxlan_enabled"),
    )
