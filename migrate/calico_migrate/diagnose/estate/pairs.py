"""Pairs of nodes: who has no route to whom, who does not accept whom, who does not speak BGP with whom."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from calico_core.words import counted, listed
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate.expected import living_nodes, shared_tunnels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.diagnose.estate.calico import CalicoNode
    from calico_migrate.diagnose.estate.estate import Estate
    from calico_migrate.diagnose.estate.evidence import Evidence
    from calico_migrate.diagnose.estate.machine import Machine
    from calico_migrate.diagnose.judgement import Findings, Judgement


class Pair(NamedTuple):
    """Two nodes between which something is missing: at ``source``, whose items prove it, about ``target``."""

    source: str
    target: str
    evidence: tuple[Evidence, ...]


class Pairs(NamedTuple):
    """What is missing; how many pairs were looked at; and the nodes that could not be judged."""

    missing: list[Pair]
    looked_at: list[tuple[str, str]]
    undecided: list[tuple[str, UndecidedError]]


class Bunch(NamedTuple):
    """Missing pairs with one node in common, or a single pair.

    ``everywhere``: most others miss the node. ``alone``: the node misses most others. ``node`` is that node
    then; else ``nodes`` are those of the pairs, the ones that prove it first.
    """

    pairs: list[Pair]
    node: str
    nodes: tuple[str, ...]
    everywhere: bool
    alone: bool

    @property
    def sources(self) -> list[str]:
        """The nodes that miss something."""
        return list(dict.fromkeys(pair.source for pair in self.pairs))

    @property
    def targets(self) -> list[str]:
        """The nodes that are missed."""
        return list(dict.fromkeys(pair.target for pair in self.pairs))

    @property
    def evidence(self) -> list[Evidence]:
        """The proofs of the first pairs."""
        return [piece for pair in self.pairs[:4] for piece in pair.evidence]


def _address(estate: Estate, node: CalicoNode) -> str:
    return next((place for place, own in estate.by_machine.items() if own.name == node.name), node.name)


@lru_cache(maxsize=1)
def missing_routes(estate: Estate) -> Pairs:
    """VXLAN: each node's routes to the blocks of each other one. Raises UndecidedError without the list of
    nodes.
    """
    shared = shared_tunnels(estate)
    nodes = [(node, _address(estate, node)) for node in living_nodes(estate) if node.vxlan not in shared]
    known: dict[str, set[str]] = {
        owner: {str(net) for net in nets} for owner, nets in estate.blocks_by_owner.items()
    }
    found = Pairs([], [], [])
    for machine in estate.machines:
        try:
            routes = machine.routes
        except UndecidedError as undecided:
            found.undecided.append((machine.address, undecided))
            continue
        own = estate.node_of(machine)
        tunnels = {route.via for route in routes if route.device == estate.tunnel_device}
        nets = {str(route.net) for route in routes if route.device == estate.tunnel_device}
        for node, address in nodes:
            if own is not None and node.name == own.name:
                continue
            found.looked_at.append((machine.address, address))
            lacking = sorted(known.get(node.name, set()) - nets)
            if not node.vxlan:
                text = f"no route to {address}, which has no tunnel address"
            elif node.vxlan not in tunnels:
                text = f"no route via {node.vxlan} of {address}"
            elif lacking:
                text = f"no route to {lacking[0]} of {address}"
            else:
                continue
            found.missing.append(Pair(machine.address, address, (_absent(machine, names.IP_ROUTE, text),)))
    return found


@lru_cache(maxsize=1)
def missing_peers(estate: Estate) -> Pairs:
    """VXLAN: each node's set of those whose packets it accepts.

    Raises UndecidedError without the list of nodes.
    """
    nodes = [(node, _address(estate, node)) for node in living_nodes(estate) if node.vxlan]
    # Where detect_ip prints a translated address, the packets still come from the interface's own.
    locals_of = {machine.address: machine.global_addresses_if_known for machine in estate.machines}
    found = Pairs([], [], [])
    for machine in estate.machines:
        try:
            peers = machine.ipsets.get("cali40all-vxlan-net")
        except UndecidedError as undecided:
            found.undecided.append((machine.address, undecided))
            continue
        own = estate.node_of(machine)
        members = peers.members if peers is not None else frozenset()
        for node, address in nodes:
            if own is not None and node.name == own.name:
                continue
            found.looked_at.append((machine.address, address))
            local = locals_of.get(address, frozenset())
            if members.isdisjoint({node.address, node.name, address, *local}):
                text = f"{node.address} is not in cali40all-vxlan-net"
                line = peers.line if peers is not None else None
                found.missing.append(
                    Pair(machine.address, address, (machine.evidence(names.IPSET, line, text),))
                )
    return found


@lru_cache(maxsize=1)
def bgp_pairs(estate: Estate) -> Pairs:
    """IPIP: each node's routes of BIRD to each other one, and the last state of their session.

    Raises UndecidedError without the list of nodes.
    """
    nodes = [(node, _address(estate, node)) for node in living_nodes(estate)]
    found = Pairs([], [], [])
    for machine in estate.machines:
        try:
            routes = machine.routes
        except UndecidedError as undecided:
            found.undecided.append((machine.address, undecided))
            continue
        own = estate.node_of(machine)
        gateways = {route.via for route in routes if route.protocol == "bird" and route.via}
        for node, address in nodes:
            if own is not None and node.name == own.name:
                continue
            found.looked_at.append((machine.address, address))
            state = _session(machine, node.address)
            if gateways.isdisjoint({node.address, address}):
                text = f"no `proto bird` route via {node.address}"
                evidence = (_absent(machine, names.IP_ROUTE, text), *((state[1],) if state else ()))
            elif state is not None and not state[0]:
                evidence = (state[1],)
            else:
                continue
            found.missing.append(Pair(machine.address, address, evidence))
    return found


def _session(machine: Machine, peer: str) -> tuple[bool, Evidence] | None:
    """Whether the session with a peer is up by BIRD's last word, and that word; None for no word."""
    try:
        log = machine.log(names.BIRD_LOG)
    except UndecidedError:
        return None
    name = f"Mesh_{peer.replace('.', '_')}"
    state = log.states.get(name)
    failed = [
        hit
        for hits in (log.hits.get("bird-remote-error"),)
        for hit in (hits.kept if hits is not None else ())
        if hit.groups.get("peer") == name
    ]
    if failed and (state is None or state.line < failed[-1].line):
        return False, machine.quote(names.BIRD_LOG, failed[-1])
    if state is None:
        return None
    up = state.groups.get("s") in ("up", "feed")
    quoted = failed[-1] if failed and not up else state
    return up, machine.quote(names.BIRD_LOG, quoted)


