"""Whether one rule matches everything that another matches.

Only what can be seen from the rules themselves counts: equal selectors, wider nets and ports. A cover that
follows from the labels in use is not found.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from calico_migrate.policy.compiled.resources import Entity, Rule

Form: TypeAlias = "frozenset[tuple[str, Any]]"
"""The criteria of a rule that are equal or not, by name; nets and ports are compared by themselves."""


_MOST_CRITERIA = 6


def form_of(rule: Rule) -> Form:
    """The criteria of a rule that another must share, or not have, to cover it or be covered."""
    criteria: dict[str, Any] = {
        "ip_version": rule.ip_version,
        "protocol": rule.protocol,
        "not_protocol": rule.not_protocol,
        "icmp": rule.icmp,
        "not_icmp": rule.not_icmp,
    }
    for name, entity in (("source", rule.source), ("destination", rule.destination)):
        criteria[f"{name} selectors"] = entity.selectors
        criteria[f"{name} not_selector"] = entity.not_selector
        criteria[f"{name} not_nets"] = entity.not_nets or None
        criteria[f"{name} not_ports"] = entity.not_ports or None
    http = rule.written.get("http")
    if http is not None:
        # HTTP never matches on DC/OS, so that a rule with it covers nothing but its equal.
        criteria["http"] = str(http)
    return frozenset((name, value) for name, value in criteria.items() if value is not None)


def wider_forms(rule: Rule) -> Iterator[Form]:
    """The forms of rules that could cover this one: all its own criteria, or fewer.

    Of a rule with many criteria only those with very few of them, or nearly all, so that time stays short.
    """
    criteria = sorted(form_of(rule), key=lambda pair: pair[0])
    counts = range(len(criteria) + 1)
    for count in counts:
        if len(criteria) > _MOST_CRITERIA and 2 < count < len(criteria) - 1:
            continue
        for chosen in combinations(criteria, count):
            yield frozenset(chosen)


def covers(wider: Rule, narrower: Rule) -> bool:
    """Whether a rule of one of the narrower rule's `wider_forms` also has nets and ports at least as wide."""
    return all(
        _nets_cover(wide, narrow) and _ports_cover(wide, narrow)
        for wide, narrow in (
            (wider.source, narrower.source),
            (wider.destination, narrower.destination),
        )
    )


def is_catch_all(rule: Rule) -> bool:
    """Whether a rule matches every packet."""
    return (
        not form_of(rule)
        and rule.source.open
        and rule.destination.open
        and rule.source.ports is None
        and rule.destination.ports is None
    )


def _nets_cover(wide: Entity, narrow: Entity) -> bool:
    if not wide.nets:
        return True
    return bool(narrow.nets) and all(any(net.contains(inner) for net in wide.nets) for inner in narrow.nets)


def _ports_cover(wide: Entity, narrow: Entity) -> bool:
    if wide.ports is None:
        return True
    # A rule whose ports all have names matches nothing, and is told about elsewhere.
    if not narrow.ports:
        return False
    return all(
        any(first <= low and high <= last for first, last in _joined(wide)) for low, high in narrow.ports
    )


def _joined(entity: Entity) -> list[tuple[int, int]]:
    """An entity's ranges of ports, those that touch put together."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(entity.ports or ()):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined
