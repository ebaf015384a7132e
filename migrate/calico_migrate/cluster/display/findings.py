"""What a plan leaves to people and what they should know of its items, as the report of all commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.findings import Finding, Severity
from calico_core.report import FileReport, Report

if TYPE_CHECKING:
    from calico_migrate.cluster.planning.document import Plan


def report(plan: Plan, path: str) -> Report:
    """The report of one plan's file: each entry by hand an error, and the findings of its items."""
    found = [
        Finding(entry.rule, Severity.ERROR, entry.why, entry.do, pointer=f"/by_hand/{index}", id=entry.item)
        for index, entry in enumerate(plan.by_hand)
    ]
    found += [
        Finding(each.rule, Severity(each.severity), each.message, pointer=each.pointer, id=key)
        for key, item in plan.items.items()
        for each in item.findings
    ]
    found += [
        Finding(
            "framework-not-read",
            Severity.ERROR,
            f"the framework {each.name} has tasks on an old network, and its definitions were not read",
            id=each.id,
        )
        for each in plan.unread
    ]
    return Report([FileReport(path, "unknown", findings=found)])