def _absent(machine: Machine, item: str, text: str) -> Evidence:
    return machine.evidence(item, None, text)


def unordered(pairs: Sequence[Pair]) -> list[Pair]:
    """Each pair once, with the evidence of both sides; the first side is the one whose items prove it
    first.
    """
    found: dict[frozenset[str], Pair] = {}
    for pair in pairs:
        key = frozenset((pair.source, pair.target))
        before = found.get(key)
        found[key] = pair if before is None else before._replace(evidence=(*before.evidence, *pair.evidence))
    return list(found.values())


def told(
    rule: Judgement, pairs: Pairs, estate: Estate, *, everywhere: str, alone: str, between: str, hint: str
) -> Findings:
    """What a rule says of missing pairs, in its words.

    ``everywhere`` is what other nodes do, ``alone`` a sentence about the node, ``between`` what some nodes do
    to others.
    """
    for machine, undecided in pairs.undecided:
        yield rule.open(machine, undecided.reason, undecided.item)
    for bunch in grouped(pairs.missing, estate):
        if bunch.everywhere:
            message = f"{counted(len(bunch.pairs), 'other node')} {everywhere}"
        elif bunch.alone:
            message = alone
        else:
            message = f"{listed(bunch.sources)} {between} {listed(bunch.targets)}"
        yield rule.found(message, *bunch.evidence, hint=hint, node=bunch.node, nodes=bunch.nodes)


def isolated(pairs: Pairs, estate: Estate) -> tuple[set[str], bool]:
    """The nodes that are down with every other one, and whether all pairs are down."""
    down = {frozenset((pair.source, pair.target)) for pair in pairs.missing}
    looked_at = {frozenset(pair) for pair in pairs.looked_at}
    if not looked_at or not down:
        return set(), False
    if down == looked_at and (len(looked_at) > 1 or len(estate.machines) > 2):
        return {address for pair in looked_at for address in pair}, True
    found = set()
    for address in {address for pair in looked_at for address in pair}:
        own = {pair for pair in looked_at if address in pair}
        if len(own) > 1 and own <= down:
            found.add(address)
    return found, False


def grouped(pairs: Sequence[Pair], estate: Estate) -> list[Bunch]:
    """The pairs bunched by the node that most of them have in common."""
    others = max(len(estate.machines) - 1, 1)
    left = list(pairs)
    found: list[Bunch] = []
    while left:
        counts: dict[tuple[str, bool], int] = {}
        for pair in left:
            counts[pair.target, True] = counts.get((pair.target, True), 0) + 1
            counts[pair.source, False] = counts.get((pair.source, False), 0) + 1
        (node, is_target), count = max(counts.items(), key=lambda each: (each[1], each[0][1], each[0][0]))
        own = [pair for pair in left if (pair.target if is_target else pair.source) == node]
        most = count > 1 and count * 2 > others
        nodes = tuple(dict.fromkeys([*(pair.source for pair in own), *(pair.target for pair in own)]))
        found.append(
            Bunch(
                own, node if most else "", () if most else nodes, most and is_target, most and not is_target
            )
        )
        left = [pair for pair in left if pair not in own]
    return found
