"""The pool lies where Docker puts new bridge networks.

A `docker network create` without a subnet takes the next free network of 172.17-31.0.0/16 and
192.168.0.0/16. Docker does not know of Calico's pool and may take the same addresses on some node; the
default pool 172.29.0.0/16 lies there too. D2iQ's own tests use 192.168.128.0/17; hence a warning.

Example:
    calico_network_cidr: 192.168.128.0/17

Choose a network outside, or set `default-address-pools` in daemon.json on every node.
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, warning

RULE = warning(
    __name__, source="moby/libnetwork ipamutils/utils.go; Docker docs, dockerd, default-address-pools"
)
WATCHES = ("anything",)


def check(facts: Facts) -> Findings:
    """One finding where the pool shares addresses with Docker's automatic networks."""
    from calico_config.colliding import with_pool
    from calico_config.occupants import DOCKER_POOLS

    yield from with_pool(facts, RULE, DOCKER_POOLS)
