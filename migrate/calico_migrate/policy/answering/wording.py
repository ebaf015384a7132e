"""What a trace says in words: rules, packets and reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_core.words import joined
from calico_migrate.policy.compiled.resources import PROTOCOL_NUMBERS, Policy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.policy.answering.deciding import Chain, Packet, Passage
    from calico_migrate.policy.compiled.resources import Entity, Rule

_PROTOCOL_NAMES = {number: name for name, number in PROTOCOL_NUMBERS.items()} | {4: "IPIP"}
_MANY = 4


class Step(NamedTuple):
    """One step of a trace.

    ``direction`` is ``egress`` (out of the source) or ``ingress`` (into the destination); ``endpoint`` the
    name of the endpoint where it happens; ``policy`` the policy's or profile's kind and name, None where
    none decided; ``rule`` the rule's number in its list, from 0; ``action`` is ``Allow``, ``Deny``, ``Log``
    or ``Pass``.
    """

    direction: str
    endpoint: str
    policy: str | None
    rule: int | None
    action: str
    why: str


def step(passage: Passage, chain: Chain, endpoint: str) -> Step:
    """A passage as a step of a trace."""
    title = passage.holder.title if passage.holder is not None else None
    if passage.missing:
        title = f"Profile/{passage.missing}"
    return Step(chain.direction, endpoint, title, passage.rule, passage.action, _why(passage, chain))


def _why(passage: Passage, chain: Chain) -> str:
    holder = passage.holder
    if holder is not None and passage.rule is not None:
        rule = holder.rules(chain.direction) or ()
        text = f"{chain.direction} rule {passage.rule} matches: {describe_rule(rule[passage.rule])}"
        if isinstance(holder, Policy):
            return text
        return f"{text}; {_why_profiles(chain)}"
    if passage.missing:
        return f"there is no profile {passage.missing}, and Calico drops everything for one that is missing"
    if passage.reason == "no policy rule matches":
        titles = [policy.title for policy in chain.policies]
        if len(titles) == 1:
            return (
                f"{titles[0]} selects the endpoint for {chain.direction}, none of its rules matches,"
                " and what no rule allows is dropped"
            )
        return (
            f"{len(titles)} policies select the endpoint for {chain.direction} ({listing(titles)}), none of"
            " their rules matches, and what no rule allows is dropped"
        )
    if passage.reason == "no profile rule matches":
        if not chain.profiles:
            return f"the endpoint has no profile, and {_why_profiles(chain)}"
        return f"no profile accepts it, and {_why_profiles(chain)}"
    return passage.reason


def _why_profiles(chain: Chain) -> str:
    if chain.policies:
        return "a rule with the action Pass left it to the profiles"
    return f"no policy selects the endpoint for {chain.direction}"


def describe_packet(packet: Packet) -> str:
    """``TCP port 80``, ``ICMP type 8 code 0``."""
    text = protocol_name(packet.protocol)
    if packet.destination_port is not None:
        text += f" port {packet.destination_port}"
    if packet.source_port is not None:
        text += f" from port {packet.source_port}"
    if packet.icmp_type is not None:
        text += f" type {packet.icmp_type}"
        if packet.icmp_code is not None:
            text += f" code {packet.icmp_code}"
    return text


def protocol_name(number: int) -> str:
    """A protocol as Calico spells it, or its number."""
    return _PROTOCOL_NAMES.get(number, f"protocol {number}")


def describe_rule(rule: Rule) -> str:
    """A rule in one clause: ``Allow TCP from endpoints with role == "client" to port 80``."""
    words = [rule.action]
    if rule.protocol is not None:
        words.append(protocol_name(rule.protocol))
    if rule.not_protocol is not None:
        words.append(f"all but {protocol_name(rule.not_protocol)}")
    if rule.protocol is None and rule.not_protocol is None:
        words.append("everything")
    for negation, icmp in (("", rule.icmp), ("not ", rule.not_icmp)):
        if icmp is not None and icmp.type is not None:
            code = "" if icmp.code is None else f" code {icmp.code}"
            words.append(f"{negation}of type {icmp.type}{code}")
    if rule.ip_version is not None:
        words.append(f"over IPv{rule.ip_version}")
    for preposition, field, entity in (
        ("from", "source", rule.source),
        ("to", "destination", rule.destination),
    ):
        text = _describe_entity(entity, rule, field)
        if text:
            words.append(f"{preposition} {text}")
    return " ".join(words)


def _describe_entity(entity: Entity, rule: Rule, field: str) -> str:
    written = rule.written.get(field) or {}
    parts: list[str] = []
    if written.get("selector"):
        parts.append(f"endpoints with {written['selector'].strip()}")
    if written.get("namespaceSelector"):
        parts.append(f"endpoints in namespaces with {written['namespaceSelector'].strip()}")
    if written.get("serviceAccounts"):
        parts.append("endpoints of service accounts")
    if entity.not_selector is not None:
        parts.append(f"endpoints without {written['notSelector'].strip()}")
    if entity.nets:
        parts.append(listing([str(net) for net in entity.nets]))
    if entity.not_nets:
        parts.append(f"outside of {listing([str(net) for net in entity.not_nets])}")
    if written.get("ports"):
        parts.append(f"port {listing([str(port) for port in written['ports']])}")
    if written.get("notPorts"):
        parts.append(f"any port but {listing([str(port) for port in written['notPorts']])}")
    return ", ".join(parts)


def listing(items: Sequence[str]) -> str:
    """The items with commas, and how many more there are when there are many."""
    return joined(items, _MANY if len(items) <= _MANY else _MANY - 1)
