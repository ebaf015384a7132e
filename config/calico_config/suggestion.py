"""``config suggest``: a free network for Calico's pool and matching MTUs, with reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_config.checking import findings_of
from calico_config.facts import capacity, mtu
from calico_config.facts.known_ranges import PRIVATE, SHARED_SPACE
from calico_config.occupants import known_ranges
from calico_core.addresses import Network, Range, gaps, merged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_config.facts.facts import Facts

LEAST_PREFIX = 16
"""The pool is at least a /16 where one is free: it cannot be enlarged later."""
SPARE = 4
"""The pool has this many times the blocks that are needed now."""
MOST_ALTERNATIVES = 4
_MTUS = ("calico_vxlan_mtu", "calico_ipinip_mtu", "calico_veth_mtu")
SHARED_NOTE = " (shared address space, RFC 6598: see that your provider does not use it)"


class Candidate(NamedTuple):
    """A free network and why it."""

    network: Network
    reason: str

    def __str__(self) -> str:
        return str(self.network)


class Occupied(NamedTuple):
    """A space in which no block of the wanted size is free, and by what it is taken."""

    space: Network
    owners: tuple[str, ...]


class Suggestion(NamedTuple):
    """What `suggest` found.

    ``best`` is None where nothing is free; ``occupied`` then says by what, and is empty otherwise.
    ``least_prefix`` is the longest prefix that would do. ``parameters`` are the values to set, by name; they
    leave out what would have no effect (``kept``: an installed cluster keeps its pool). ``sound`` is the
    network that the file has and that nothing speaks against, which stays; ``replaced`` is the file's own and
    ``wrong`` what speaks against it. ``remaining`` are other things that stay wrong.
    """

    need: capacity.Need
    least_prefix: int | None
    best: Candidate | None
    alternatives: tuple[Candidate, ...]
    occupied: tuple[Occupied, ...]
    mtu: mtu.Recommendation | None
    parameters: dict[str, str]
    kept: str | None = None
    sound: str | None = None
    replaced: str | None = None
    wrong: tuple[str, ...] = ()
    remaining: tuple[str, ...] = ()

    @property
    def found(self) -> bool:
        """Whether there is a network to suggest, or one to keep."""
        return self.best is not None or self.kept is not None or self.sound is not None


def suggest(facts: Facts) -> Suggestion:
    """A free network for the nodes and tasks, and MTUs for the given network.

    From RFC 1918, then 100.64.0.0/10, the network has four times the blocks that nodes and tasks need and
    is at least a /16 where one is free. It avoids everything that `check_config` knows, so that the
    parameters it sets have no finding of warning or above.
    """
    needed = capacity.need(facts.node_count, facts.options.tasks or 0)
    least = capacity.prefix_for(SPARE * needed.blocks)
    taken = occupied_ranges(facts)
    found = _candidates(taken, least) if least is not None else []
    best = found[0] if found else None
    parameters: dict[str, str] = {}
    kept = next((pool.cidr for pool in facts.options.pools or () if ":" not in pool.cidr), None)
    vxlan = facts.vxlan
    cloud = facts.cloud
    own = facts.text("calico_network_cidr") if facts.is_set("calico_network_cidr") else None
    said = _said(facts)
    sound = own if own is not None and kept is None and not said.network else None
    if kept is None and sound is None and best is not None:
        parameters["calico_network_cidr"] = str(best.network)
    if kept is None and cloud is not None and not cloud.ipip and not vxlan:
        parameters["calico_vxlan_enabled"] = "true"
        vxlan = True
    recommended: mtu.Recommendation | None = mtu.recommend(
        vxlan=vxlan, link=facts.options.link_mtu, cloud=cloud
    )
    link = facts.options.link_mtu
    if link is not None and mtu.tunnel_limit(link, vxlan) < mtu.INSTALLER_MINIMUM:
        recommended = None
    tunnel = "calico_vxlan_mtu" if vxlan else "calico_ipinip_mtu"
    if recommended is not None and (said.mtus or not _has_mtus(facts, tunnel)):
        parameters[tunnel] = str(recommended.mtu)
        parameters["calico_veth_mtu"] = str(recommended.mtu)
    return Suggestion(
        needed,
        least,
        best,
        tuple(found[1 : MOST_ALTERNATIVES + 1]),
        () if best is not None else tuple(_occupied(taken)),
        recommended,
        parameters,
        kept,
        sound,
        own if kept is None and sound is None else None,
        said.network,
        said.others,
    )


class _Said(NamedTuple):
    """What is said against the file's own network, whether anything is against its MTUs, and of the rest."""

    network: tuple[str, ...]
    mtus: bool
    others: tuple[str, ...]


