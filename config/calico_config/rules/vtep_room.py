"""`vtep_subnet` has too few addresses for the nodes.

Every node takes one address of `vtep_subnet` when it registers; the next node after the last address gets
none and stays out of the overlay.

Example:
    dcos_overlay_network:
      vtep_subnet: 44.128.0.0/30

Use a subnet with room for every node that will ever be there; the default is a /20.
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, warning

RULE = warning(__name__, source="dcos/dcos-mesos-modules overlay/master.cpp (allocateIP)")
WATCHES = ("overlays",)


def check(facts: Facts) -> Findings:
    """One finding where vtep_subnet is a /30 or longer, or smaller than the number of nodes."""
    if not facts.overlay_on or not facts.overlay_is_set:
        return
    nodes = facts.options.nodes or facts.agent_count + len(facts.masters)
    for entry in facts.vtep_ranges:
        room = entry.network.size - 2
        if room <= 2 or room < nodes:
            known = f"; there are {nodes:,} nodes" if nodes > max(room, 0) else ""
            yield RULE.finding(
                f"vtep_subnet {entry} has {max(room, 0):,} addresses for nodes{known}: a node without"
                f" one stays out"
                " of the overlay",
                hint="use a larger subnet, for example a /20",
                **facts.place_of(entry),
            )
