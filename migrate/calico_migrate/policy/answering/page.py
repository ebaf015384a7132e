"""The matrix as one self-contained HTML page: a matrix and a graph, searchable, each cell with its trace."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from calico_core.json.printing import printed
from calico_core.words import counted
from calico_migrate.policy.answering import reports
from calico_templates import render

if TYPE_CHECKING:
    from calico_migrate.policy.answering.outcomes import Matrix

_TITLE = "Who may reach whom"


def render_page(found: Matrix, before: Matrix | None = None) -> str:
    """The page of a matrix, and of what it changes against an earlier one."""
    report = reports.matrix(found, before)
    return render(
        "policy/matrix.html.mustache",
        {
            "title": _TITLE,
            "summary": _summary(found, report),
            "style": _asset("matrix.css"),
            "script": _asset("matrix.js"),
            "data": _embedded(report),
        },
    )


def _summary(found: Matrix, report: dict[str, object]) -> str:
    apps = sum(len(group.members) for group in found.groups)
    placed = "both sides on one agent" if found.same_agent else "the two sides on different agents"
    groups = counted(len(found.groups), "group")
    grouped = f" in {groups} that no policy tells apart" if len(found.groups) < apps else ""
    text = f"{counted(apps, 'app')}{grouped}, {placed}"
    changed = report.get("changes")
    if isinstance(changed, list):
        text += f"; the new policies change {counted(len(changed), 'cell')}"
    return text


def _asset(name: str) -> str:
    return files("calico_templates").joinpath("policy").joinpath(name).read_text(encoding="utf-8")


def _embedded(report: dict[str, object]) -> str:
    """JSON that can stand in a script element: nothing in it can end the element or begin a comment."""
    text = printed(report, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
