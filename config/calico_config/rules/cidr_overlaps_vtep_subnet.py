"""The pool overlaps the overlay's VTEP subnet.

The tunnel endpoints of the DC/OS overlay have addresses in `vtep_subnet`, 44.128.0.0/20 by default. The
documentation says that Calico's network must not overlap "those for VXLAN backends"; the installer never
checks it. The routes of vtep1024 and vxlan.calico would then clash on every node.

Example:
    calico_network_cidr: 44.128.0.0/20

Choose another network for Calico, or another `vtep_subnet` before the cluster is installed.
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, error

RULE = error(__name__, source="DC/OS 2.2 docs, networking/SDN/calico, calico_network_cidr")
WATCHES = ("anything",)


def check(facts: Facts) -> Findings:
    """One finding where the pool shares addresses with the VTEPs of a running overlay."""
    from calico_config.colliding import with_pool
    from calico_config.occupants import VTEP

    yield from with_pool(facts, RULE, VTEP)
