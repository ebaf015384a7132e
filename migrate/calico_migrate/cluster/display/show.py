"""The plan for people: waves, risks, what goes down when, and what stays to be done by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from calico_core.legible import escaped, legible
from calico_core.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calico_migrate.cluster.planning.document import Item, Plan, Wave

_LONGEST = 100


def plan_lines(plan: Plan, states: Mapping[str, str]) -> Iterator[str]:
    """The plan, line by line; ``states`` are the items' by the journal, empty before the first run."""
    cluster = plan.cluster
    name = escaped(cluster.name or cluster.id or cluster.framework or "")
    moves = ", ".join(f"{old} to {new}" for old, new in sorted(plan.names.items()))
    yield f"{name} ({escaped(cluster.url)}), DC/OS {escaped(cluster.dcos or 'of unknown version')}: {moves}"
    yield f"snapshot of {escaped(plan.taken)}, pools {', '.join(plan.pools.texts)}"
    yield (
        f"{counted(len(plan.items), 'item')} in {counted(len(plan.waves), 'wave')},"
        f" {len({entry.item for entry in plan.by_hand})} by hand, {len(plan.excluded)} excluded,"
        f" {plan.untouched} untouched"
    )
    down = max((item.roll.kill_at_once for item in plan.items.values()), default=0)
    yield (
        f"at most {counted(down, 'instance')} of one item down at once,"
        f" {counted(plan.max_in_flight, 'item')} in flight at a time"
    )
    for wave in plan.waves:
        yield ""
        yield from _wave_lines(wave, plan, states)
    if plan.policies:
        yield ""
        yield "policies, by hand and only when nothing is left on an old network (`status --check`)"
        for policy in plan.policies:
            yield f"  {escaped(policy)}"
    if plan.by_hand:
        yield ""
        yield "by hand"
        for entry in plan.by_hand:
            yield f"  {escaped(entry.item)}: {entry.rule}: {legible(entry.why, 200)}"
            if entry.do:
                yield f"      {legible(entry.do, 200)}"
    yield from _allow_lines(plan)
    if plan.excluded:
        yield ""
        yield f"excluded: {', '.join(escaped(key) for key in plan.excluded)}"
    yield from _coverage_lines(plan)


def _wave_lines(wave: Wave, plan: Plan, states: Mapping[str, str]) -> Iterator[str]:
    items = [plan.items[key] for key in wave.items]
    down = max(item.roll.kill_at_once for item in items)
    pause = "; apply pauses after it" if wave.pause_after else ""
    yield f"wave {wave.name}: {counted(len(items), 'item')}, at most {down} down at once{pause}"
    for item in items:
        state = f"  [{states[item.key]}]" if item.key in states else ""
        roll = item.roll
        yield (
            f"  {item.key}: {item.kind}, {counted(roll.instances, 'instance')}, {roll.kill_at_once} killed at"
            f" once, {roll.max_capacity} at most{_more(item)}{state}"
        )
        if item.depends_on:
            yield f"      behind {', '.join(item.depends_on)}"
        if item.needs:
            yield f"      allowed: {', '.join(item.needs)}"
        for edit in item.edits:
            yield f"      {escaped(edit.pointer)}: {_value(edit.old)} -> {_value(edit.new)} ({edit.rule})"
        for finding in item.findings:
            yield f"      {finding.severity}: {finding.rule}: {legible(finding.message, 200)}"


def _more(item: Item) -> str:
    extra = [f"{amount:g} {name}" for name, amount in item.roll.extra.items() if amount]
    return f", meanwhile {', '.join(extra)} more" if extra else ""


def _allow_lines(plan: Plan) -> Iterator[str]:
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
            offers.append(f"  --allow {need} would let in {counted(len(alone), 'item')}{also}")
    if offers:
        yield ""
        yield from offers


def _coverage_lines(plan: Plan) -> Iterator[str]:
    yield ""
    if plan.frameworks is None:
        yield "Mesos was not read: what runs on which network is unknown, and nothing says what is missed"
        return
    for each in plan.frameworks:
        tasks = ", ".join(f"{number} on {escaped(name)}" for name, number in each.tasks.items())
        read = "" if each.read else ", its definitions were not read"
        if each.tasks or each.read:
            yield f"framework {escaped(each.name)} ({escaped(each.id)}): {tasks or 'no task'}{read}"
    if plan.unread:
        yield "what is not read and on an old network is not moved by this plan"


def _value(value: object) -> str:
    return "nothing" if value is None else legible(json.dumps(value), _LONGEST)
