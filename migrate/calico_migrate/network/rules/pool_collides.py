"""A pool shares addresses with something else in the cluster.

Two owners of one address lose each other's traffic. The overlay, its tunnel endpoints, the named VIPs, the
bridges of UCR and Docker, the addresses of dcos-dns, the nodes themselves and the services that they need
cannot share addresses with a pool. Docker's automatic bridge networks might, so that these are a warning.
With `--config` the ranges of that configuration count, without it those of an untouched one.

Example:
    calico-migrate network generate web --cidr 9.1.0.0/16 --output-dir web
    pool-collides: 9.1.0.0/16 lies inside overlay network dcos, 9.0.0.0/8: both would answer for the same
    addresses

Choose another CIDR; `calico-migrate config suggest` finds a free one.
"""

from calico_config.colliding import described
from calico_config.occupants import AGENT, DOCKER_POOLS
from calico_core.addresses import Range, parse_address
from calico_core.findings import Severity
from calico_core.rules import Findings, error
from calico_core.words import listed, relation
from calico_migrate.network.settings import GenerationSettings
from calico_migrate.network.surroundings import ipv4_network, occupied_ranges

RULE = error(
    __name__,
    source="dcos/dcos gen/calc.py (overlays, VIPs, bridge, dcos-dns); moby/libnetwork ipamutils/utils.go;"
    " projectcalico/libcalico-go lib/validator/v3/validator.go (link-local)",
)

_HINT = "choose another CIDR (`calico-migrate config suggest` finds a free one)"


def check(settings: GenerationSettings) -> Findings:
    """The CIDR against every range that somebody has."""
    network = ipv4_network(settings.cidr)
    if network is None:
        return
    ours = Range(*network, "pool", settings.name)
    for occupant, theirs in occupied_ranges(settings):
        if network.overlaps(theirs):
            verb = "contains" if theirs.first == theirs.last else relation(ours, theirs)
            yield RULE.finding(
                f"{settings.cidr} {verb} {described(theirs)}: {occupant.why}",
                hint=_HINT,
                severity=Severity.WARNING if occupant is DOCKER_POOLS else None,
            )
    inside = []
    for agent in settings.agents:
        number = parse_address(agent)
        if number is not None and network.first <= number <= network.last:
            inside.append(agent)
    if inside:
        yield RULE.finding(f"{settings.cidr} contains agents ({listed(inside)}): {AGENT.why}", hint=_HINT)
