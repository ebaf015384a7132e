"""The pool overlaps the UCR bridge.

Containers of the Universal Container Runtime in bridge mode have addresses in
`dcos_ucr_default_bridge_subnet`, 172.31.254.0/24 by default, behind ucr-br0 on every node. The same
addresses cannot be routed to Calico.

Example:
    calico_network_cidr: 172.31.0.0/16

Choose another network for Calico, or another `dcos_ucr_default_bridge_subnet`.
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, error

RULE = error(
    __name__,
    source="dcos/dcos gen/calc.py, dcos_ucr_default_bridge_subnet;"
    " gen/dcos-config.yaml, ucr-default-bridge.conf",
)
WATCHES = ("anything",)


def check(facts: Facts) -> Findings:
    """One finding where the pool shares addresses with ucr-br0."""
    from calico_config.colliding import with_pool
    from calico_config.occupants import BRIDGE

    yield from with_pool(facts, RULE, BRIDGE)
