"""Who has which addresses in a cluster, why no container can have them too, and how bad it is: one table.

The rules about overlaps, ``network generate``, ``config suggest`` and the picture read it.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from calico_core.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from calico_config.facts.facts import Facts
    from calico_core.addresses import Range

CHOOSE_ANOTHER = "choose another calico_network_cidr (`calico-migrate config suggest` finds a free one)"


class Occupant:
    """One kind of owner.

    ``kind`` is that of its `Range`s. ``why`` and ``severity`` say what a pool of containers there means,
    ``hint`` what to do about it. ``known`` gives all ranges, also those of what is switched off, and
    ``used`` those that matter now; both are made from the names of the facts that have them.
    """

    __slots__ = ("hint", "kind", "known", "severity", "used", "why")

    def __init__(
        self,
        kind: str,
        why: str,
        known: str,
        used: str | None = None,
        *,
        severity: Severity = Severity.ERROR,
        hint: str = CHOOSE_ANOTHER,
    ) -> None:
        self.kind = kind
        self.why = why
        self.severity = severity
        self.hint = hint
        self.known: Callable[[Facts], Sequence[Range]] = attrgetter(known)
        self.used: Callable[[Facts], Sequence[Range]] = attrgetter(used or known)


OVERLAY = Occupant(
    "overlay", "both would answer for the same addresses", "overlay_ranges", "enabled_overlay_ranges"
)
VTEP = Occupant(
    "vtep",
    "the routes of vtep1024 and of Calico would clash on every node",
    "vtep_ranges",
    "active_vtep_ranges",
)
VIPS = Occupant("vips", "a VIP and a container may get the same address", "vip_ranges")
BRIDGE = Occupant("bridge", "the routes of ucr-br0 and of Calico would clash on every node", "bridge_ranges")
DOCKER0 = Occupant(
    "docker0",
    "every node with Docker's default bridge has two routes for them",
    "docker0",
    severity=Severity.WARNING,
    hint="choose another calico_network_cidr, or move docker0 (`bip` in daemon.json) on every node first",
)
DOCKER_POOLS = Occupant(
    "docker-pool",
    "a `docker network create` without a subnet may take the same addresses",
    "docker_pools",
    severity=Severity.WARNING,
    hint="choose a network outside, or set `default-address-pools` in daemon.json on every node",
)
DNS = Occupant("dns", "nodes and tasks would lose name resolution", "dns_addresses")
LINK_LOCAL = Occupant("link-local", "Calico refuses a pool there at its first start", "link_local")
SPECIAL = Occupant("special", "the kernel does not route these addresses to a container", "special")
MASTER = Occupant("master", "these nodes would be cut off", "masters")
AGENT = Occupant("agent", "these nodes would be cut off", "agents")
RESOLVER = Occupant("resolver", "dcos-dns could no longer ask there", "resolvers")
SERVICE = Occupant("service", "nodes could not reach it any more", "services")
RESERVED = Occupant("reserved", "tasks and nodes could not reach what is there", "reserved")
POOL = Occupant("pool", "Calico refuses pools that overlap", "installed_pools")

OCCUPANTS = (
    OVERLAY,
    VTEP,
    VIPS,
    BRIDGE,
    DOCKER0,
    DOCKER_POOLS,
    DNS,
    LINK_LOCAL,
    SPECIAL,
    MASTER,
    AGENT,
    RESOLVER,
    SERVICE,
    RESERVED,
    POOL,
)
"""Everybody whose addresses Calico's pool must not have; the pool itself has the kind ``calico``."""

_OF_OVERLAY = (OVERLAY, VTEP)


def known_ranges(facts: Facts) -> Iterator[tuple[Occupant, Range]]:
    """Every range that somebody has, or had before it was switched off, with its owner's row."""
    for occupant in OCCUPANTS:
        for entry in occupant.known(facts):
            yield occupant, entry


def present_ranges(facts: Facts) -> Iterator[Range]:
    """Every range of what is there: nothing of the overlay's while it is off."""
    for occupant, entry in known_ranges(facts):
        if facts.overlay_on or occupant not in _OF_OVERLAY:
            yield entry


def severity_in_pool(kind: str) -> Severity:
    """How bad it is that Calico's pool has addresses of this kind of range."""
    return next((occupant.severity for occupant in OCCUPANTS if occupant.kind == kind), Severity.ERROR)
