"""A pool lies in public address space.

Nodes and tasks of the network cannot reach a public host whose address belongs to the pool, because its
packets stay inside the cluster.

Example:
    calico-migrate network generate web --cidr 52.1.0.0/16 --output-dir web
    pool-not-private: 52.1.0.0/16 is not (wholly) private

Choose a network from 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10.
"""

from calico_core.rules import Findings, warning
from calico_migrate.network.settings import GenerationSettings
from calico_migrate.network.surroundings import ipv4_network, occupied_ranges

RULE = warning(__name__, source="RFC 1918; RFC 6598")


def check(settings: GenerationSettings) -> Findings:
    """The CIDR against the private ranges; of what somebody has already, `pool-collides` speaks."""
    from calico_config.facts.known_ranges import CHOOSE_PRIVATE, PRIVATE, SHARED_SPACE

    network = ipv4_network(settings.cidr)
    if network is None:
        return
    occupied = (entry for _, entry in occupied_ranges(settings))
    for space in (*PRIVATE, SHARED_SPACE, *occupied):
        if space.first <= network.first and network.last <= space.last:
            return
    yield RULE.finding(
        f"{settings.cidr} is not (wholly) private: hosts on the Internet with these addresses cannot be"
        " reached from the cluster",
        hint=CHOOSE_PRIVATE,
    )
