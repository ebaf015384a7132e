"""May A reach B: flows between workloads, addresses and VIPs, whose addresses are only known by range.

What a Calico endpoint sees of the other side (dcos/dcos packages/dcos-net/extra/dcos-net.service,
projectcalico/felix v3.14.0 ``rules/static.go``): another endpoint by its own address; anything else from the
agent's tunnel address or the agent's own one, and unpoliced where it is on the same agent. A VIP is the
destination for its client's egress rules; what arrives behind it comes from the tunnel address of the
client's agent, or unpoliced on the same agent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_migrate.policy.answering.advising import advice
from calico_migrate.policy.answering.answers import Answer, Case, certain, of_cases, of_possibilities
from calico_migrate.policy.answering.deciding import (
    Packet,
    Question,
    alike,
    decide,
    dropped_tunnel,
    packet_matches,
)
from calico_migrate.policy.answering.possible import possibilities
from calico_migrate.policy.answering.wording import Step, listing, step
from calico_migrate.policy.cluster.addresses import AddressSpan, address_text, is_address, parse_address
from calico_migrate.policy.cluster.model import Party

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calico_migrate.policy.answering.deciding import Chain, Decision
    from calico_migrate.policy.cluster.model import Model
    from calico_migrate.policy.cluster.peers import Peers
    from calico_migrate.policy.compiled.resources import Rule


class _Side(NamedTuple):
    """What one endpoint decides: possible decisions, each with the addresses on both sides it holds for.

    ``told`` is the packet as it was asked about, for the advice.
    """

    chain: Chain
    packet: Packet
    told: Packet
    own: Peers
    peers: Peers
    decisions: list[tuple[int, Decision]]
    endpoint: str
    other: str
    own_words: str
    other_words: str


def simulate(model: Model, source: Party, destination: Party, packet: Packet, *, same_agent: bool) -> Answer:
    """Whether a packet gets from one party to another.

    What the packet leaves open (see `possible`) and a rule names is a condition of the answer.
    """
    rules = model.open_rules() and _asked(model, source, destination)
    return of_possibilities(
        [
            (one, _of_packet(model, source, destination, one.packet, packet, same_agent=same_agent))
            for one in possibilities(packet, rules)
        ]
    )


def _asked(model: Model, source: Party, destination: Party) -> list[Rule]:
    """The rules that are asked about a flow, whichever packets it has."""
    servers = [destination]
    if destination.vip is not None:
        servers = [backend for backend, _ in model.backends(destination.vip)]
    chains = [model.chain("egress", source)] if source.on_calico else []
    chains += [model.chain("ingress", server) for server in servers if server.on_calico]
    return [rule for chain in chains for rule in chain.rules()]


def _of_packet(
    model: Model, source: Party, destination: Party, packet: Packet, asked: Packet, *, same_agent: bool
) -> Answer:
    why = dropped_tunnel(packet, model.vxlan_port) if source.on_calico else ""
    if why:
        return certain(allowed=False, trace=(Step("egress", source.name, None, None, "Deny", why),))
    if destination.vip is not None:
        return _through_vip(model, source, destination, packet, asked, same_agent=same_agent)
    if not source.on_calico and not destination.on_calico:
        why = _of_host(model, destination) or (
            f"neither {source.name} nor {destination.name} is a Calico endpoint, so that no policy applies"
        )
        return certain(allowed=True, trace=(Step("egress", source.name, None, None, "Allow", why),))
    egress = ingress = None
    after: tuple[Step, ...] = ()
    if source.on_calico:
        egress = _side(model, "egress", source, destination, destination.spans, packet, asked)
    if not destination.on_calico:
        why = _of_host(model, destination) or (
            f"{_what(destination)} is no Calico endpoint, so that nothing polices what arrives"
        )
        after = (Step("ingress", destination.name, None, None, "Allow", why),)
    elif source.on_calico:
        ingress = _side(model, "ingress", destination, source, source.spans, packet, asked)
    elif same_agent and _is_local(model, source):
        why = (
            f"{_what(source)} is on the same agent, and what an agent sends to its containers is not policed"
        )
        after = (Step("ingress", destination.name, None, None, "Allow", why),)
    else:
        ingress = _side(model, "ingress", destination, source, arriving(model, source), packet, asked)
    return _answer(egress, ingress, after, paired=source.on_calico and destination.on_calico)


def arriving(model: Model, source: Party) -> tuple[AddressSpan, ...]:
    """The addresses from which a party's packets can arrive at an endpoint on another agent."""
    if source.on_calico or source.kind == "address":
        return source.spans
    return (*model.site.tunnels, *model.site.agents)


