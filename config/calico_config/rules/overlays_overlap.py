"""Two overlays share addresses.

The overlay module of the Mesos master refuses a configuration in which two overlays have addresses in
common ("Found overlapping address spaces"), IPv4 and IPv6 alike, disabled overlays included. No overlay
works then. The installer does not compare them.

Example:
    overlays:
      - {name: dcos, subnet: 9.0.0.0/8, prefix: 24}
      - {name: batch, subnet: 9.1.0.0/16, prefix: 24}

Give every overlay a network of its own.
"""

from collections.abc import Iterator, Sequence

from calico_config.facts.facts import Facts
from calico_config.facts.parts import Network6
from calico_core.rules import Findings, error

RULE = error(
    __name__, source='dcos/dcos-mesos-modules overlay/master.cpp ("Found overlapping address spaces")'
)
WATCHES = ("overlays",)


def _overlapping6(networks: Sequence[Network6]) -> Iterator[tuple[int, int]]:
    """Indexes of networks that overlap an earlier-starting one; one sort and one sweep."""
    order = sorted(range(len(networks)), key=lambda index: (networks[index].first, -networks[index].last))
    furthest = -1
    for index in order:
        if furthest >= 0 and networks[index].first <= networks[furthest].last:
            yield min(index, furthest), max(index, furthest)
        if furthest < 0 or networks[index].last > networks[furthest].last:
            furthest = index


def check(facts: Facts) -> Findings:
    """One finding for each overlay that shares addresses with another one."""
    from calico_core.addresses import overlapping_pairs
    from calico_core.words import relation

    if not facts.overlay_on or not facts.overlay_is_set:
        return
    ranges = facts.overlay_ranges
    for first, second in overlapping_pairs(ranges):
        ours, theirs = ranges[second], ranges[first]
        yield RULE.finding(
            f"{ours.owner}, {ours}, {relation(ours, theirs)} {theirs.owner}, {theirs}: the Mesos"
            f" master refuses"
            " overlapping overlays",
            hint="give every overlay a network of its own",
            **facts.place_of(ours),
        )
    networks = facts.overlay_networks6
    for earlier, later in _overlapping6(networks):
        yield RULE.finding(
            f"overlay network {networks[later].owner} and {networks[earlier].owner} share IPv6 addresses"
            f" ({networks[later].text} and {networks[earlier].text}): the Mesos master refuses"
            f" overlapping overlays",
            hint="give every overlay a network of its own",
            **facts.place(*networks[later].path),
        )
