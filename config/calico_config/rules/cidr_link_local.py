"""The pool touches the link-local addresses.

169.254.0.0/16 belongs to every single link (RFC 3927). Calico itself uses 169.254.1.1 as the gateway of
every container, and clouds serve their metadata there. Calico refuses such a pool: "overlaps with IPv4
Link Local range"; the DC/OS installer does not look.

Example:
    calico_network_cidr: 169.254.128.0/17

Choose a network from the private ranges; `calico-migrate config suggest` names a free one.
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, error

RULE = error(__name__, source="projectcalico/libcalico-go release-v3.14 lib/validator/v3/validator.go")
WATCHES = ("anything",)


def check(facts: Facts) -> Findings:
    """One finding where the pool of a running Calico touches 169.254.0.0/16."""
    from calico_config.colliding import with_pool
    from calico_config.occupants import LINK_LOCAL

    yield from with_pool(facts, RULE, LINK_LOCAL)
