"""The pool overlaps docker0.

Docker's default bridge has 172.17.0.0/16 unless daemon.json says otherwise, and config.yaml has no
parameter for it. Where both exist, every node has two routes for the same addresses. D2iQ's own tests use
this network for Calico, with docker0 elsewhere; hence a warning.

Example:
    calico_network_cidr: 172.17.0.0/16

Choose another network for Calico, or make sure that `bip` in daemon.json of every node is outside it.
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, warning

RULE = warning(__name__, source="Docker docs, dockerd, default bridge; dcos/dcos test_util/main.tf")
WATCHES = ("anything",)


def check(facts: Facts) -> Findings:
    """One finding where the pool shares addresses with 172.17.0.0/16."""
    from calico_config.colliding import with_pool
    from calico_config.occupants import DOCKER0

    yield from with_pool(facts, RULE, DOCKER0)
