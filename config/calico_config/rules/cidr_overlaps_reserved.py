"""The pool overlaps a range that you reserved.

The option `--reserved CIDR=NAME` names networks of your site: offices, VPN, peered clouds, services
outside the cluster. Tasks could not reach what has the same addresses as other tasks.

Example:
    calico-migrate config check config.yaml --reserved 10.0.0.0/8=office

Choose another network for Calico; `calico-migrate config suggest` takes the same option.
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, error

RULE = error(__name__, source="the command line, --reserved")
WATCHES = ("reserved",)


def check(facts: Facts) -> Findings:
    """One finding for each reserved range that shares addresses with the pool."""
    from calico_config.colliding import with_pool
    from calico_config.occupants import RESERVED

    yield from with_pool(facts, RULE, RESERVED)
