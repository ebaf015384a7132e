"""Whether a flow between two addresses gets through, and what decides it.

A flow between two Calico endpoints must be let out by the source and let in by the destination; an address
that no endpoint has is not policed. Only the first packet is asked about, since Calico accepts what belongs
to a connection that it has accepted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calico_migrate.policy.answering.advising import advice
from calico_migrate.policy.answering.deciding import Chain, Question, decide, dropped_tunnel, packet_matches
from calico_migrate.policy.answering.wording import Step, step
from calico_migrate.policy.cluster.addresses import address_text
from calico_migrate.policy.cluster.peers import Peer, Peers
from calico_migrate.policy.cluster.scenario import Scenario, read_scenario

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from calico_migrate.policy.cluster.addresses import Span
    from calico_migrate.policy.cluster.scenario import Endpoint
    from calico_migrate.policy.compiled.resources import Policy, Profile


class Verdict(NamedTuple):
    """``verdict`` is ``allow`` or ``deny``; ``trace`` are the steps that decided it, egress first. The last
    step of a denial also says what would have to change.
    """

    verdict: str
    trace: tuple[Step, ...]

    @property
    def allowed(self) -> bool:
        """Whether the flow gets through."""
        return self.verdict == "allow"


def evaluate(scenario: Mapping[str, Any] | Scenario) -> Verdict:
    """What becomes of the scenario's flow. Raises ScenarioError where the scenario cannot be understood."""
    read = scenario if isinstance(scenario, Scenario) else read_scenario(scenario)
    flow = read.flow
    source, destination = _endpoint_at(read, flow.source), _endpoint_at(read, flow.destination)
    source_side, destination_side = _side(read, flow.source), _side(read, flow.destination)
    if source is None and destination is None:
        why = (
            f"neither {_text(flow.source)} nor {_text(flow.destination)} is the address of a Calico endpoint,"
            " so that no policy applies"
        )
        return Verdict("allow", (Step("egress", _text(flow.source), None, None, "Allow", why),))
    trace: tuple[Step, ...] = ()
    source_name = source.name if source is not None else _text(flow.source)
    destination_name = destination.name if destination is not None else _text(flow.destination)
    for direction, endpoint, own, peers, other in (
        ("egress", source, source_side, destination_side, destination_name),
        ("ingress", destination, destination_side, source_side, source_name),
    ):
        if endpoint is None:
            continue
        allowed, steps = _one_direction(read, direction, endpoint, own, peers, other)
        trace += steps
        if not allowed:
            return Verdict("deny", trace)
    return Verdict("allow", trace)


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


def _one_direction(
    scenario: Scenario, direction: str, endpoint: Endpoint, own: Peers, peers: Peers, other: str
) -> tuple[bool, tuple[Step, ...]]:
    packet = scenario.flow.packet
    if direction == "egress":
        why = dropped_tunnel(packet, scenario.vxlan_port)
        if why:
            return False, (Step(direction, endpoint.name, None, None, "Deny", why),)
    chain = chain_of(direction, endpoint.labels, endpoint.profiles, scenario.policies, scenario.profiles)
    question = Question(chain, lambda rule: packet_matches(rule, packet), own, own.everybody, peers)
    # One peer has one decision.
    decision = decide(question)[0]
    steps = [step(passage, chain, endpoint.name) for passage in decision.passages]
    if not decision.allowed:
        steps[-1] = steps[-1]._replace(why=f"{steps[-1].why}; {advice(question, decision, packet, other)}")
    return decision.allowed, tuple(steps)


def _endpoint_at(scenario: Scenario, address: Span) -> Endpoint | None:
    return next((endpoint for endpoint in scenario.endpoints if endpoint.address == address), None)


def _side(scenario: Scenario, address: Span) -> Peers:
    labels = tuple(endpoint.labels for endpoint in scenario.endpoints if endpoint.address == address)
    return Peers([Peer(address, labels)], scenario.address_sets)


def _text(address: Span) -> str:
    return address_text(address.version, address.first)
