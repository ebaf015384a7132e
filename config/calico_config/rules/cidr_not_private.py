"""The pool lies in public address space.

Tasks and nodes cannot reach a public host whose address belongs to the pool, because its packets stay
inside the cluster. (The overlay's 9.0.0.0/8 and the VIPs' 11.0.0.0/8 are public addresses too, by DC/OS'
own choice.)

Example:
    calico_network_cidr: 8.255.0.0/16

Choose a network from 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10.
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, warning

RULE = warning(__name__, source="RFC 1918; RFC 6598")
WATCHES = ("anything",)


def check(facts: Facts) -> Findings:
    """One finding where a pool that somebody set is not wholly private."""
    from calico_config.facts.known_ranges import CHOOSE_PRIVATE, LINK_LOCAL, PRIVATE, SHARED_SPACE, SPECIAL

    cidr = facts.cidr
    if cidr is None or not facts.is_set("calico_network_cidr"):
        return
    ours = cidr.range
    if any(space.first <= ours.first and ours.last <= space.last for space in (*PRIVATE, SHARED_SPACE)):
        return
    if any(space.first <= ours.first and ours.last <= space.last for space in (LINK_LOCAL, *SPECIAL)):
        return
    known = (*facts.enabled_overlay_ranges, *facts.active_vtep_ranges, *facts.vip_ranges)
    if any(entry.first <= ours.first and ours.last <= entry.last for entry in known):
        return
    yield RULE.finding(
        f"{facts.pool_name} is not (wholly) private: hosts on the Internet with these addresses cannot be"
        " reached from the cluster",
        hint=CHOOSE_PRIVATE,
        **facts.place("calico_network_cidr"),
    )
