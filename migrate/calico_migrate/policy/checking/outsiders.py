"""Whether a chain of policies lets traffic from or to addresses that are no Calico endpoint's.

These are the resolvers, VIPs, and the agents' tunnel addresses. What the endpoint's own address is does not
matter to such rules in practice; a rule with a net on the endpoint's own side counts as matching.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_config.facts.known_ranges import DNS_SERVERS
from calico_migrate.policy.answering.deciding import Packet, packet_matches
from calico_migrate.policy.cluster.addresses import AddressSpan, parse_address

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from calico_migrate.policy.checking.context import PolicyItem
    from calico_migrate.policy.compiled.resources import Entity, Policy, Rule

DNS_RESOLVERS = tuple(parse_address(text) for text in DNS_SERVERS)
"""The addresses of DC/OS' resolvers on every agent (dcos/dcos-net dcos-net.service)."""

_L4LB_NAME = "l4lb.thisdcos.directory"
_ADDRESS = re.compile(r"(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9.])")
_TCP, _UDP = 6, 17


class Gate:
    """Answers whether chains of policies let one kind of packet from or to some address pass.

    ``direction`` is ``egress`` for packets to the address and ``ingress`` for those from it. What a policy
    does to the packet is found out once.
    """

    def __init__(self, direction: str, address: AddressSpan, protocol: int, port: int) -> None:
        self._direction = direction
        self._address = address
        self._packet = Packet(protocol, None, port)
        self._actions: dict[int, str] = {}

    def passes(self, chain: Sequence[PolicyItem]) -> bool:
        """Whether the packet is let through; ``Pass`` leaves it to the profiles and counts as yes."""
        actions = self._actions
        for entry in chain:
            identity = id(entry.policy)
            action = actions.get(identity)
            if action is None:
                action = actions[identity] = self._action(entry.policy)
            if action:
                return action != "Deny"
        return False

    def _action(self, policy: Policy) -> str:
        ingress = self._direction == "ingress"
        for rule in policy.rules(self._direction) or ():
            if rule.action != "Log" and packet_matches(rule, self._packet):
                entity = rule.source if ingress else rule.destination
                if _reaches(rule, entity, self._address):
                    return rule.action
        return ""


def dns_gates() -> list[Gate]:
    """What a question to each of the resolvers must get through."""
    return [Gate("egress", resolver, _UDP, 53) for resolver in DNS_RESOLVERS]


def lets_out_to_some(policy: Policy, spans: Sequence[AddressSpan]) -> bool:
    """Whether any rule lets TCP or UDP out to any address of the spans, whatever the port."""
    for rule in policy.egress or ():
        if rule.action not in ("Allow", "Pass") or rule.protocol not in (None, _TCP, _UDP):
            continue
        entity = rule.destination
        if entity.selectors is not None:
            continue
        for span in spans:
            met = not entity.nets or any(net.meets(span) for net in entity.nets)
            if met and not any(net.contains(span) for net in entity.not_nets):
                return True
    return False


def mentions_vip(value: Mapping[str, Any], vips: Sequence[AddressSpan]) -> bool:
    """Whether a definition has a name of a VIP, or an address in the VIPs' range, in any of its texts."""
    pending: list[Any] = [value]
    while pending:
        current = pending.pop()
        if isinstance(current, dict):
            pending.extend(current.values())
        elif isinstance(current, list):
            pending.extend(current)
        elif isinstance(current, str) and (_L4LB_NAME in current or _has_address(current, vips)):
            return True
    return False


def _has_address(text: str, spans: Sequence[AddressSpan]) -> bool:
    for found in _ADDRESS.findall(text):
        try:
            address = parse_address(found)
        except ValueError:
            continue
        if any(span.contains(address) for span in spans):
            return True
    return False


def _reaches(rule: Rule, entity: Entity, address: AddressSpan) -> bool:
    """Whether the far side of a rule matches an address that no endpoint and no network set has.

    A ``notSelector`` of a NetworkPolicy is limited to Calico endpoints, and its compiled form says so by
    selectors.
    """
    if entity.selectors is not None or rule.ip_version not in (None, address.version):
        return False
    if entity.nets and not any(net.contains(address) for net in entity.nets):
        return False
    return not any(net.meets(address) for net in entity.not_nets)
