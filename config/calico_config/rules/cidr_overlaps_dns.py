"""The pool contains an address that DNS needs.

dcos-dns listens on 198.51.100.1 to .3 on every node (and on `dns_bind_ip_reserved`, 198.51.100.4 by
default) and asks the servers in `resolvers`. A container with one of these addresses takes name
resolution away from the nodes.

Example:
    calico_network_cidr: 172.29.0.0/16
    resolvers: [172.29.0.2]

Choose another network for Calico.
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, error

RULE = error(
    __name__,
    source="dcos/dcos gen/calc.py (dns_bind_ip_reserved, resolvers);"
    " packages/dcos-net/extra/dcos-net.service",
)
WATCHES = ("anything",)


def check(facts: Facts) -> Findings:
    """One finding for dcos-dns, one for the resolvers in the pool of a running Calico."""
    from calico_config.colliding import with_addresses, with_pool
    from calico_config.occupants import DNS, RESOLVER

    yield from with_pool(facts, RULE, DNS)
    yield from with_addresses(facts, RULE, RESOLVER, RESOLVER.used(facts), "resolver", "resolvers")
