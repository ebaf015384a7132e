"""What a question about traffic leaves open, in possibilities that no rule tells apart.

A question may leave the source port open, or the type and code of ICMP; a rule that names them then decides
one way for some packets and another way for others. The values are cut where rules tell them apart, and one
packet stands for each part. Of source ports a client has one that its system chooses (Linux'
``net.ipv4.ip_local_port_range``, 32768 to 60999 where nobody has changed it).
"""

# No annotations as texts here: `NamedTuple` would compile each at every start.
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise, product
from typing import NamedTuple, Protocol, TypeAlias, TypeVar

from calico_migrate.policy.answering.deciding import Packet, at_ports, icmp_matches, ports_match
from calico_migrate.policy.answering.wording import listing
from calico_migrate.policy.compiled.resources import ICMP_PROTOCOLS, PORT_PROTOCOLS, Entity, Rule

CLIENT_PORTS = (32768, 60999)
"""The source ports that Linux gives to clients."""

_PORTS = (1, 65535)
# No rule names a type or code beyond a byte, so that this one stands for those that none names.
_UNNAMED = 256
_MOST_CASES = 8


class _PortRange(NamedTuple):
    """Some source or destination ports, both ends included."""

    side: str
    first: int
    last: int


class _IcmpClass(NamedTuple):
    """One ICMP type and code that rules name, or (`_UNNAMED`) those that none names.

    ``types`` and ``codes`` are those that are named, the codes for this type; ``asked`` says that the
    question gives the type.
    """

    type: int
    code: int
    types: tuple[int, ...]
    codes: tuple[int, ...]
    asked: bool


_Part: TypeAlias = "_PortRange | _IcmpClass"


class Possibility(NamedTuple):
    """Packets that all rules treat alike; ``packet`` stands for them.

    ``parts`` are the values of what is open that lead to it, ``usual`` says whether a client sends such
    packets.
    """

    packet: Packet
    parts: tuple[tuple[_Part, ...], ...]
    usual: bool


class _Case(Protocol):
    """A case of an answer: whether the packet gets through, and on which condition."""

    @property
    def allowed(self) -> bool: ...

    @property
    def when(self) -> str: ...


Case = TypeVar("Case", bound=_Case)


def may_be_open(rule: Rule) -> bool:
    """Whether a rule names what a question may leave open."""
    source = rule.source
    return (
        rule.icmp is not None
        or rule.not_icmp is not None
        or source.ports is not None
        or bool(source.not_ports or source.not_named)
    )


def possibilities(packet: Packet, rules: Iterable[Rule]) -> list[Possibility]:
    """The packets that a question can mean, in parts that none of the rules tells apart."""
    asked = list(rules)
    dimensions: list[list[_Part]] = []
    if packet.protocol in PORT_PROTOCOLS:
        for side, port in (("source", packet.source_port), ("destination", packet.destination_port)):
            entities: list[Entity] = [getattr(rule, side) for rule in asked]
            if port is None and any(_names_ports(entity) for entity in entities):
                dimensions.append(list(_port_ranges(side, entities)))
    elif packet.protocol in ICMP_PROTOCOLS and (packet.icmp_type is None or packet.icmp_code is None):
        dimensions.append(list(_icmp_classes(packet, asked)))
    found: dict[tuple[object, ...], Possibility] = {}
    for chosen in product(*dimensions):
        one, usual = _chosen(packet, chosen)
        key = (usual, *_answers(one, asked))
        known = found.get(key, Possibility(one, (), usual))
        found[key] = known._replace(parts=(*known.parts, chosen))
    return list(found.values())


def _names_ports(entity: Entity) -> bool:
    return entity.ports is not None or bool(entity.not_ports or entity.not_named)


def settle(
    answers: Sequence[tuple[Possibility, Sequence[Case]]], on_condition: Callable[[Case, str], Case]
) -> tuple[tuple[Case, ...], str]:
    """The cases of a question, and what is taken for granted (empty for nothing).

    What holds for every packet that a client sends is the answer, and what becomes of others is said;
    otherwise each possibility is a condition, which ``on_condition`` puts into a case.
    """
    groups: dict[object, list[tuple[Possibility, Sequence[Case]]]] = {}
    for possibility, cases in answers:
        outcome: object = _verdict(cases)
        if outcome == "depends":
            outcome = frozenset((case.allowed, case.when) for case in cases)
        groups.setdefault(outcome, []).append((possibility, cases))
    usual = [key for key, members in groups.items() if any(one.usual for one, _ in members)]
    if len(usual) == 1:
        answer = next(cases for one, cases in groups[usual[0]] if one.usual)
        return tuple(answer), _assumption([groups[key] for key in groups if key != usual[0]])
    found: list[Case] = []
    for members in groups.values():
        condition = _words([part for one, _ in members for part in one.parts])
        found += [
            on_condition(case, " and ".join(filter(None, (condition, case.when)))) for case in members[0][1]
        ]
    sides = [[case for case in found if case.allowed is allowed] for allowed in (True, False)]
    return tuple(case for side in sides for case in side[: _MOST_CASES // 2]), ""


def _verdict(cases: Sequence[Case]) -> str:
    verdicts = {case.allowed for case in cases}
    return "depends" if len(verdicts) > 1 else "allow" if True in verdicts else "deny"


def _assumption(others: Sequence[Sequence[tuple[Possibility, Sequence[Case]]]]) -> str:
    """What is taken of the source port, and what packets from others get."""
    if not others:
        return ""
    first, last = CLIENT_PORTS
    differing = [
        f"it is {_verdict(members[0][1])} where {_words([part for one, _ in members for part in one.parts])}"
        for members in others
    ]
    return (
        f"the source port is taken for one of {first} to {last}, which Linux gives to clients;"
        f" {' and '.join(differing)}"
    )


def _port_ranges(side: str, entities: Sequence[Entity]) -> Iterator[_Part]:
    """All ports, cut at the borders of every range that a rule names, and of the clients' ports."""
    ranges = [one for entity in entities for one in (*(entity.ports or ()), *entity.not_ports)]
    ranges += [
        (port.number, port.number) for entity in entities for port in (*entity.named, *entity.not_named)
    ]
    if side == "source":
        ranges.append(CLIENT_PORTS)
    first, end = _PORTS[0], _PORTS[1] + 1
    borders = {first, end}.union(*((low, high + 1) for low, high in ranges))
    for low, after in pairwise(sorted(border for border in borders if first <= border <= end)):
        yield _PortRange(side, low, after - 1)


def _icmp_classes(packet: Packet, rules: Sequence[Rule]) -> Iterator[_Part]:
    """The types and codes that rules name, and those that none names."""
    named: dict[int, set[int]] = {}
    for rule in rules:
        for icmp in (rule.icmp, rule.not_icmp):
            if icmp is not None and icmp.type is not None:
                named.setdefault(icmp.type, set()).update([] if icmp.code is None else [icmp.code])
    types = tuple(sorted(named))
    given = packet.icmp_type
    for one in (*types, _UNNAMED) if given is None else (given,):
        codes = tuple(sorted(named.get(one, ())))
        for code in (*codes, _UNNAMED):
            yield _IcmpClass(one, code, types, codes, given is not None)


def _chosen(packet: Packet, parts: Sequence[_Part]) -> tuple[Packet, bool]:
    """The packet that stands for a part of each open thing, and whether a client sends such ones."""
    usual = True
    for part in parts:
        if isinstance(part, _IcmpClass):
            packet = packet._replace(icmp_type=part.type, icmp_code=part.code)
        elif part.side == "source":
            packet = packet._replace(source_port=part.first)
            usual = CLIENT_PORTS[0] <= part.first <= CLIENT_PORTS[1]
        else:
            packet = packet._replace(destination_port=part.first)
    return packet, usual


def _answers(packet: Packet, rules: Sequence[Rule]) -> Iterator[object]:
    """How each rule answers to what was open of a packet."""
    for rule in rules:
        yield ports_match(rule.source, packet.protocol, packet.source_port)
        yield ports_match(rule.destination, packet.protocol, packet.destination_port)
        yield at_ports(rule, packet)
        yield rule.icmp is not None and icmp_matches(rule.icmp, packet)
        yield rule.not_icmp is not None and icmp_matches(rule.not_icmp, packet)


def _words(parts: Sequence[tuple[_Part, ...]]) -> str:
    """The condition that some values stand for: ``the source port is one of 1 to 1023``."""
    if any(len(chosen) > 1 for chosen in parts):
        return " or ".join(" and ".join(_words([(part,)]) for part in chosen) for chosen in parts)
    classes = [part for (part,) in parts if isinstance(part, _IcmpClass)]
    ranges = sorted(part for (part,) in parts if isinstance(part, _PortRange))
    return _icmp_words(classes) if classes else _port_words(ranges)


def _port_words(ranges: Sequence[_PortRange]) -> str:
    joined: list[tuple[int, int]] = []
    for part in ranges:
        if joined and joined[-1][1] + 1 == part.first:
            joined[-1] = (joined[-1][0], part.last)
        else:
            joined.append((part.first, part.last))
    texts = [str(first) if first == last else f"{first} to {last}" for first, last in joined]
    one_of = "" if len(joined) == 1 and joined[0][0] == joined[0][1] else "one of "
    return f"the {ranges[0].side} port is {one_of}{listing(texts)}"


def _icmp_words(classes: Sequence[_IcmpClass]) -> str:
    by_type: dict[int, list[_IcmpClass]] = {}
    for one in classes:
        by_type.setdefault(one.type, []).append(one)
    clauses: list[str] = []
    whole: list[int] = []
    for kind, members in by_type.items():
        codes = {member.code for member in members}
        if len(codes) == len(members[0].codes) + 1 and not members[0].asked:
            whole.append(kind)
            continue
        code = _which(codes, members[0].codes)
        clauses.append(
            f"the ICMP code is {code}" if members[0].asked else f"the ICMP type is {kind} and its code {code}"
        )
    if whole:
        clauses.insert(0, f"the ICMP type is {_which(set(whole), classes[0].types)}")
    return " or ".join(clauses)


def _which(chosen: set[int], named: Sequence[int]) -> str:
    """Some numbers of those that rules name: ``8``, ``one of 0, 8``; or all but some of them."""
    others = _UNNAMED in chosen
    shown = [str(number) for number in named if (number in chosen) is not others]
    if len(shown) == 1:
        return f"not {shown[0]}" if others else shown[0]
    return f"{'none' if others else 'one'} of {listing(shown)}"
