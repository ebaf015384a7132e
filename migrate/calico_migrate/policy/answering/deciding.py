"""Decides what becomes of a packet at one endpoint, for all peers at once.

The order of things is Felix' (projectcalico/felix v3.14.0 ``rules/endpoints.go`` and ``rules/policy.go``):
the policies that select the endpoint and have the direction in their ``types``, in order; Allow and Deny
decide, Log goes on, Pass leaves the policies for the profiles. With at least one such policy and no decision
the packet is dropped. Without one, or after Pass, the profiles are asked in order; one that does not exist
drops everything, and what none accepts is dropped.

Peers are bits of a number: a rule's peer side is a mask, computed once for each rule, and a decision is made
for as many peers as have the same fate. A single flow is the same with one bit.
"""

# No annotations as texts here: `NamedTuple` would compile each at every start.
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from calico_migrate.policy.cluster.peers import Peers
from calico_migrate.policy.compiled.resources import (
    ICMP_PROTOCOLS,
    PORT_PROTOCOLS,
    Entity,
    Icmp,
    Policy,
    Profile,
    Rule,
)

_UDP = 17
_IPIP = 4


class Packet(NamedTuple):
    """The first packet of a flow, without its addresses; ``protocol`` is an IANA number."""

    protocol: int
    source_port: int | None = None
    destination_port: int | None = None
    icmp_type: int | None = None
    icmp_code: int | None = None

    def near_port(self, direction: str) -> int | None:
        """The endpoint's own port."""
        return self.destination_port if direction == "ingress" else self.source_port

    def far_port(self, direction: str) -> int | None:
        """The peer's port."""
        return self.source_port if direction == "ingress" else self.destination_port


class Passage(NamedTuple):
    """One thing that happened on the way to a decision.

    ``holder`` is the policy or profile, None for a drop at the end; ``rule`` its rule's number from 0, None
    where no rule did it; ``missing`` is a profile's name that stands for no profile.
    """

    holder: Policy | Profile | None
    rule: int | None
    action: str
    reason: str
    missing: str = ""

    @property
    def key(self) -> tuple[str, int | None, str, str, str]:
        """What tells it from other passages, in values that can be hashed."""
        title = self.holder.title if self.holder is not None else ""
        return title, self.rule, self.action, self.reason, self.missing


class Decision(NamedTuple):
    """What happens to the packets of the peers in ``peers``, and the passages that led to it."""

    peers: int
    allowed: bool
    passages: tuple[Passage, ...]


class Chain(NamedTuple):
    """What is asked about an endpoint's packets in one direction.

    ``policies`` are those that select the endpoint and have the direction, in order; a profile that does
    not exist is its name.
    """

    direction: str
    policies: Sequence[Policy]
    profiles: Sequence[Profile | str]

    def rules(self) -> Iterator[Rule]:
        """Every rule that may be asked, in order."""
        for holder in (*self.policies, *self.profiles):
            if not isinstance(holder, str):
                yield from holder.rules(self.direction) or ()


class Question(NamedTuple):
    """A packet at an endpoint: its chain, what the endpoint itself may be, and who its peer may be.

    ``matches`` says whether a rule matches the packet whatever the addresses (`packet_matches`). ``own`` are
    the addresses that the endpoint may have and ``at`` those of them that are meant; every rule must give the
    same answer for all of these (see `alike`).
    """

    chain: Chain
    packet: Packet
    matches: Callable[[Rule], bool]
    own: Peers
    at: int
    peers: Peers

    @classmethod
    def of(cls, chain: Chain, packet: Packet, own: Peers, at: int, peers: Peers) -> "Question":
        """A question that asks each rule about its packet."""
        return cls(chain, packet, lambda rule: packet_matches(rule, packet), own, at, peers)


def alike(chain: Chain, own: Peers) -> list[int]:
    """The addresses that an endpoint may have, in classes that no rule of the chain tells apart."""
    classes = [own.everybody]
    if own.everybody & (own.everybody - 1) == 0:
        return classes
    for rule in chain.rules():
        near = rule.near(chain.direction)
        masks = [own.matching(near)] if not near.open else []
        masks += [own.within(port.nets) for port in (*near.named, *near.not_named)]
        if rule.ip_version is not None:
            masks.append(own.version(rule.ip_version))
        for mask in masks:
            classes = [part for one in classes for part in (one & mask, one & ~mask) if part]
    return classes


def decide(question: Question) -> list[Decision]:
    """What the chain does to the packet, for every peer; the decisions' peers are disjoint."""
    chain, peers = question.chain, question.peers
    decisions: list[Decision] = []
    # Peers with nothing decided yet, and what happened to them so far.
    open_policies: list[tuple[int, tuple[Passage, ...]]] = [(peers.everybody, ())]
    open_profiles: list[tuple[int, tuple[Passage, ...]]] = [] if chain.policies else open_policies
    for policy in chain.policies:
        rules = policy.rules(chain.direction) or ()
        open_policies = _walk(policy, rules, question, open_policies, open_profiles, decisions)
        if not open_policies:
            break
    if chain.policies:
        drop = Passage(None, None, "Deny", "no policy rule matches")
        decisions += [Decision(mask, False, (*path, drop)) for mask, path in open_policies]
    for profile in chain.profiles:
        if not open_profiles:
            break
        if isinstance(profile, str):
            drop = Passage(None, None, "Deny", "missing profile", profile)
            decisions += [Decision(mask, False, (*path, drop)) for mask, path in open_profiles]
            open_profiles = []
            break
        passed: list[tuple[int, tuple[Passage, ...]]] = []
        rules = profile.rules(chain.direction)
        # Pass in a profile only leaves that profile.
        rest = _walk(profile, rules, question, open_profiles, passed, decisions)
        open_profiles = rest + passed
    drop = Passage(None, None, "Deny", "no profile rule matches")
    decisions += [Decision(mask, False, (*path, drop)) for mask, path in open_profiles]
    return decisions


