"""From what a user names to what is asked: apps, addresses, VIPs, ports and protocols."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_core.errors import UsageError
from calico_migrate.policy.answering.simulation import address_party, simulate, vip_party
from calico_migrate.policy.answering.wording import protocol_name
from calico_migrate.policy.cluster.addresses import is_address
from calico_migrate.policy.cluster.ports import Vip, parse_vip
from calico_migrate.policy.cluster.scenario import parse_protocol
from calico_migrate.policy.compiled.resources import PORT_PROTOCOLS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.policy.answering.answers import Answer
    from calico_migrate.policy.answering.deciding import Packet
    from calico_migrate.policy.answering.traffic import Traffic
    from calico_migrate.policy.cluster.model import Model, Party

_TCP = 6
_VIP = "vip:"


class Asked(NamedTuple):
    """One port that was asked about, and the answer; ``port`` is None for a protocol without ports."""

    port: int | None
    protocol: int
    answer: Answer
    packet: Packet


class Reply(NamedTuple):
    """What is answered about two parties: one answer for each port."""

    source: Party
    destination: Party
    asked: tuple[Asked, ...]

    @property
    def verdict(self) -> str:
        """The verdict of all ports, ``depends`` where they differ."""
        verdicts = {one.answer.verdict for one in self.asked}
        return verdicts.pop() if len(verdicts) == 1 else "depends"


def find_party(model: Model, text: str, option: str) -> Party:
    """The app, address or VIP that a text names; ``option`` is where the user wrote it.

    Raises UsageError, with the nearest names, where nothing has that name.
    """
    if text.startswith(_VIP):
        return _find_vip(model, text, option)
    if is_address(text):
        return address_party(text)
    identity = "/" + text.strip("/")
    party = model.parties.get(identity)
    if party is None:
        raise UsageError(f"{option}: there is no app {identity}{_nearest(identity, list(model.parties))}")
    return party


def ask(
    model: Model,
    source_text: str,
    destination_text: str,
    wanted: Traffic,
    *,
    same_agent: bool,
    options: tuple[str, str] = ("--from", "--to"),
) -> Reply:
    """The answers for two named parties; without a port for each port that the destination declares.

    Raises UsageError where a name is unknown, the source is a VIP, or no port is known.
    """
    source = find_party(model, source_text, options[0])
    destination = find_party(model, destination_text, options[1])
    if source.vip is not None:
        raise UsageError(f"{options[0]}: {source_text} is a VIP, and nothing is sent from one")
    asked = []
    for number, protocol in _questions(model, destination, wanted):
        packet = wanted.packet(number, protocol)
        answer = simulate(model, source, destination, packet, same_agent=same_agent)
        asked.append(Asked(number, protocol, answer, packet))
    return Reply(source, destination, tuple(asked))


def parse_port(text: str, protocol: int = _TCP) -> tuple[int, int]:
    """The port and protocol of ``80``, ``80/tcp`` or ``53/udp``; ``protocol`` is that of a mere number.

    Raises UsageError for anything else.
    """
    number, slash, name = text.partition("/")
    try:
        protocol = parse_protocol(name) if slash else protocol
    except ValueError:
        protocol = 0
    if (
        not (number.isascii() and number.isdigit() and 0 < int(number) < 65536)
        or protocol not in PORT_PROTOCOLS
    ):
        raise UsageError(f"--port: {text!r} is no port; write 80, 80/tcp or 53/udp")
    return int(number), protocol


def _questions(model: Model, destination: Party, wanted: Traffic) -> list[tuple[int | None, int]]:
    """The ports and protocols to ask about."""
    port, protocol = wanted.port, wanted.protocol
    if protocol is not None and wanted.portless:
        return [(None, protocol)]
    if destination.vip is not None:
        return _vip_questions(model, destination.vip, port, protocol)
    if port is not None:
        declared = [one.protocol for one in destination.ports if one.number == port]
        spoken = [protocol] if protocol is not None else declared or [_TCP]
        return [(port, one) for one in spoken]
    known: list[tuple[int | None, int]] = [
        (one.number, one.protocol)
        for one in destination.ports
        if one.number is not None and (protocol is None or one.protocol == protocol)
    ]
    if not known:
        of = f" for {protocol_name(protocol)}" if protocol is not None and destination.ports else ""
        declares = (
            "declares only ports that are assigned at launch"
            if destination.ports and not of
            else (f"declares no port{of}")
        )
        raise UsageError(f"{destination.name} {declares}; name one with --port")
    return known


def _vip_questions(
    model: Model, vip: Vip, port: int | None, protocol: int | None
) -> list[tuple[int | None, int]]:
    if port is not None and port != vip.port:
        raise UsageError(f"{vip} has the port {vip.port}, and --port says {port}; leave --port out")
    declared = list(dict.fromkeys(one.protocol for _, one in model.backends(vip)))
    if protocol is not None and declared and protocol not in declared:
        raise UsageError(f"nothing behind {vip} speaks {protocol_name(protocol)}")
    return [(vip.port, one) for one in ([protocol] if protocol is not None else declared or [_TCP])]


def _find_vip(model: Model, text: str, option: str) -> Party:
    vip = parse_vip(text.removeprefix(_VIP))
    if vip is None:
        raise UsageError(f"{option}: {text!r} is no VIP; write vip:/name:port or vip:1.2.3.4:port")
    # An address may be a VIP that somebody else declares; a name can only be found among the apps.
    if not is_address(vip.name) and not model.backends(vip):
        known = [str(other) for other in model.vips()]
        raise UsageError(f"{option}: no app declares {vip}{_nearest(str(vip), known)}")
    return vip_party(model, vip.name, vip.port)


def _nearest(wanted: str, known: Sequence[str]) -> str:
    from calico_migrate.policy.cluster.workloads import nearest

    near = nearest(wanted, known)
    if near:
        return f"; the nearest: {', '.join(near)}"
    return "" if known else "; there is none at all"
