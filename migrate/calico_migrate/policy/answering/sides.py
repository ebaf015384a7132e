"""One end of a flow, which decides by its own chain, and what both ends together come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_migrate.policy.answering.advising import advice
from calico_migrate.policy.answering.answers import Answer, Case, of_cases
from calico_migrate.policy.answering.deciding import Packet, Question, alike, decide
from calico_migrate.policy.answering.wording import Step, listing, step
from calico_migrate.policy.cluster.addresses import AddressSpan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calico_migrate.policy.answering.deciding import Chain, Decision
    from calico_migrate.policy.cluster.model import Model, Party
    from calico_migrate.policy.cluster.peers import Peers


class Side(NamedTuple):
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


def side_of(
    model: Model,
    direction: str,
    endpoint: Party,
    other: Party,
    other_spans: tuple[AddressSpan, ...],
    packet: Packet,
    asked: Packet,
) -> Side:
    """What one endpoint decides of what goes to, or comes from, the other's addresses."""
    own, _ = model.peers((endpoint, endpoint.spans))
    peers, _ = model.peers((other, other_spans))
    chain = model.chain(direction, endpoint)
    decisions: list[tuple[int, Decision]] = []
    for at in alike(chain, own):
        decisions += [(at, decision) for decision in decide(Question.of(chain, packet, own, at, peers))]
    if other.kind == "tunnel":
        shown = f"{other.name},"
    elif other.on_calico or other.kind in ("address", "vip"):
        shown = f"the address of {other.name}"
    else:
        shown = f"the address of the agent of {other.name}"
    told = packet._replace(
        source_port=asked.source_port, icmp_type=asked.icmp_type, icmp_code=asked.icmp_code
    )
    return Side(
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


def together(
    egress: Side | None,
    ingress: Side | None,
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


def joined(answers: list[Answer]) -> Answer:
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


def _steps(side: Side, decision: Decision, at: int) -> tuple[Step, ...]:
    steps = [step(passage, side.chain, side.endpoint) for passage in decision.passages]
    if not decision.allowed:
        question = Question.of(side.chain, side.packet, side.own, at, side.peers)
        last = steps[-1]
        steps[-1] = last._replace(why=f"{last.why}; {advice(question, decision, side.told, side.other)}")
    return tuple(steps)


def _when(side: Side, at: int, peers: int) -> str:
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
