"""The plan for people: waves, risks, what goes down when, and what stays to be done by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from calico_core.legible import escaped, legible
from calico_core.words import counted
from calico_migrate.cluster.display.lines import HEADING, Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calico_migrate.cluster.planning.document import Item, Plan, Wave

_LONGEST = 100


def plan_lines(plan: Plan, states: Mapping[str, str]) -> Iterator[Line]:
    """The plan, line by line; ``states`` are the items' by the journal, empty before the first run."""
    cluster = plan.cluster
    name = escaped(cluster.name or cluster.id or cluster.framework or "")
    moves = ", ".join(f"{old} to {new}" for old, new in sorted(plan.names.items()))
    dcos = escaped(cluster.dcos or "of unknown version")
    yield Line(f"{name} ({escaped(cluster.url)}), DC/OS {dcos}: {moves}", HEADING)
    yield Line(f"snapshot of {escaped(plan.taken)}, pools {', '.join(plan.pools.texts)}")
    yield Line(
        f"{counted(len(plan.items), 'item')} in {counted(len(plan.waves), 'wave')},"
        f" {len({entry.item for entry in plan.by_hand})} by hand, {len(plan.excluded)} excluded,"
        f" {plan.untouched} untouched"
    )
    down = max((item.roll.kill_at_once for item in plan.items.values()), default=0)
    yield Line(
        f"at most {counted(down, 'instance')} of one item down at once,"
        f" {counted(plan.max_in_flight, 'item')} in flight at a time"
    )
    for wave in plan.waves:
        yield Line("")
        yield from _wave_lines(wave, plan, states)
    if plan.policies:
        yield Line("")
        heading = "policies, by hand and only when nothing is left on an old network (`status --check`)"
        yield Line(heading, HEADING)
        for policy in plan.policies:
            yield Line(f"  {escaped(policy)}")
    if plan.by_hand:
        yield Line("")
        yield Line("by hand", HEADING, matters=True)
        for entry in plan.by_hand:
            why = legible(entry.why, 200)
            yield Line.about("error", f"  {escaped(entry.item)}: {entry.rule}: {why}")
            if entry.do:
                yield Line(f"      {legible(entry.do, 200)}", matters=True)
    yield from _allow_lines(plan)
    if plan.excluded:
        yield Line("")
        yield Line(f"excluded: {', '.join(escaped(key) for key in plan.excluded)}")
    yield from _coverage_lines(plan)


def _wave_lines(wave: Wave, plan: Plan, states: Mapping[str, str]) -> Iterator[Line]:
    items = [plan.items[key] for key in wave.items]
    down = max(item.roll.kill_at_once for item in items)
    pause = "; apply pauses after it" if wave.pause_after else ""
    heading = f"wave {wave.name}: {counted(len(items), 'item')}, at most {down} down at once{pause}"
    yield Line(heading, HEADING)
    for item in items:
        state = f"  [{states[item.key]}]" if item.key in states else ""
        roll = item.roll
        yield Line.about(
            states.get(item.key, ""),
            f"  {item.key}: {item.kind}, {counted(roll.instances, 'instance')}, {roll.kill_at_once} killed at"
            f" once, {roll.max_capacity} at most{_more(item)}{state}",
        )
        if item.depends_on:
            yield Line(f"      behind {', '.join(item.depends_on)}")
        if item.needs:
            yield Line(f"      allowed: {', '.join(item.needs)}")
        for edit in item.edits:
            change = f"{_value(edit.old)} -> {_value(edit.new)}"
            yield Line(f"      {escaped(edit.pointer)}: {change} ({edit.rule})")
        for each in item.rendered:
            change = f"{_value(each.old)} -> {_value(each.new)}"
            yield Line(f"      app {escaped(each.pointer)}: {change} (rendered)")
        for finding in item.findings:
            message = legible(finding.message, 200)
            yield Line.about(finding.severity, f"      {finding.severity}: {finding.rule}: {message}")


def _more(item: Item) -> str:
    extra = [f"{amount:g} {name}" for name, amount in item.roll.extra.items() if amount]
    return f", meanwhile {', '.join(extra)} more" if extra else ""


def _allow_lines(plan: Plan) -> Iterator[Line]:
    """What each permission that was not given would let in."""
    from calico_migrate.cluster.planning.document import NEEDS

    held: dict[str, set[str]] = {}
    for entry in plan.by_hand:
        held.setdefault(entry.item, set()).add(entry.rule)
    offers = []
    for need in NEEDS:
        alone = sorted(item for item, rules in held.items() if rules == {need})
        others = sum(need in rules and len(rules) > 1 and rules <= set(NEEDS) for rules in held.values())
        if alone or others:
            also = f" ({others} more with other permissions besides)" if others else ""
            offers.append(Line(f"  --allow {need} would let in {counted(len(alone), 'item')}{also}"))
    if offers:
        yield Line("")
        yield from offers


def _coverage_lines(plan: Plan) -> Iterator[Line]:
    yield Line("")
    if plan.frameworks is None:
        why = "Mesos was not read: what runs on which network is unknown, and nothing says what is missed"
        yield Line.about("error", why)
        return
    for each in plan.frameworks:
        tasks = ", ".join(f"{number} on {escaped(name)}" for name, number in each.tasks.items())
        read = "" if each.read else ", its definitions were not read"
        if each.tasks or each.read:
            framework = f"framework {escaped(each.name)} ({escaped(each.id)})"
            yield Line(f"{framework}: {tasks or 'no task'}{read}", matters=each in plan.unread)
    if plan.unread:
        why = "what is not read and on an old network is not moved by this plan"
        yield Line.about("error", why)


def _value(value: object) -> str:
    return "nothing" if value is None else legible(json.dumps(value), _LONGEST)
