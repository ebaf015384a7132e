"""Who may reach whom: the answers for all pairs of groups of workloads and all declared ports.

Every group's incoming packets are decided for all sources at once, port by port, and its outgoing ones for
all destinations at once; a cell then only looks both up. Ports that no rule of a group's outgoing chain
tells apart are decided once. Where an address that is only known by range leaves a cell open, its cases are
those combinations of addresses that are possible together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_migrate.policy.answering.cells import CellOutcome, Matrix, PortCase, PortOutcome, summary
from calico_migrate.policy.answering.combining import HERE, THERE, Combiner, Entry
from calico_migrate.policy.answering.deciding import (
    Chain,
    Packet,
    Question,
    alike,
    decide,
    dropped_tunnel,
    packet_masks,
)
from calico_migrate.policy.answering.possible import possibilities, settle
from calico_migrate.policy.answering.simulation import arriving
from calico_migrate.policy.answering.traffic import Traffic
from calico_migrate.policy.answering.wording import Step, step
from calico_migrate.policy.cluster.peers import Peers, bits, mask_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from calico_migrate.policy.answering.deciding import Decision
    from calico_migrate.policy.answering.grouping import Group
    from calico_migrate.policy.answering.possible import Possibility
    from calico_migrate.policy.cluster.model import Model, Party
    from calico_migrate.policy.compiled.resources import Rule


def build_matrix(
    model: Model, groups: Sequence[Group], *, same_agent: bool, asked: Traffic | None = None
) -> Matrix:
    """The matrix of some groups of a model's workloads; ``asked`` narrows the packets beyond their ports."""
    return _Builder(model, groups, same_agent, asked or Traffic()).build()


class _Chains(NamedTuple):
    """The chains of one group; None where it is no Calico endpoint."""

    ingress: Chain | None
    egress: Chain | None
    own: Peers


