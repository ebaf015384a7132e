"""Whether a flow between two addresses gets through, and what decides it.

A flow between two Calico endpoints must be let out by the source and let in by the destination; an address
that no endpoint has is not policed. Only the first packet is asked about, since Calico accepts what belongs
to a connection that it has accepted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calico_migrate.policy.answering.advising import advice
from calico_migrate.policy.answering.answers import Answer, Case, certain, of_possibilities
from calico_migrate.policy.answering.deciding import Chain, Question, decide, dropped_tunnel
from calico_migrate.policy.answering.possible import possibilities
from calico_migrate.policy.answering.wording import Step, step
from calico_migrate.policy.cluster.addresses import address_text
from calico_migrate.policy.cluster.peers import Peer, Peers
from calico_migrate.policy.cluster.scenario import Scenario, read_scenario

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from calico_migrate.policy.answering.deciding import Packet
    from calico_migrate.policy.cluster.addresses import AddressSpan
    from calico_migrate.policy.cluster.scenario import Endpoint
    from calico_migrate.policy.compiled.resources import Policy, Profile


class Verdict(NamedTuple):
    """``verdict`` is ``allow``, ``deny`` or ``depends``; ``trace`` are the steps that decided it.

    Egress comes first; the last step of a denial also says what would have to change. A verdict depends on
    what the flow leaves open; ``cases`` then are all of them, and ``assumes`` says what is taken for granted.
    """

    verdict: str
    trace: tuple[Step, ...]
    cases: tuple[Case, ...] = ()
    assumes: str = ""

    @property
    def allowed(self) -> bool:
        """Whether the flow gets through."""
        return self.verdict == "allow"


def evaluate(scenario: Mapping[str, Any] | Scenario) -> Verdict:
    """What becomes of the scenario's flow. Raises ScenarioError where the scenario cannot be understood."""
    read = scenario if isinstance(scenario, Scenario) else read_scenario(scenario)
    flow = read.flow
    source, destination = _endpoint_at(read, flow.source), _endpoint_at(read, flow.destination)
    if source is None and destination is None:
        why = (
            f"neither {_text(flow.source)} nor {_text(flow.destination)} is the address of a Calico endpoint,"
            " so that no policy applies"
        )
        return Verdict("allow", (Step("egress", _text(flow.source), None, None, "Allow", why),))
    hops: list[_Hop] = []
    source_side, destination_side = _side(read, flow.source), _side(read, flow.destination)
    source_name = source.name if source is not None else _text(flow.source)
    destination_name = destination.name if destination is not None else _text(flow.destination)
    for direction, endpoint, own, peers, other in (
        ("egress", source, source_side, destination_side, destination_name),
        ("ingress", destination, destination_side, source_side, source_name),
    ):
        if endpoint is not None:
            chain = chain_of(direction, endpoint.labels, endpoint.profiles, read.policies, read.profiles)
            hops.append(_Hop(endpoint.name, chain, own, peers, other))
    rules = [rule for hop in hops for rule in hop.chain.rules()]
    answer = of_possibilities(
        [
            (one, _of_packet(hops, one.packet, flow.packet, read.vxlan_port))
            for one in possibilities(flow.packet, rules)
        ]
    )
    return Verdict(
        answer.verdict,
        answer.trace,
        answer.cases if answer.verdict == "depends" else (),
        answer.assumes,
    )


class _Hop(NamedTuple):
    """An endpoint that polices a flow, and the other side by its name."""

    endpoint: str
    chain: Chain
    own: Peers
    peers: Peers
    other: str


def _of_packet(hops: Sequence[_Hop], packet: Packet, asked: Packet, vxlan_port: int | None) -> Answer:
    trace: tuple[Step, ...] = ()
    for hop in hops:
        allowed, steps = _at(hop, packet, asked, vxlan_port)
        trace += steps
        if not allowed:
            return certain(allowed=False, trace=trace)
    return certain(allowed=True, trace=trace)


def chain_of(
    direction: str,
    labels: Mapping[str, str],
    profile_names: Sequence[str],
    policies: Sequence[Policy],
    profiles: Mapping[str, Profile],
) -> Chain:
    """What is asked about an endpoint's packets: the policies that select it, in the given order."""
    return Chain(
        direction,
        [policy for policy in policies if policy.rules(direction) is not None and policy.selects(labels)],
        [profiles.get(name, name) for name in profile_names],
    )


def _at(hop: _Hop, packet: Packet, asked: Packet, vxlan_port: int | None) -> tuple[bool, tuple[Step, ...]]:
    if hop.chain.direction == "egress":
        why = dropped_tunnel(packet, vxlan_port)
        if why:
            return False, (Step("egress", hop.endpoint, None, None, "Deny", why),)
    question = Question.of(hop.chain, packet, hop.own, hop.own.everybody, hop.peers)
    # One peer has one decision.
    decision = decide(question)[0]
    steps = [step(passage, hop.chain, hop.endpoint) for passage in decision.passages]
    if not decision.allowed:
        steps[-1] = steps[-1]._replace(why=f"{steps[-1].why}; {advice(question, decision, asked, hop.other)}")
    return decision.allowed, tuple(steps)


def _endpoint_at(scenario: Scenario, address: AddressSpan) -> Endpoint | None:
    return next((endpoint for endpoint in scenario.endpoints if endpoint.address == address), None)


def _side(scenario: Scenario, address: AddressSpan) -> Peers:
    labels = tuple(endpoint.labels for endpoint in scenario.endpoints if endpoint.address == address)
    return Peers([Peer(address, labels)], scenario.address_sets)


def _text(address: AddressSpan) -> str:
    return address_text(address.version, address.first)
