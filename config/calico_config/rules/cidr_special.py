"""The pool touches addresses that no container can use.

0.0.0.0/8, the loopback network 127.0.0.0/8, multicast 224.0.0.0/4 and the reserved 240.0.0.0/4 are no
addresses of hosts; the kernel does not route them. Neither the DC/OS installer nor Calico 3.14 checks this.

Example:
    calico_network_cidr: 240.0.0.0/4

Choose a network from the private ranges; `calico-migrate config suggest` names a free one.
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, error

RULE = error(__name__, source="RFC 6890; IANA IPv4 Special-Purpose Address Registry")
WATCHES = ("anything",)


def check(facts: Facts) -> Findings:
    """One finding for each special range that the pool of a running Calico touches."""
    from calico_config.colliding import with_pool
    from calico_config.occupants import SPECIAL

    yield from with_pool(facts, RULE, SPECIAL)