def address_party(text: str) -> Party:
    """A lone address. Raises ValueError where the text is none."""
    return Party(text, "address", (parse_address(text),))


def _through_vip(
    model: Model, source: Party, destination: Party, packet: Packet, asked: Packet, *, same_agent: bool
) -> Answer:
    vip = destination.vip
    assert vip is not None  # noqa: S101 - simulate has seen it
    packet = packet._replace(destination_port=vip.port)
    egress = (
        _side(model, "egress", source, destination, destination.spans, packet, asked)
        if source.on_calico
        else None
    )
    answers: list[Answer] = []
    for backend, port in model.backends(vip):
        if port.protocol != packet.protocol:
            continue
        ingress = None
        after: tuple[Step, ...] = ()
        if not backend.on_calico:
            why = f"{_what(backend)}, behind {destination.name}, is no Calico endpoint"
            after = (Step("ingress", backend.name, None, None, "Allow", why),)
        elif same_agent:
            why = f"{destination.name} leads to a container on the same agent, which no ingress policy sees"
            after = (Step("ingress", backend.name, None, None, "Allow", why),)
        else:
            tunnel = Party(
                f"the agent's tunnel address, behind {destination.name}", "tunnel", model.site.tunnels
            )
            arrived = packet._replace(destination_port=port.number)
            ingress = _side(model, "ingress", backend, tunnel, tunnel.spans, arrived, asked)
        answers.append(_answer(egress, ingress, after, paired=False))
    if not answers:
        why = f"no app that is known here has a port behind {destination.name}"
        after = (Step("ingress", destination.name, None, None, "Allow", why),)
        return _answer(egress, None, after, paired=False)
    return _joined(answers)


def _is_local(model: Model, source: Party) -> bool:
    """Whether a party that shares the agent is the agent itself or a workload on it."""
    return source.kind != "address" or any(span.contains(source.spans[0]) for span in model.site.agents)


def _side(
    model: Model,
    direction: str,
    endpoint: Party,
    other: Party,
    other_spans: tuple[AddressSpan, ...],
    packet: Packet,
    asked: Packet,
) -> _Side:
    own, _ = model.peers((endpoint, endpoint.spans))
    peers, _ = model.peers((other, other_spans))
    chain = model.chain(direction, endpoint)
    decisions: list[tuple[int, Decision]] = []
    for at in alike(chain, own):
        question = Question(chain, packet, lambda rule: packet_matches(rule, packet), own, at, peers)
        decisions += [(at, decision) for decision in decide(question)]
    if other.kind == "tunnel":
        shown = f"{other.name},"
    elif other.on_calico or other.kind in ("address", "vip"):
        shown = f"the address of {other.name}"
    else:
        shown = f"the address of the agent of {other.name}"
    told = packet._replace(
        source_port=asked.source_port, icmp_type=asked.icmp_type, icmp_code=asked.icmp_code
    )
    return _Side(
        chain,
        packet,
        told,
        own,
        peers,
        decisions,
        endpoint.name,
        other.name,
        f"the address of {endpoint.name}",
        shown,
    )


def _answer(
    egress: _Side | None,
    ingress: _Side | None,
    after: tuple[Step, ...],
    *,
    paired: bool,
) -> Answer:
    """Puts the two sides together; ``paired`` says that one side's own address is the other one's peer."""
    cases: dict[tuple[object, ...], Case] = {}

    def add(allowed: bool, key: tuple[object, ...], when: list[str], trace: tuple[Step, ...]) -> None:
        cases.setdefault(key, Case(allowed, " and ".join(filter(None, when)), trace))

    for at, out in egress.decisions if egress is not None else [(0, None)]:
        first = _steps(egress, out, at) if egress is not None and out is not None else ()
        out_when = [_when(egress, at, out.peers)] if egress is not None and out is not None else []
        if out is not None and not out.allowed:
            add(False, _key(out), out_when, first)
            continue
        if ingress is None:
            add(True, _key(out), out_when, first + after)
            continue
        for there, into in ingress.decisions:
            if paired and out is not None and not (at & into.peers and there & out.peers):
                continue
            if paired and out is not None:
                when = [_when(ingress, there & out.peers, into.peers & at)]
            else:
                when = [*out_when, _when(ingress, there, into.peers)]
            add(into.allowed, _key(out, into), when, first + _steps(ingress, into, there) + after)
    return of_cases(list(cases.values()))


