"""What would have to change for a denied flow to get through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_migrate.policy.answering.deciding import far_peers, matching_peers, near_matches
from calico_migrate.policy.answering.wording import describe_packet, describe_rule, listing, protocol_name
from calico_migrate.policy.compiled.resources import NAMESPACE_LABEL

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from calico_migrate.policy.answering.deciding import Decision, Packet, Question
    from calico_migrate.policy.compiled.resources import AddressSet, Entity, Policy, Profile, Rule


def advice(question: Question, decision: Decision, packet: Packet, peer: str) -> str:
    """A clause that begins with "to let it through"; ``peer`` names the other side."""
    last = decision.passages[-1]
    direction = question.chain.direction
    if last.missing:
        return f"to let it through, create the profile {last.missing} with rules that allow it"
    if last.holder is not None:
        return (
            f"to let it through, narrow {direction} rule {last.rule} of {last.holder.title}, or allow"
            f" {describe_packet(packet)} {_preposition(direction)} {peer} in a rule before it or in a policy"
            " with a lower order"
        )
    holders = question.chain.policies if last.reason == "no policy rule matches" else question.chain.profiles
    nearest = _nearest(
        [holder for holder in holders if not isinstance(holder, str)], question, decision.peers
    )
    if nearest is None:
        where = listing([holder if isinstance(holder, str) else holder.title for holder in holders])
        return (
            f"to let it through, add an {direction} rule with the action Allow for {describe_packet(packet)}"
            f" {_preposition(direction)} {peer}" + (f" to {where}" if where else "")
        )
    holder, index, rule, reasons = nearest
    return (
        f"to let it through, widen a rule or add one; the nearest is {direction} rule {index} of"
        f" {holder.title} ({describe_rule(rule)}), which does not match because {' and '.join(reasons)}"
    )


def _preposition(direction: str) -> str:
    return "from" if direction == "ingress" else "to"


def _nearest(
    holders: list[Policy | Profile], question: Question, peers: int
) -> tuple[Policy | Profile, int, Rule, list[str]] | None:
    """The Allow rule with the fewest reasons why it does not match."""
    best: tuple[Policy | Profile, int, Rule, list[str]] | None = None
    for holder in holders:
        for index, rule in enumerate(holder.rules(question.chain.direction) or ()):
            if rule.action != "Allow" or matching_peers(rule, question) & peers:
                continue
            reasons = _reasons(rule, question, peers)
            if reasons and (best is None or len(reasons) < len(best[3])):
                best = holder, index, rule, reasons
    return best


def _reasons(rule: Rule, question: Question, peers: int) -> list[str]:
    reasons: list[str] = []
    if not question.matches(rule):
        reasons += _packet_reasons(rule)
    direction = question.chain.direction
    near_field, far_field = ("destination", "source") if direction == "ingress" else ("source", "destination")
    if not near_matches(rule, question):
        reasons.append(f"its {near_field} leaves this endpoint out")
    if not far_peers(rule, question) & peers:
        reasons.append(_far_reason(rule, rule.far(direction), far_field, question, peers))
    return reasons


def _packet_reasons(rule: Rule) -> list[str]:
    wanted: list[str] = []
    if rule.protocol is not None and rule.icmp is None:
        wanted.append(protocol_name(rule.protocol))
    if rule.not_protocol is not None:
        wanted.append(f"not {protocol_name(rule.not_protocol)}")
    for field in ("source", "destination"):
        written = rule.written.get(field) or {}
        if written.get("ports"):
            names = [str(port) for port in written["ports"]]
            wanted.append(f"{field} port {listing(names)}")
        if written.get("notPorts"):
            wanted.append(f"no {field} port of {listing([str(port) for port in written['notPorts']])}")
    for words, icmp in (("", rule.icmp), ("not ", rule.not_icmp)):
        if icmp is not None and icmp.type is not None:
            wanted.append(f"{words}ICMP type {icmp.type}")
    return [f"it wants {', '.join(wanted)}"]


def _far_reason(rule: Rule, entity: Entity, field: str, question: Question, peers: int) -> str:
    written = rule.written.get(field) or {}
    side = question.peers
    if side.matching(entity) & peers:
        names = listing([*dict.fromkeys(entity.names), *dict.fromkeys(entity.not_names)])
        return f"its {field} must be an address of a HostEndpoint that calls this port {names}"
    if entity.selectors is not None and not side.selected(entity.selectors, entity.not_selector) & peers:
        return _selector_reason(entity, written, field, question, peers)
    if entity.not_selector is not None and not ~side.selected((entity.not_selector,)) & peers:
        return f"its {field} must not be an endpoint with {str(written.get('notSelector')).strip()}"
    if entity.nets and not side.within(entity.nets) & peers:
        return f"its {field} must be in {listing([str(net) for net in entity.nets])}"
    if entity.not_nets:
        return f"its {field} must be outside of {listing([str(net) for net in entity.not_nets])}"
    return f"its {field} leaves the other side out"


def _selector_reason(
    entity: Entity, written: Mapping[str, Any], field: str, question: Question, peers: int
) -> str:
    """Why no endpoint or address set with a peer's address is one that the selectors find."""
    side = question.peers
    assert entity.selectors is not None  # noqa: S101 - the caller has seen them
    selector = written.get("selector") or written.get("namespaceSelector") or ""
    wanted = f" with {selector.strip()}" if selector.strip() else ""
    if written.get("notSelector"):
        wanted += f"{' and' if wanted else ''} without {written['notSelector'].strip()}"
    # A NetworkPolicy's selectors only find what is in its namespace, which these sets are not.
    anywhere = tuple(one for one in entity.selectors if one.labels != {NAMESPACE_LABEL})
    if len(anywhere) < len(entity.selectors):
        outside = [one for one in side.sets_at(anywhere, peers) if NAMESPACE_LABEL not in one.labels]
        if outside:
            return (
                f"{outside[0].title} has its {field}, but a NetworkPolicy's selectors are limited to its"
                f" namespace and a {outside[0].kind} has none (write {_instead(outside[0])})"
            )
    if any(peer.endpoints for index, peer in enumerate(side.peers) if peers >> index & 1):
        return f"its {field} must be an endpoint{wanted}"
    return f"its {field} must be an endpoint or set of addresses{wanted}, and no such set has this address"


def _instead(found: AddressSet) -> str:
    """What finds the addresses of a set that has no namespace."""
    if found.kind == "GlobalNetworkSet":
        return "a NetworkSet, or a GlobalNetworkPolicy"
    return "a GlobalNetworkPolicy"
