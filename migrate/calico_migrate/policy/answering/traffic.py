"""The packets that a question is about: a port, a protocol, and what else may be named of them."""

from __future__ import annotations

from typing import NamedTuple

from calico_core.errors import UsageError
from calico_migrate.policy.answering.deciding import Packet
from calico_migrate.policy.answering.wording import protocol_name
from calico_migrate.policy.cluster.scenario import parse_protocol
from calico_migrate.policy.compiled.resources import ICMP_PROTOCOLS, PORT_PROTOCOLS

_ICMP = 1


class Traffic(NamedTuple):
    """The packets that a question is about; None stands for whatever there is.

    ``protocol`` is an IANA number. Without a port it is each that is declared.
    """

    port: int | None = None
    protocol: int | None = None
    source_port: int | None = None
    icmp_type: int | None = None
    icmp_code: int | None = None

    @property
    def portless(self) -> bool:
        """Whether it is about a protocol without ports."""
        return self.protocol is not None and self.protocol not in PORT_PROTOCOLS

    def packet(self, port: int | None, protocol: int) -> Packet:
        """The first packet to one port."""
        return Packet(protocol, self.source_port, port, self.icmp_type, self.icmp_code)


def traffic(
    port: int | None = None,
    protocol_text: str | None = None,
    source_port: int | None = None,
    icmp_type: int | None = None,
    icmp_code: int | None = None,
) -> Traffic:
    """The traffic that a user names; a type of ICMP means ICMP. Raises UsageError for what cannot be."""
    protocol = None
    if protocol_text is not None:
        try:
            protocol = parse_protocol(protocol_text)
        except ValueError as error:
            raise UsageError(f"{protocol_text!r} is {error}") from None
    for name, number in (("port", port), ("source port", source_port)):
        if number is not None and not 0 < number < 65536:
            raise UsageError(f"{number} is no {name}: ports are numbers from 1 to 65535")
    for name, number in (("type", icmp_type), ("code", icmp_code)):
        if number is not None and not 0 <= number < 256:
            raise UsageError(f"{number} is no ICMP {name}: they are numbers from 0 to 255")
    if icmp_code is not None and icmp_type is None:
        raise UsageError("an ICMP code belongs to a type; name the type too")
    if icmp_type is not None:
        protocol = _ICMP if protocol is None else protocol
        if protocol not in ICMP_PROTOCOLS:
            raise UsageError(f"{protocol_name(protocol)} has no types; they belong to ICMP and ICMPv6")
    asked = Traffic(port, protocol, source_port, icmp_type, icmp_code)
    if asked.portless and protocol is not None and (port is not None or source_port is not None):
        raise UsageError(f"{protocol_name(protocol)} has no ports")
    return asked
