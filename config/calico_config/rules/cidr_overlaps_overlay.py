"""The pool overlaps an overlay network.

Both would answer for the same addresses: the DC/OS overlay routes them over vtep1024, Calico over its
tunnel. The installer compares Calico's network with the overlays too, but stops at the first one, says
nothing while another parameter is wrong, and does not look at overlays given as
`dcos_overlay_network_json`.

Example:
    calico_network_cidr: 9.1.0.0/16

Choose a network outside every overlay's subnet, or change the overlay before the cluster is installed.
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, error

RULE = error(
    __name__,
    source="dcos/dcos gen/calc.py validate_overlay_networks_not_overlap;"
    " DC/OS 2.2 docs, networking/SDN/calico",
)
WATCHES = ("anything",)


def check(facts: Facts) -> Findings:
    """One finding for each enabled overlay that shares addresses with the pool."""
    from calico_config.colliding import with_pool
    from calico_config.occupants import OVERLAY

    yield from with_pool(facts, RULE, OVERLAY)