def _said(facts: Facts) -> _Said:
    against: list[str] = []
    remaining: list[str] = []
    mtus = False
    # Without a file there is nothing that could stay wrong in it.
    for finding in findings_of(facts) if facts.document.settings else ():
        if finding.severity.value == "info":
            continue
        told = f"{finding.rule}: {finding.message}"
        about = (finding.pointer or "").strip("/").partition("/")[0]
        if about == "calico_network_cidr":
            against.append(told)
        elif about in _MTUS:
            mtus = True
        else:
            remaining.append(told)
    return _Said(tuple(against), mtus, tuple(remaining))


def _has_mtus(facts: Facts, tunnel: str) -> bool:
    """Whether the file sets the MTUs itself, the same for the tunnel and the containers."""
    own, other = facts.number(tunnel), facts.number("calico_veth_mtu")
    return own is not None and other is not None and own.is_set and other.is_set and own.value == other.value


def occupied_ranges(facts: Facts) -> list[Range]:
    """Everything that a pool has to avoid: what is used, what might be, and what the installer refuses."""
    return [*(entry for _, entry in known_ranges(facts)), *facts.installer_overlay_ranges]


def _candidates(taken: Sequence[Range], least: int) -> list[Candidate]:
    """Free networks, the best first: RFC 1918 before RFC 6598, wide before narrow."""
    widest = min(LEAST_PREFIX, least)
    found: list[Candidate] = []
    blocked = merged(taken)
    for spaces in (PRIVATE, (SHARED_SPACE,)):
        for prefix in range(widest, least + 1):
            free = [
                (gap, space) for space in spaces for gap in gaps(space.network, blocked) if _fits(gap, prefix)
            ]
            if not free:
                continue
            free.sort(key=lambda pair: (-pair[0].size, pair[0].first))
            for gap, space in free:
                network = _middle(gap, prefix)
                if network is not None:
                    found.append(
                        Candidate(network, _reason(gap, space, network, shared=spaces is not PRIVATE))
                    )
            gap, space = free[0]
            last = _last(gap, prefix)
            if spaces is PRIVATE and last is not None and all(last != each.network for each in found):
                found.append(Candidate(last, f"the end of the same free part, {gap}"))
            break
    return found


def _reason(gap: Network, space: Range, network: Network, *, shared: bool) -> str:
    where = _where(gap, space, network)
    return where + SHARED_NOTE if shared else where


def _where(gap: Network, space: Range, network: Network) -> str:
    if gap == space.network:
        return f"the middle of {space}, which is free altogether"
    if gap == network:
        return f"all that is free around there in {space}"
    return f"the middle of a free part of {space}, {gap}"


def _fits(gap: Network, prefix: int) -> bool:
    return _last(gap, prefix) is not None


def _last(gap: Network, prefix: int) -> Network | None:
    """The last aligned network of this prefix in a gap."""
    size = 1 << (32 - prefix)
    first = (gap.last + 1 - size) & -size if gap.last + 1 >= size else -1
    return Network(first, first + size - 1) if first >= gap.first else None


def _middle(gap: Network, prefix: int) -> Network | None:
    """The aligned network of this prefix nearest to the middle of a gap: furthest from its neighbours."""
    size = 1 << (32 - prefix)
    lowest = -(-gap.first // size) * size
    highest = _last(gap, prefix)
    if highest is None or lowest > highest.first:
        return None
    middle = (gap.first + gap.last + 1) // 2
    first = min(max(middle // size * size, lowest), highest.first)
    return Network(first, first + size - 1)


def _occupied(taken: Sequence[Range]) -> list[Occupied]:
    """For each space, who is in it; the largest first."""
    result: list[Occupied] = []
    for space in (*PRIVATE, SHARED_SPACE):
        inside = [entry for entry in taken if entry.first <= space.last and space.first <= entry.last]
        inside.sort(key=lambda entry: (entry.first - entry.last, entry.first))
        owners = dict.fromkeys(
            f"{entry.owner} {entry}" if str(entry) not in entry.owner else entry.owner for entry in inside
        )
        result.append(Occupied(space.network, tuple(owners)))
    return result
