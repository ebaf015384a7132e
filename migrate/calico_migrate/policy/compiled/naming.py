"""Named ports of rules, brought together with the HostEndpoints that have ports of that name.

A rule's name stands for an address and port together: those of every endpoint with such a port that the
rule's selector finds (projectcalico/felix v3.14.0 ``calc/rule_scanner.go`` and
``labelindex/named_port_index.go``). On DC/OS only a HostEndpoint can have one, at its ``expectedIPs``:
neither plugin gives them to workloads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from calico_migrate.policy.compiled.resources import Entity, NamedPort, Policy, Profile, Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.policy.compiled.resources import AddressSet

_TCP = 6
# The protocols that Felix knows a named port to have; any other rule's names are looked for under TCP.
_PROTOCOLS = (17, 132)

Holder = TypeVar("Holder", Policy, Profile)


def named(holder: Holder, address_sets: Sequence[AddressSet]) -> Holder:
    """A policy or profile that knows whose ports its rules name."""
    owners = [one for one in address_sets if one.ports]
    if not owners:
        return holder
    ingress, egress = (
        rules if rules is None else tuple(_rule(rule, owners) for rule in rules)
        for rules in (holder.ingress, holder.egress)
    )
    if isinstance(holder, Policy):
        return holder._replace(ingress=ingress, egress=egress)
    return holder._replace(ingress=ingress or (), egress=egress or ())


def _rule(rule: Rule, owners: Sequence[AddressSet]) -> Rule:
    if not any(entity.names or entity.not_names for entity in (rule.source, rule.destination)):
        return rule
    protocol = rule.protocol if rule.protocol in _PROTOCOLS else _TCP
    source, destination = (_entity(entity, protocol, owners) for entity in (rule.source, rule.destination))
    return rule._replace(source=source, destination=destination)


def _entity(entity: Entity, protocol: int, owners: Sequence[AddressSet]) -> Entity:
    # A name that is left out is limited by the selector as well: the rule matches nobody else anyway.
    found = [
        NamedPort(port.name, protocol, port.number, one.nets)
        for one in owners
        if _finds(entity, one)
        for port in one.ports
        if port.protocol == protocol
    ]
    return entity._replace(
        named=tuple(port for port in found if port.name in entity.names),
        not_named=tuple(port for port in found if port.name in entity.not_names),
    )


def _finds(entity: Entity, one: AddressSet) -> bool:
    if entity.selectors is None:
        return True
    return all(selector.matches(one.labels) for selector in entity.selectors) and not (
        entity.not_selector is not None and entity.not_selector.matches(one.labels)
    )