def _walk(
    holder: Policy | Profile,
    rules: Sequence[Rule],
    question: Question,
    undecided: list[tuple[int, tuple[Passage, ...]]],
    passed: list[tuple[int, tuple[Passage, ...]]],
    decisions: list[Decision],
) -> list[tuple[int, tuple[Passage, ...]]]:
    """Takes the undecided peers through the rules of one policy or profile; returns those left over."""
    for index, rule in enumerate(rules):
        mask = matching_peers(rule, question)
        if not mask:
            continue
        rest: list[tuple[int, tuple[Passage, ...]]] = []
        for open_peers, path in undecided:
            hit = open_peers & mask
            if not hit:
                rest.append((open_peers, path))
                continue
            taken = (*path, Passage(holder, index, rule.action, "a rule matches"))
            if rule.action == "Log":
                rest.append((hit, taken))
            elif rule.action == "Pass":
                passed.append((hit, taken))
            else:
                decisions.append(Decision(hit, rule.action == "Allow", taken))
            if hit != open_peers:
                rest.append((open_peers & ~hit, path))
        undecided = rest
        if not undecided:
            break
    return undecided


def matching_peers(rule: Rule, question: Question) -> int:
    """The peers for which a rule matches the packet."""
    if not question.matches(rule) or not near_matches(rule, question):
        return 0
    mask = far_peers(rule, question)
    if rule.ip_version is not None:
        if not question.own.version(rule.ip_version) & question.at:
            return 0
        mask &= question.peers.version(rule.ip_version)
    return mask


def near_matches(rule: Rule, question: Question) -> bool:
    """Whether a rule's side of the endpoint itself matches its address."""
    packet, direction = question.packet, question.chain.direction
    near = rule.near(direction)
    return near.open or bool(
        question.own.matching_at(near, packet.protocol, packet.near_port(direction)) & question.at
    )


def far_peers(rule: Rule, question: Question) -> int:
    """The peers whose address a rule's other side matches."""
    packet, direction = question.packet, question.chain.direction
    return question.peers.matching_at(rule.far(direction), packet.protocol, packet.far_port(direction))


def packet_masks(rule: Rule, packets: Sequence[Packet]) -> list[int]:
    """The packets that a rule matches whatever the addresses; and parts of them that names tell apart."""
    parts: dict[object, int] = {}
    whole = 0
    for index, packet in enumerate(packets):
        if packet_matches(rule, packet):
            whole |= 1 << index
            key = at_ports(rule, packet)
            parts[key] = parts.get(key, 0) | 1 << index
    return [whole, *parts.values()] if len(parts) > 1 else [whole]


def at_ports(rule: Rule, packet: Packet) -> tuple[object, ...]:
    """What the named ports of a rule ask of the addresses of a packet."""
    return (
        rule.source.at_port(packet.protocol, packet.source_port),
        rule.destination.at_port(packet.protocol, packet.destination_port),
    )


def dropped_tunnel(packet: Packet, vxlan_port: int | None) -> str:
    """Why Felix drops a packet that leaves a workload, whatever the policies say; empty where it doesn't.

    projectcalico/felix v3.14.0 ``rules/endpoints.go``: VXLAN and IP in IP, so that no workload can speak to
    the hosts' tunnels.
    """
    if vxlan_port is None:
        return ""
    if packet.protocol == _UDP and packet.destination_port == vxlan_port:
        return f"Felix drops UDP to the VXLAN port {vxlan_port} from every workload"
    if packet.protocol == _IPIP:
        return "Felix drops IP in IP from every workload"
    return ""


def packet_matches(rule: Rule, packet: Packet) -> bool:
    """Whether a rule's protocol, ports and ICMP fields match, whatever the addresses."""
    if rule.protocol is not None and rule.protocol != packet.protocol:
        return False
    if rule.not_protocol is not None and rule.not_protocol == packet.protocol:
        return False
    if not ports_match(rule.source, packet.protocol, packet.source_port):
        return False
    if not ports_match(rule.destination, packet.protocol, packet.destination_port):
        return False
    if rule.icmp is not None and not icmp_matches(rule.icmp, packet):
        return False
    return rule.not_icmp is None or rule.not_icmp.type is None or not icmp_matches(rule.not_icmp, packet)


def ports_match(entity: Entity, protocol: int, port: int | None) -> bool:
    """Whether the ports of a rule's source or destination match; no port matches none that is named.

    A port that matches by its name does so at some addresses alone (see `Peers.matching_at`).
    """
    if entity.ports is not None and not (
        protocol in PORT_PROTOCOLS and (entity.has_number(port) or entity.at_port(protocol, port)[0])
    ):
        return False
    return port is None or not any(first <= port <= last for first, last in entity.not_ports)


def icmp_matches(icmp: Icmp, packet: Packet) -> bool:
    """Whether a packet has the type and code that a rule names."""
    if icmp.type is None:
        return True
    if packet.protocol not in ICMP_PROTOCOLS or packet.icmp_type != icmp.type:
        return False
    return icmp.code is None or packet.icmp_code == icmp.code