def _key(*decisions: Decision | None) -> tuple[object, ...]:
    """What tells one pair of decisions from another."""
    return tuple(
        tuple(passage.key for passage in decision.passages) for decision in decisions if decision is not None
    )


def _joined(answers: list[Answer]) -> Answer:
    """What several backends of one VIP come to."""
    if len(answers) == 1:
        return answers[0]
    verdicts = {answer.verdict for answer in answers}
    if len(verdicts) == 1 and "depends" not in verdicts:
        return answers[0]
    cases: dict[tuple[object, ...], Case] = {}
    for answer in answers:
        for case in answer.cases:
            target = case.trace[-1].endpoint if case.trace else ""
            when = case.when or (f"{target} answers" if target else "")
            cases.setdefault((case.allowed, case.trace), case._replace(when=when))
    return of_cases(list(cases.values()))


def _steps(side: _Side, decision: Decision, at: int) -> tuple[Step, ...]:
    steps = [step(passage, side.chain, side.endpoint) for passage in decision.passages]
    if not decision.allowed:
        packet = side.packet
        question = Question(
            side.chain, packet, lambda rule: packet_matches(rule, packet), side.own, at, side.peers
        )
        last = steps[-1]
        steps[-1] = last._replace(why=f"{last.why}; {advice(question, decision, side.told, side.other)}")
    return tuple(steps)


def _when(side: _Side, at: int, peers: int) -> str:
    """The condition on addresses under which a decision holds; empty where it always does."""
    parts = []
    if at != side.own.everybody:
        parts.append(f"{side.own_words} is in {_spans(side.own, at)}")
    if peers != side.peers.everybody:
        parts.append(f"{side.other_words} is in {_spans(side.peers, peers)}")
    return " and ".join(parts)


def _spans(side: Peers, mask: int) -> str:
    return describe_addresses([peer.address for peer in side.peers], mask, always=True)


def describe_addresses(pieces: Sequence[AddressSpan], mask: int, *, always: bool = False) -> str:
    """Some of the pieces of a range in words; nothing where they are all of it, unless ``always``."""
    if mask == (1 << len(pieces)) - 1 and not always:
        return ""
    return listing([str(span) for span in _merged(pieces, mask)])


def _merged(pieces: Sequence[AddressSpan], mask: int) -> Iterator[AddressSpan]:
    """The chosen pieces, neighbours put together."""
    last: AddressSpan | None = None
    for index, span in enumerate(pieces):
        if not mask >> index & 1:
            continue
        if last is not None and last.version == span.version and last.last + 1 == span.first:
            last = AddressSpan(last.version, last.first, span.last)
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


def _of_host(model: Model, party: Party) -> str:
    """That an address is a host endpoint's, whose own policies are not asked; nothing where it is not."""
    if party.kind != "address":
        return ""
    for one in model.resources.address_sets:
        if one.kind == "HostEndpoint" and any(net.contains(party.spans[0]) for net in one.nets):
            return f"{_what(party)} is {one.title}'s; what that lets into the node itself is not asked here"
    return ""


def _what(party: Party) -> str:
    if party.kind == "address":
        span = party.spans[0]
        return f"the address {address_text(span.version, span.first)}"
    where = {
        "overlay": f"on the overlay network {party.network}",
        "bridge": "behind a bridge",
        "host": "on the host",
    }
    return f"{party.name} ({where.get(party.kind, f'on the network {party.network}')})"


def vip_party(model: Model, name: str, port: int) -> Party:
    """The VIP as a destination: its own address, or some address of the range of named VIPs."""
    from calico_migrate.policy.cluster.ports import Vip

    vip = Vip(name, port)
    spans = (parse_address(name),) if is_address(name) else model.site.vips
    return Party(str(vip), "vip", spans, vip=vip)
