"""A master has an address that is no machine's.

The installer takes every IPv4 address for a master, also 0.0.0.0, a loopback address, and addresses of
the named VIPs, docker0 or the UCR bridge, behind which every node has something else. (Masters in
Calico's pool or in the overlay are `cidr-overlaps-nodes` and `overlay-collision`.)

Example:
    master_list: [127.0.0.1]

Use the masters' addresses in the cluster's network.
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, info

RULE = info(__name__, source="dcos/dcos gen/calc.py (master_list)")
WATCHES = ("anything",)


def check(facts: Facts) -> Findings:
    """One finding for each master with an address that belongs to something else."""
    from calico_config.colliding import described

    ranges = [
        *facts.special, *facts.link_local, *facts.vip_ranges, *facts.docker0, *facts.bridge_ranges,
        *facts.dns_addresses,
    ]  # fmt: skip
    for master in facts.masters:
        for theirs in ranges:
            if theirs.first <= master.first <= theirs.last:
                yield RULE.finding(
                    f"master {master} lies in {described(theirs)}",
                    hint="use the master's address in the cluster's network",
                    **facts.place_of(master),
                )
