"""The pool overlaps the range of the named VIPs.

dcos-net picks the address of a named VIP by a hash over the whole range from `dcos_l4lb_min_named_ip` to
`dcos_l4lb_max_named_ip` (11.0.0.0 to 11.255.255.255 by default) and leaves nothing out, so that sooner or
later a VIP and a container have the same address.

Example:
    calico_network_cidr: 11.64.0.0/16

Choose another network for Calico, or another range for the VIPs.
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, error

RULE = error(__name__, source="dcos/dcos-net apps/dcos_l4lb/src/dcos_l4lb_lashup_vip_listener.erl")
WATCHES = ("anything",)


def check(facts: Facts) -> Findings:
    """One finding where the pool shares addresses with the named VIPs."""
    from calico_config.colliding import with_pool
    from calico_config.occupants import VIPS

    yield from with_pool(facts, RULE, VIPS)
