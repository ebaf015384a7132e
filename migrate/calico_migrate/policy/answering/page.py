"""The matrix as one self-contained HTML page: a matrix, a list and a graph, each cell with its trace.

Nothing is decided in the browser: it shows what was answered. So that a page of thousands of groups stays
small, the numbers of the cells are packed, and the steps of traces stand once in a table.
"""

from __future__ import annotations

import base64
import sys
from array import array
from typing import TYPE_CHECKING, Any

from calico_core.errors import OutputError
from calico_core.words import counted
from calico_migrate.policy.answering import reports
from calico_migrate.policy.answering.titles import titles
from calico_templates.page import Page, asset, embedded
from calico_templates.page import render_page as framed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.policy.answering.cells import Matrix
    from calico_templates.page import Evidence

_TITLE = "Who may reach whom"

LARGEST = 50 * 1024 * 1024
"""How many bytes the data of a page has at most: browsers take seconds for more."""


def render_page(found: Matrix, before: Matrix | None = None, evidence: Sequence[Evidence] = ()) -> str:
    """The page of a matrix, and of what it changes against an earlier one.

    Raises OutputError where the page would have more than `LARGEST` bytes of data.
    """
    data = _data(found, before)
    size = len(embedded(data))
    if size > LARGEST:
        megabytes = f"{size // 1024 // 1024:,} MB"
        raise OutputError(
            f"a page of {counted(len(found.groups), 'group')} would have {megabytes}, which no browser shows"
            " well; draw a part of it with fewer --apps, ask about two apps with"
            " `calico-migrate policy simulate`, or take --format json"
        )
    return framed(
        Page(
            title=_TITLE,
            subtitle=_summary(found, data),
            content=asset("policy/matrix.html"),
            evidence=evidence,
            style=asset("policy/matrix.css"),
            script=asset("policy/matrix.js"),
            data=data,
            layout="screen-wide",
        )
    )


def _data(found: Matrix, before: Matrix | None) -> dict[str, Any]:
    """The report with packed cells, titles of groups, and steps by number."""
    report = reports.matrix(found, before)
    for group, title in zip(report["groups"], titles(found.groups), strict=True):
        group["title"] = title
    steps: dict[tuple[object, ...], int] = {}
    for answers in (report, report.get("before")):
        if answers is not None:
            answers["cells"] = _packed(answers["cells"])
            answers["traces"] = [
                [steps.setdefault(tuple(step.values()), len(steps)) for step in trace]
                for trace in answers["traces"]
            ]
    names = ("direction", "endpoint", "policy", "rule", "action", "why")
    report["steps"] = [dict(zip(names, step, strict=True)) for step in steps]
    return report


def _packed(cells: Sequence[Sequence[int]]) -> dict[str, Any]:
    """Rows of numbers: each different row once, as base64 of `width` bytes a number, the lowest first."""
    rows: dict[bytes, int] = {}
    order = []
    code = "H" if max((max(row, default=0) for row in cells), default=0) < 1 << 16 else "I"
    for row in cells:
        numbers = array(code, row)
        if sys.byteorder == "big":
            numbers.byteswap()
        order.append(rows.setdefault(numbers.tobytes(), len(rows)))
    return {
        "width": array(code).itemsize,
        "rows": [base64.b64encode(row).decode("ascii") for row in rows],
        "order": order,
    }


def _summary(found: Matrix, report: dict[str, Any]) -> str:
    apps = sum(len(group.members) for group in found.groups)
    placed = "both sides on one agent" if found.same_agent else "the two sides on different agents"
    groups = counted(len(found.groups), "group")
    grouped = f" in {groups} that no policy tells apart" if len(found.groups) < apps else ""
    text = f"{counted(apps, 'app')}{grouped}, {placed}"
    changed = report.get("changes")
    if isinstance(changed, list):
        text += f"; the new policies change {counted(len(changed), 'cell')}"
    return text
