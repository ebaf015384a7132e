"""Findings for Calico's pool and whatever it collides with: one for each owner, not one for each address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from calico_config.facts.facts import Facts
    from calico_config.occupants import Occupant
    from calico_core.addresses import Range
    from calico_core.findings import Finding
    from calico_core.rules import Rule


def severity_between(rule: Rule, ours: Range, theirs: Range, severity: Severity | None = None) -> Severity:
    """The rule's severity, or an info where nobody wrote either of the two."""
    if ours.origin == "default" and theirs.origin == "default":
        return Severity.INFO
    return severity or rule.severity


def with_pool(
    facts: Facts, rule: Rule, occupant: Occupant, ranges: Iterable[Range] | None = None
) -> Iterator[Finding]:
    """One finding for each range of an occupant that shares addresses with the pool of a running Calico.

    ``ranges`` takes the place of those that the occupant uses.
    """
    from calico_core.words import relation

    cidr = facts.cidr
    if cidr is None:
        return
    ours = cidr.range
    for theirs in occupant.used(facts) if ranges is None else ranges:
        if ours.first <= theirs.last and theirs.first <= ours.last:
            verb = "contains" if theirs.first == theirs.last else relation(ours, theirs)
            yield rule.finding(
                f"{facts.pool_name} {verb} {described(theirs)}: {occupant.why}",
                hint=occupant.hint,
                severity=severity_between(rule, ours, theirs),
                **facts.place_of(ours, theirs),
            )


def with_addresses(
    facts: Facts,
    rule: Rule,
    occupant: Occupant,
    addresses: Iterable[Range],
    owner: str,
    where: str,
    *,
    severity: Severity | None = None,
) -> Iterator[Finding]:
    """One finding for all single addresses of one owner that lie in the pool; ``where`` they are named."""
    from calico_core.words import counted, listed

    cidr = facts.cidr
    if cidr is None:
        return
    inside = [entry for entry in addresses if cidr.range.first <= entry.first <= cidr.range.last]
    if not inside:
        return
    names = listed([str(entry) for entry in inside])
    number = counted(len(inside), owner, "addresses" if owner == "address" else None)
    yield rule.finding(
        f"{facts.pool_name} contains {number} ({names}): {occupant.why} ({where})",
        hint=occupant.hint,
        severity=severity_between(rule, cidr.range, inside[0], severity),
        **facts.place_of(cidr.range, inside[0]),
    )


def described(entry: Range) -> str:
    """An owner and its addresses, once each."""
    text = str(entry)
    return entry.owner if text in entry.owner else f"{entry.owner}, {text}"
