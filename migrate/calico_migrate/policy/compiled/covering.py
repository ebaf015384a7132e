"""Whether one rule matches everything that another matches.

It is decided by what the rules say: wider nets and ports, selectors that follow from others whatever labels
there are (see `implying`). What follows from the labels in use is not counted.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, TypeAlias

from calico_migrate.calico.selectors.parsing import parse
from calico_migrate.policy.compiled.implying import exclude, implies
from calico_migrate.policy.compiled.resources import (
    NAMESPACE_LABEL,
    ORCHESTRATOR_LABEL,
    PORT_PROTOCOLS,
    Entity,
    Rule,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from calico_migrate.calico.selectors.selector import Selector
    from calico_migrate.policy.cluster.addresses import AddressSpan
    from calico_migrate.policy.compiled.resources import Icmp, Policy

_NOTHING = Entity(None, None, (), (), None, ())
_ANYTHING = Rule("Allow", None, None, None, None, None, _NOTHING, _NOTHING, {})
_LAST_PORT = 65535
# Every workload has these labels, and no host endpoint does.
_OF_WORKLOADS = [parse(f"has({label})") for label in (NAMESPACE_LABEL, ORCHESTRATOR_LABEL)]


def covers(wider: Rule, narrower: Rule, direction: str = "", policy: Policy | None = None) -> bool:
    """Whether a rule matches every packet that another one matches.

    With the ``policy`` that both stand in, and its ``direction``, the endpoint's own side counts as one that
    the policy selects.
    """
    if wider.ip_version not in (None, narrower.ip_version):
        return False
    # Nothing is said of rules that match HTTP, which is told about elsewhere.
    if wider.written.get("http") not in (None, narrower.written.get("http")):
        return False
    if not _protocols_cover(wider, narrower) or not _icmp_covers(wider, narrower):
        return False
    near = {"ingress": "destination", "egress": "source"}.get(direction)
    for side in ("source", "destination"):
        wide, narrow = getattr(wider, side), getattr(narrower, side)
        if not _ports_cover(wide, narrow, narrower.protocol):
            return False
        own = policy.selectors if policy is not None and side == near and is_for_workloads(policy) else None
        if not _addresses_cover(wide, narrow, own):
            return False
    return True


def is_catch_all(rule: Rule, direction: str = "", policy: Policy | None = None) -> bool:
    """Whether a rule matches every packet, or every one of the endpoints that its policy selects."""
    return covers(rule, _ANYTHING, direction, policy)


Kind: TypeAlias = "tuple[int | None, bool, bool]"
"""A protocol, and whether a rule names nets and selectors: what a cover must have at most."""


def kind_of(rule: Rule) -> Kind:
    """The kind of a rule, by which rules that may cover another are found."""
    entities = (rule.source, rule.destination)
    return (
        rule.protocol,
        any(entity.nets for entity in entities),
        any(entity.selectors is not None for entity in entities),
    )


def wider_kinds(rule: Rule) -> Iterator[Kind]:
    """The kinds of rules that may cover this one."""
    for protocol in dict.fromkeys((None, rule.protocol)):
        # A selector on the endpoint's own side may be wider than none.
        yield from product((protocol,), dict.fromkeys((False, kind_of(rule)[1])), (False, True))


def is_for_workloads(policy: Policy) -> bool:
    """Whether a policy can select workloads only, and no host endpoint."""
    return any(implies(policy.selectors, (own,)) for own in _OF_WORKLOADS)


def _protocols_cover(wider: Rule, narrower: Rule) -> bool:
    if wider.protocol not in (None, narrower.protocol):
        return False
    if wider.not_protocol is None or wider.not_protocol == narrower.not_protocol:
        return True
    return narrower.protocol not in (None, wider.not_protocol)


def _icmp_covers(wider: Rule, narrower: Rule) -> bool:
    if _names_type(wider.icmp) and not _is_within(narrower.icmp, wider.icmp):
        return False
    if not _names_type(wider.not_icmp) or wider.not_icmp is None:
        return True
    if _is_within(wider.not_icmp, narrower.not_icmp):
        return True
    # Another type is none of those that are left out.
    own = narrower.icmp
    if own is None or own.type is None:
        return False
    if own.type != wider.not_icmp.type:
        return True
    return None not in (own.code, wider.not_icmp.code) and own.code != wider.not_icmp.code


def _names_type(icmp: Icmp | None) -> bool:
    return icmp is not None and icmp.type is not None


def _is_within(narrow: Icmp | None, wide: Icmp | None) -> bool:
    if narrow is None or narrow.type is None or wide is None:
        return False
    return narrow.type == wide.type and wide.code in (None, narrow.code)


def _addresses_cover(wide: Entity, narrow: Entity, own: tuple[Selector, ...] | None) -> bool:
    """``own`` are selectors that an endpoint with this address matches, where that is known."""
    if wide.nets and not (narrow.nets and _nets_cover(wide.nets, narrow.nets)):
        return False
    for net in wide.not_nets:
        apart = bool(narrow.nets) and not any(net.meets(one) for one in narrow.nets)
        if not apart and not any(one.contains(net) for one in narrow.not_nets):
            return False
    if wide.selectors is not None:
        return _selectors_cover(wide, narrow.selectors, narrow.not_selector) or (
            own is not None and _selectors_cover(wide, own, None)
        )
    if wide.not_selector is None:
        return True
    return (
        narrow.selectors is None
        and narrow.not_selector is not None
        and implies((wide.not_selector,), (narrow.not_selector,))
    )


def _selectors_cover(wide: Entity, selectors: tuple[Selector, ...] | None, without: Selector | None) -> bool:
    """Whether each member that the selectors find is one that the wide side finds."""
    if selectors is None or wide.selectors is None or not implies(selectors, wide.selectors):
        return False
    excluded = wide.not_selector
    if excluded is None:
        return True
    return (without is not None and implies((excluded,), (without,))) or exclude(selectors, (excluded,))


def _nets_cover(wide: Iterable[AddressSpan], narrow: Iterable[AddressSpan]) -> bool:
    joined = _joined((net.version, net.first, net.last) for net in wide)
    return all(
        any(
            version == net.version and first <= net.first and net.last <= last
            for version, first, last in joined
        )
        for net in narrow
    )


def _ports_cover(wide: Entity, narrow: Entity, protocol: int | None) -> bool:
    if wide.not_named:
        return False
    if wide.ports is None and not wide.not_ports:
        return True
    ports = narrow.ports
    if ports is not None:
        ports = (*ports, *((port.number, port.number) for port in narrow.named))
    # A rule whose ports all have names that nobody has matches nothing, and is told about elsewhere.
    if ports == () or (wide.ports is not None and ports is None and protocol not in PORT_PROTOCOLS):
        return False
    taken = _joined((0, first, last) for first, last in narrow.not_ports)
    left: list[tuple[int, int]] = []
    for first, last in ports if ports is not None else ((0, _LAST_PORT),):
        at = first
        for _, low, high in taken:
            if low > at:
                left.append((at, min(last, low - 1)))
            at = max(at, high + 1)
        left.append((at, last))
    allowed = _joined((0, *one) for one in (wide.ports if wide.ports is not None else ((0, _LAST_PORT),)))
    return all(
        any(first <= low and high <= last for _, first, last in allowed)
        and not any(first <= high and low <= last for first, last in wide.not_ports)
        for low, high in left
        if low <= high
    )


def _joined(ranges: Iterable[tuple[int, int, int]]) -> Sequence[tuple[int, int, int]]:
    """The ranges of one kind each, those that touch put together."""
    joined: list[tuple[int, int, int]] = []
    for kind, first, last in sorted(ranges):
        if joined and joined[-1][0] == kind and first <= joined[-1][2] + 1:
            joined[-1] = (kind, joined[-1][1], max(joined[-1][2], last))
        else:
            joined.append((kind, first, last))
    return joined
