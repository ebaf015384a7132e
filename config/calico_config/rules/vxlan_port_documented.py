"""The documentation names another default for Calico's VXLAN port than the code has.

The page says 4789, the code of every release says 64000, and the code counts. Firewalls that were opened
for 4789 by the page block all traffic between tasks on different nodes.

Example:
    # no calico_vxlan_port in the file

Open the port that is really used (UDP, between all nodes): `calico-migrate config show` lists all ports.
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, info

RULE = info(
    __name__, source="dcos/dcos gen/calc.py:1406 (64000); DC/OS 2.2 docs, networking/SDN/calico (4789)"
)
WATCHES = ("anything",)


def check(facts: Facts) -> Findings:
    """One finding where the port is the default, or the documentation's."""
    port = facts.number("calico_vxlan_port")
    if not (facts.calico_on and facts.vxlan) or port is None:
        return
    if not port.is_set:
        yield RULE.finding(
            "calico_vxlan_port is not set: DC/OS uses UDP 64000, although its documentation says 4789",
            hint="open UDP 64000 between all nodes",
        )
    elif port.value == 4789:
        yield RULE.finding(
            "calico_vxlan_port 4789 is not DC/OS' default (64000), although its documentation says so",
            hint="this works; open UDP 4789 between all nodes",
            **facts.place("calico_vxlan_port"),
        )
