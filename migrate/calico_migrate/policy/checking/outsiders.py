"""Whether a chain of policies lets traffic from or to addresses that are no Calico endpoint's.

These are the resolvers, VIPs, and the agents' tunnel addresses. What the endpoint's own address is does not
matter to such rules in practice; a rule with a net on the endpoint's own side counts as matching.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_config.facts.known_ranges import DNS_SERVERS
from calico_migrate.policy.answering.deciding import Packet, packet_matches
from calico_migrate.policy.answering.possible import CLIENT_PORTS
from calico_migrate.policy.cluster.addresses import parse_address

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from calico_migrate.policy.checking.context import Context, PolicyItem
    from calico_migrate.policy.cluster.addresses import AddressSpan
    from calico_migrate.policy.cluster.peers import Peers
    from calico_migrate.policy.compiled.resources import Policy

DNS_RESOLVERS = tuple(parse_address(text) for text in DNS_SERVERS)
"""The addresses of DC/OS' resolvers on every agent (dcos/dcos-net dcos-net.service)."""

_L4LB_NAME = "l4lb.thisdcos.directory"
_ADDRESS = re.compile(r"(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9.])")
_TCP, _UDP = 6, 17
# In the middle of those that Linux gives to clients.
_CLIENT_PORT = sum(CLIENT_PORTS) // 2


class Gate:
    """Answers whether chains of policies let one kind of packet from or to some addresses pass.

    ``direction`` is ``egress`` for packets to the addresses and ``ingress`` for those from them; ``peers``
    are the addresses in pieces that no rule tells apart (`Context.peers_at`). What a policy does to the
    packet is found out once.
    """

    def __init__(self, direction: str, peers: Peers, protocol: int, port: int) -> None:
        self._direction = direction
        self._peers = peers
        self._packet = Packet(protocol, _CLIENT_PORT, port)
        self._outcomes: dict[int, tuple[int, int]] = {}

    def passes(self, chain: Sequence[PolicyItem]) -> bool:
        """Whether every packet is let through; ``Pass`` leaves it to the profiles and counts as yes."""
        waiting = self._peers.everybody
        for entry in chain:
            identity = id(entry.policy)
            outcome = self._outcomes.get(identity)
            if outcome is None:
                outcome = self._outcomes[identity] = self._outcome(entry.policy)
            passing, denied = outcome
            if waiting & denied:
                return False
            waiting &= ~passing
            if not waiting:
                return True
        return False

    def _outcome(self, policy: Policy) -> tuple[int, int]:
        """The addresses that a policy lets through, and those that it denies."""
        passing = denied = 0
        waiting = self._peers.everybody
        packet, direction = self._packet, self._direction
        own_port, peer_port = packet.near_port(direction), packet.far_port(direction)
        for rule in policy.rules(direction) or ():
            if rule.action == "Log" or not packet_matches(rule, packet):
                continue
            if rule.near(direction).at_port(packet.protocol, own_port)[0] is not None:
                # A port that a HostEndpoint names is none of a workload's.
                continue
            hit = waiting & self._peers.matching_at(rule.far(direction), packet.protocol, peer_port)
            if rule.ip_version is not None:
                hit &= self._peers.version(rule.ip_version)
            waiting &= ~hit
            if rule.action == "Deny":
                denied |= hit
            else:
                passing |= hit
        return passing, denied


def dns_gates(context: Context) -> list[Gate]:
    """What a question to each of the resolvers must get through."""
    return [Gate("egress", context.peers_at(resolver), _UDP, 53) for resolver in DNS_RESOLVERS]


def lets_out_to_some(policy: Policy, peers: Peers) -> bool:
    """Whether any rule lets TCP or UDP out to any of the addresses, whatever the port."""
    return any(
        rule.action in ("Allow", "Pass")
        and rule.protocol in (None, _TCP, _UDP)
        and peers.matching(rule.destination) != 0
        for rule in policy.egress or ()
    )


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
