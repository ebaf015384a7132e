"""The plan as a page for whoever has to agree to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_core.words import counted
from calico_templates import render
from calico_templates.page import Evidence, Page, Source, Verdict, asset, render_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_migrate.cluster.planning.document import Item, Plan


def page(plan: Plan, diffs: Mapping[str, str]) -> str:
    """The page of a plan; ``diffs`` are what each item becomes."""
    moves = ", ".join(f"{old} becomes {new}" for old, new in sorted(plan.names.items()))
    return render_page(
        Page(
            title=f"Plan for {plan.cluster.name or plan.cluster.id or plan.cluster.url}",
            subtitle=moves,
            content=render("cluster/plan.html.mustache", _content(plan, diffs)),
            verdicts=_verdicts(plan),
            evidence=[
                Evidence("cluster", [Source(plan.cluster.url), Source(plan.cluster.id or "no id")]),
                Evidence("snapshot", [Source(f"taken {plan.taken}", plan.snapshot)]),
                Evidence("pools", [Source(text) for text in plan.pools.texts]),
                Evidence("program", [Source(f"calico-migrate {plan.tool}")]),
            ],
            style=asset("cluster/plan.css"),
        )
    )


def _verdicts(plan: Plan) -> list[Verdict]:
    by_hand = len({entry.item for entry in plan.by_hand})
    down = max((item.roll.kill_at_once for item in plan.items.values()), default=0)
    unread = len(plan.unread)
    return [
        Verdict(
            "good" if plan.items else "open",
            "Moved",
            f"{counted(len(plan.items), 'item')} in {counted(len(plan.waves), 'wave')}",
        ),
        Verdict(
            "fair" if down else "good", "Down at once", f"at most {counted(down, 'instance')} of one item"
        ),
        Verdict("bad" if by_hand else "good", "By hand", counted(by_hand, "item")),
        Verdict(
            "open" if plan.frameworks is None else "bad" if unread else "good",
            "Not read",
            "Mesos was not read" if plan.frameworks is None else counted(unread, "framework"),
        ),
    ]


def _content(plan: Plan, diffs: Mapping[str, str]) -> dict[str, Any]:
    order = [plan.items[key] for wave in plan.waves for key in wave.items]
    anchors = {item.key: f"item-{number}" for number, item in enumerate(order)}
    return {
        "waves": [
            {
                "name": wave.name,
                "pause": wave.pause_after,
                "items": [_row(plan.items[key], anchors[key]) for key in wave.items],
            }
            for wave in plan.waves
        ],
        "has_by_hand": bool(plan.by_hand),
        "by_hand": [entry._asdict() for entry in plan.by_hand],
        "is_unread": plan.frameworks is None,
        "frameworks": [
            {
                "name": each.name,
                "tasks": ", ".join(f"{number} on {name}" for name, number in each.tasks.items()) or "none",
                "read": "read" if each.read else "not read",
            }
            for each in plan.frameworks or ()
        ],
        "details": [_detail(item, anchors[item.key], diffs.get(item.key, "")) for item in order],
    }


def _row(item: Item, anchor: str) -> dict[str, Any]:
    roll = item.roll
    return {
        "anchor": anchor,
        "key": item.key,
        "team": item.team,
        "instances": str(roll.instances),
        "kill": str(roll.kill_at_once),
        "most": str(roll.max_capacity),
        "extra": ", ".join(f"{amount:g} {name}" for name, amount in roll.extra.items() if amount),
        "state": ", ".join(item.needs),
    }


def _detail(item: Item, anchor: str, diff: str) -> dict[str, Any]:
    return {
        "anchor": anchor,
        "key": item.key,
        "behind": ", ".join(item.depends_on),
        "findings": [{"severity": finding.severity, "message": finding.message} for finding in item.findings],
        "diff": diff,
    }