class _Builder:
    def __init__(self, model: Model, groups: Sequence[Group], same_agent: bool, asked: Traffic) -> None:
        self.model = model
        self.groups = groups
        self.same_agent = same_agent
        parties = [model.parties[group.representative.name] for group in groups]
        self.parties = parties
        self.sources, self.source_parts = model.peers(*((party, arriving(model, party)) for party in parties))
        self.targets, self.target_parts = model.peers(*((party, party.spans) for party in parties))
        self.source_groups = _groups_of_bits(self.source_parts)
        self.target_groups = _groups_of_bits(self.target_parts)
        self.spreads: dict[tuple[bool, int], list[tuple[int, int]]] = {}
        # Where a question leaves open what a rule names, a port stands for several packets.
        self.packets: list[Packet] = []
        self.meanings: dict[tuple[int | None, int], list[tuple[Possibility, int]]] = {}
        for port, protocol in sorted({port for group in groups for port in group.ports}, key=_by_number):
            meant = possibilities(asked.packet(port, protocol), model.open_rules())
            numbered = list(enumerate(meant, len(self.packets)))
            self.meanings[port, protocol] = [(one, number) for number, one in numbered]
            self.packets += [one.packet for one in meant]
        self.packet_masks: dict[int, tuple[Rule, list[int]]] = {}
        self.traces: dict[tuple[Step, ...], int] = {}
        self.entries: dict[tuple[Entry, ...], int] = {}
        self.entry_list: list[tuple[Entry, ...]] = []
        self.outcomes: dict[CellOutcome, int] = {}
        self.states: dict[tuple[object, tuple[int, ...]], int] = {}
        self.state_list: list[tuple[int, ...]] = []
        self.indexes: dict[tuple[object, ...], list[int]] = {}
        self.combiner = Combiner(model, same_agent=same_agent, number=self._steps)
        self.certain: dict[tuple[object, ...], tuple[PortCase, ...]] = {}
        self.chains = [self._chains(index, party) for index, party in enumerate(parties)]

    def build(self) -> Matrix:
        packets = [self._packets(group) for group in self.groups]
        states = [self._states(target) for target in range(len(self.groups))]
        # What a cell looks like depends on nothing but these: the source's kind and addresses, what it lets
        # out, and the state of the target for it.
        known: dict[tuple[object, ...], dict[tuple[object, int], int]] = {}
        cells = []
        for source, party in enumerate(self.parties):
            outcomes = known.setdefault((party.on_calico, arriving(self.model, party)), {})
            outgoing, classes = self._outgoing(source)
            leaving: Sequence[object]
            if len(outgoing) == 1:
                (leaving,) = outgoing.values()
            else:
                leaving = [
                    tuple(outgoing[classes[packet]][target] for packet in packets[target])
                    for target in range(len(self.groups))
                ]
            row = []
            for target, (state, out) in enumerate(zip(states, leaving, strict=True)):
                key = (out, state[source])
                number = outcomes.get(key)
                if number is None:
                    number = outcomes[key] = self._outcome(source, target, out, state[source])
                row.append(number)
            cells.append(row)
        return Matrix(self.groups, list(self.outcomes), list(self.traces), cells, self.same_agent)

    def _packets(self, group: Group) -> list[int]:
        """The numbers of the packets that the ports of a group stand for."""
        return [number for port in group.ports for _, number in self.meanings[port]]

    def _states(self, target: int) -> list[int]:
        """For each source the number of what a cell needs to know of the target and of what it lets in."""
        group = self.groups[target]
        columns = self._incoming(target)
        fixed = (group.ports, self.parties[target].on_calico, self.parties[target].spans)
        if not columns:
            return [self._state((fixed, ()))] * len(self.groups)
        return [self._state((fixed, entries)) for entries in zip(*columns, strict=True)]

    def _state(self, state: tuple[object, tuple[int, ...]]) -> int:
        number = self.states.get(state)
        if number is None:
            number = self.states[state] = len(self.state_list)
            self.state_list.append(state[1])
        return number

    def _chains(self, index: int, party: Party) -> _Chains:
        own, _ = self.model.peers((party, party.spans))
        if not party.on_calico:
            return _Chains(None, None, own)
        bit = self.source_parts[index]
        chains = []
        for direction in ("ingress", "egress"):
            policies = [
                policy
                for policy in self.model.resources.policies
                if policy.rules(direction) is not None and self.sources.endpoints(policy.selectors) & bit
            ]
            chains.append(Chain(direction, policies, party.profiles))
        return _Chains(chains[0], chains[1], own)

    def _packets_of(self, rule: Rule) -> list[int]:
        """The packets that a rule matches, whatever the addresses, and parts that it tells apart."""
        known = self.packet_masks.get(id(rule))
        if known is None:
            known = self.packet_masks[id(rule)] = rule, packet_masks(rule, self.packets)
        return known[1]

    def _incoming(self, target: int) -> list[list[int]]:
        """For each packet to a target, the entries of each source; 0 where nothing is policed."""
        packets = self._packets(self.groups[target])
        chain = self.chains[target].ingress
        if chain is None:
            return [[0] * len(self.groups)] * len(packets)
        found = []
        decided: dict[int, list[int]] = {}
        classes = self._packet_classes(chain, packets)
        for packet in packets:
            number = classes[packet]
            if number not in decided:
                decided[number] = self._index(chain, number, self.chains[target].own, incoming=True)
            found.append(decided[number])
        return found

    def _outgoing(self, source: int) -> tuple[dict[int, list[int]], list[int]]:
        """For each class of packets, the entries of each target; and the class of each packet."""
        chain = self.chains[source].egress
        if chain is None:
            return {0: [0] * len(self.groups)}, [0] * len(self.packets)
        dropped: dict[int, str] = {}
        for index, packet in enumerate(self.packets):
            why = dropped_tunnel(packet, self.model.vxlan_port)
            if why:
                dropped[index] = why
        policed = [index for index in range(len(self.packets)) if index not in dropped]
        classes = self._packet_classes(chain, policed)
        for index in dropped:
            classes[index] = index
        own = self.chains[source].own
        found = {
            number: self._dropped(dropped[number], own)
            if number in dropped
            else self._index(chain, number, own, incoming=False)
            for number in sorted(set(classes))
        }
        return found, classes

    def _dropped(self, why: str, own: Peers) -> list[int]:
        """The entries of each target for a packet that no workload may send."""
        trace = self._steps((Step("egress", HERE, None, None, "Deny", why),))
        numbers = [0] * len(self.groups)
        for group, within in self._spread(self.targets.everybody, incoming=False):
            numbers[group] = self._entries((Entry(own.everybody, within, False, trace),))
        return numbers

    def _packet_classes(self, chain: Chain, packets: Iterable[int]) -> list[int]:
        """For each packet the first one that no rule of the chain tells from it."""
        wanted = mask_of(packets)
        parts = [wanted] if wanted else []
        for rule in chain.rules():
            for mask in self._packets_of(rule):
                if mask & wanted and ~mask & wanted:
                    parts = [half for part in parts for half in (part & mask, part & ~mask) if half]
        classes = [0] * len(self.packets)
        for part in parts:
            first = (part & -part).bit_length() - 1
            for index in bits(part):
                classes[index] = first
        return classes

    def _index(self, chain: Chain, packet: int, own: Peers, *, incoming: bool) -> list[int]:
        """The entries of each peer group for one packet of a chain."""
        # Endpoints that no rule of the chain asks about themselves share what the chain decides.
        key = (
            incoming,
            packet,
            own.everybody,
            *(id(holder) for holder in (*chain.policies, *chain.profiles)),
            *(() if _near_open(chain) else (id(own),)),
        )
        known = self.indexes.get(key)
        if known is not None:
            return known
        peers = self.sources if incoming else self.targets
        numbers = [0] * len(self.groups)
        bit, asked = 1 << packet, self.packets[packet]
        for at in alike(chain, own):
            question = Question(
                chain, asked, lambda rule: bool(self._packets_of(rule)[0] & bit), own, at, peers
            )
            for decision in decide(question):
                trace = self._trace(decision, chain)
                alone: dict[int, int] = {}
                for group, within in self._spread(decision.peers, incoming=incoming):
                    before = numbers[group]
                    number = alone.get(within)
                    if before or number is None:
                        entry = Entry(at, within, decision.allowed, trace)
                        number = self._entries((*(self.entry_list[before - 1] if before else ()), entry))
                        if not before:
                            alone[within] = number
                    numbers[group] = number
        self.indexes[key] = numbers
        return numbers

    def _spread(self, mask: int, *, incoming: bool) -> list[tuple[int, int]]:
        """The groups of a set of peers, each with its own part of the set."""
        known = self.spreads.get((incoming, mask))
        if known is None:
            of_bits, parts = (
                (self.source_groups, self.source_parts)
                if incoming
                else (self.target_groups, self.target_parts)
            )
            known = []
            last = -1
            for bit in bits(mask):
                group, first = of_bits[bit]
                if group != last:
                    known.append((group, (mask & parts[group]) >> first))
                    last = group
            self.spreads[incoming, mask] = known
        return known

    def _entries(self, entries: tuple[Entry, ...]) -> int:
        """The number of some entries, from 1."""
        number = self.entries.get(entries)
        if number is None:
            self.entry_list.append(entries)
            number = self.entries[entries] = len(self.entry_list)
        return number

    def _trace(self, decision: Decision, chain: Chain) -> int:
        endpoint = HERE if chain.direction == "egress" else THERE
        return self._steps(tuple(step(passage, chain, endpoint) for passage in decision.passages))

    def _steps(self, steps: tuple[Step, ...]) -> int:
        return self.traces.setdefault(steps, len(self.traces))

    def _outcome(self, source: int, target: int, out: object, state: int) -> int:
        entries = self.state_list[state]
        leaving = out if isinstance(out, tuple) else (out,) * len(entries)
        both = iter(zip(leaving, entries, strict=True))
        ports = []
        for port, protocol in self.groups[target].ports:
            answers = [
                (one, self._cases(source, target, *next(both))) for one, _ in self.meanings[port, protocol]
            ]
            cases, assumes = settle(answers, lambda case, when: case._replace(when=when))
            verdicts = {case.allowed for case in cases}
            verdict = "depends" if len(verdicts) > 1 else "allow" if True in verdicts else "deny"
            ports.append(PortOutcome(port, protocol, verdict, cases, assumes))
        outcome = CellOutcome(summary(ports), tuple(ports))
        return self.outcomes.setdefault(outcome, len(self.outcomes))

    def _cases(self, source: int, target: int, outgoing: int, incoming: int) -> tuple[PortCase, ...]:
        here, there = self.parties[source], self.parties[target]
        key = (outgoing, incoming, here.on_calico, here.spans, there.on_calico, there.spans)
        known = self.certain.get(key)
        if known is None:
            leaving = self.entry_list[outgoing - 1] if outgoing else ()
            entering = self.entry_list[incoming - 1] if incoming else ()
            known = self.certain[key] = self.combiner.cases(here, there, leaving, entering)
        return known


def _by_number(port: tuple[int | None, int]) -> tuple[int, int]:
    return port[0] or 0, port[1]


def _near_open(chain: Chain) -> bool:
    """Whether no rule of a chain asks anything of the endpoint itself."""
    for rule in chain.rules():
        if not rule.near(chain.direction).open or rule.ip_version is not None:
            return False
    return True


def _groups_of_bits(parts: Sequence[int]) -> list[tuple[int, int]]:
    """For each bit, its group and that group's first bit."""
    found: list[tuple[int, int]] = []
    for group, part in enumerate(parts):
        first = len(found)
        found += [(group, first)] * part.bit_count()
    return found
