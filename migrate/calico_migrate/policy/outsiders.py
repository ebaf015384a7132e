"""Whether a chain of policies lets traffic from or to addresses that are no Calico endpoint's.

These are the resolvers, VIPs, and the agents' tunnel addresses. What the endpoint's own address is does not
matter to such rules in practice; a rule with a net on the endpoint's own side counts as matching.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_migrate.policy.addresses import Span, parse_address
from calico_migrate.policy.deciding import Packet, packet_matches

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from calico_migrate.policy.check_context import PolicyItem
    from calico_migrate.policy.resources import Entity, Rule

DNS_RESOLVERS = tuple(parse_address(f"198.51.100.{number}") for number in (1, 2, 3))
"""The addresses of DC/OS' resolvers on every agent (dcos/dcos-net dcos-net.service)."""

_L4LB_NAME = "l4lb.thisdcos.directory"
_ADDRESS = re.compile(r"(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9.])")
_TCP, _UDP = 6, 17


def may_leave(chain: Sequence[PolicyItem], target: Span, protocol: int, port: int) -> bool:
    """Whether the policies let a packet out to an address; Pass counts as yes."""
    packet = Packet(protocol, None, port)
    for entry in chain:
        for rule in entry.policy.egress or ():
            if packet_matches(rule, packet) and _reaches(rule, rule.destination, target):
                if rule.action in ("Allow", "Pass"):
                    return True
                if rule.action == "Deny":
                    return False
    return False


def may_leave_to_some(chain: Sequence[PolicyItem], spans: Sequence[Span]) -> bool:
    """Whether any rule lets TCP or UDP out to any address of the spans, whatever the port."""
    for entry in chain:
        for rule in entry.policy.egress or ():
            if rule.action not in ("Allow", "Pass") or rule.protocol not in (None, _TCP, _UDP):
                continue
            entity = rule.destination
            if entity.selectors is not None or (entity.not_selector is not None and entry.policy.namespace):
                continue
            for span in spans:
                met = not entity.nets or any(net.meets(span) for net in entity.nets)
                if met and not any(net.contains(span) for net in entity.not_nets):
                    return True
    return False


def may_enter(chain: Sequence[PolicyItem], source: Span, protocol: int, port: int) -> bool:
    """Whether the policies let a packet in from all of a span; Pass counts as yes."""
    packet = Packet(protocol, None, port)
    for entry in chain:
        for rule in entry.policy.ingress or ():
            if packet_matches(rule, packet) and _reaches(rule, rule.source, source):
                if rule.action in ("Allow", "Pass"):
                    return True
                if rule.action == "Deny":
                    return False
    return False


def mentions_vip(value: Mapping[str, Any], vips: Sequence[Span]) -> bool:
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


def _has_address(text: str, spans: Sequence[Span]) -> bool:
    for found in _ADDRESS.findall(text):
        try:
            address = parse_address(found)
        except ValueError:
            continue
        if any(span.contains(address) for span in spans):
            return True
    return False


def _reaches(rule: Rule, entity: Entity, address: Span) -> bool:
    """Whether the far side of a rule matches an address that no endpoint and no network set has.

    A ``notSelector`` of a NetworkPolicy is limited to Calico endpoints, and its compiled form says so by
    selectors.
    """
    if entity.selectors is not None or rule.ip_version not in (None, address.version):
        return False
    if entity.nets and not any(net.contains(address) for net in entity.nets):
        return False
    return not any(net.meets(address) for net in entity.not_nets)
