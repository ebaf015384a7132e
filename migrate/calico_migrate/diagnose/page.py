"""A diagnosis as one page: verdict, nodes and checks, findings, pairs, a timeline, addresses, migration.

What stands in it is taken from the finished report, which is redacted; only the timeline and the pairs come
from the diagnosis itself, and hold nothing but addresses, times and ids of known lines.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from calico_core.findings import Severity
from calico_core.words import counted
from calico_migrate.diagnose.report import text
from calico_templates import render
from calico_templates.page import Page, Verdict, asset, render_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from calico_core.findings import Finding
    from calico_core.report import FileReport
    from calico_migrate.diagnose.diagnosis import Diagnosis, Matrix
    from calico_templates.page import Evidence

CHECKS = ("units", "etcd", "nodes", "encapsulation", "addresses", "kernel", "docker", "policy")
_GRADES = {"ok": "good", "broken": "bad", "unknown": "open"}
_MOST_IN_MATRIX = 40
_MOST_EVENTS = 3000
_LEFT, _WIDTH, _LANE = 130.0, 860.0, 22


def page(
    diagnosis: Diagnosis, file: FileReport, evidence: Sequence[Evidence], hide: Callable[[str], str]
) -> str:
    """The page; ``hide`` is what becomes of an address where the report is anonymous."""
    content: dict[str, Any] = {
        "checks": [{"check": check} for check in CHECKS],
        "nodes": _nodes(diagnosis, file, hide),
        "has_findings": bool(file.findings),
        "findings": [_finding(each) for each in file.findings],
        "matrices": [_matrix(each, hide) for each in diagnosis.matrices],
        **_timeline(diagnosis, hide),
        **_migration(file),
        **_undecided(diagnosis, file),
    }
    bundle = (file.extra or {})["bundle"]
    broken = any(node["calico"] == "broken" for node in bundle["nodes"])
    errors = any(finding.severity is Severity.ERROR for finding in file.findings)
    grade = "bad" if broken or errors else "open" if "cannot" in text.verdict(file) else "good"
    return render_page(
        Page(
            title="Diagnosis",
            subtitle=text.identity(file),
            verdicts=[
                Verdict(grade, "Calico", text.verdict(file).removeprefix("Calico: ")),
                *_progress(file),
            ],
            content=render("diagnose/diagnosis.html.mustache", content),
            style=asset("diagnose/diagnosis.css"),
            evidence=evidence,
        )
    )


def _nodes(diagnosis: Diagnosis, file: FileReport, hide: Callable[[str], str]) -> list[dict[str, Any]]:
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in file.findings:
        extra = finding.extra or {}
        for place in [extra["node"]] if extra.get("node") else extra.get("nodes", ()):
            found.setdefault((place, _group(diagnosis.modules[finding.rule])), []).append(finding)
    undecided = {(each.node, _group(each.rule.module)) for each in diagnosis.open}
    asked = {
        (node, _group(module))
        for rule, nodes in diagnosis.asked.items()
        for module in (diagnosis.modules[rule],)
        for node in nodes
    }
    return [
        {
            "address": hide(node.address),
            "role": node.role.replace("_", " "),
            "calico": node.calico,
            "grade": _GRADES[node.calico],
            "cells": [
                _cell(
                    found.get((hide(node.address), check), []),
                    undecided={("", check), (node.address, check)} & undecided,
                    asked={("", check), (node.address, check)} & asked,
                )
                for check in CHECKS
            ],
        }
        for node in diagnosis.nodes
    ]


def _cell(findings: Iterable[Finding], *, undecided: object, asked: object) -> dict[str, str]:
    own = list(findings)
    why = "; ".join(f"{each.rule}: {each.message}" for each in own)
    if any(each.severity is Severity.ERROR for each in own):
        return {"cell_grade": "bad", "mark": str(len(own)), "why": why}
    if any(each.severity is Severity.WARNING for each in own):
        return {"cell_grade": "fair", "mark": str(len(own)), "why": why}
    if undecided:
        return {"cell_grade": "open", "mark": "?", "why": "something is undecided"}
    if not asked:
        return {"cell_grade": "none", "mark": "–", "why": "not asked"}
    return {"cell_grade": "good", "mark": "ok", "why": why or "nothing found"}


def _group(module: str) -> str:
    return module.split(".")[3]


def _finding(finding: Finding) -> dict[str, Any]:
    pieces = (finding.extra or {}).get("evidence", ())
    where = text.whom(finding)
    return {
        "severity": finding.severity.value,
        "rule": finding.rule,
        "message": finding.message,
        "has_where": bool(where),
        "where": where.removeprefix(" "),
        "hint": finding.hint,
        "source": finding.source,
        "evidence": [
            {
                "place": f"{piece['file']}:{piece['line']}" if piece["line"] is not None else piece["file"],
                "has_text": bool(piece["text"]),
                "text": piece["text"],
            }
            for piece in pieces
        ],
    }


def _matrix(matrix: Matrix, hide: Callable[[str], str]) -> dict[str, Any]:
    """All pairs of a small cluster, else those of the nodes that miss something."""
    nodes = list(matrix.nodes)
    if len(nodes) > _MOST_IN_MATRIX:
        nodes = [each for each in nodes if any(each in pair for pair in matrix.missing)][:_MOST_IN_MATRIX]
    missing = len(matrix.missing)
    words = (
        f"{missing} of {counted(len(matrix.looked_at), 'pair')} missing"
        if missing
        else f"all {counted(len(matrix.looked_at), 'pair')} are there"
    )
    return {
        "title": matrix.title,
        "words": words,
        "has_rows": bool(nodes),
        "columns": [{"column": hide(each).rpartition(".")[2]} for each in nodes],
        "rows": [
            {"row": hide(row), "pairs": [_pair(matrix, row, column, hide) for column in nodes]}
            for row in nodes
        ],
    }


def _pair(matrix: Matrix, row: str, column: str, hide: Callable[[str], str]) -> dict[str, str]:
    title = f"{hide(row)} to {hide(column)}"
    if row == column:
        return {"pair_class": "own", "pair_mark": "", "pair_title": hide(row)}
    if (row, column) in matrix.missing:
        return {"pair_class": "bad", "pair_mark": "x", "pair_title": f"{title}: missing"}
    if (row, column) in matrix.looked_at:
        return {"pair_class": "good", "pair_mark": "+", "pair_title": f"{title}: there"}
    return {"pair_class": "", "pair_mark": "?", "pair_title": f"{title}: undecided"}


def _timeline(diagnosis: Diagnosis, hide: Callable[[str], str]) -> dict[str, Any]:
    end = diagnosis.collected_at
    events = diagnosis.events[-_MOST_EVENTS:]
    nodes = [node.address for node in diagnosis.nodes if any(event.node == node.address for event in events)]
    lanes = {address: 20 + _LANE * (number + 0.5) for number, address in enumerate(nodes)}
    bottom = 20 + _LANE * len(nodes)
    begin = end - timedelta(hours=24) if end is not None else None

    def place(seconds: float) -> float:
        return round(_LEFT + _WIDTH * min(max(seconds / 86_400, 0), 1), 1)

    return {
        "has_events": bool(events) and begin is not None,
        "timeline_height": bottom + 10,
        "hours": [
            {
                "x": place(hour * 3600.0),
                "bottom": bottom,
                "hour": f"{(begin + timedelta(hours=hour)).strftime('%H:%M')}" if begin is not None else "",
            }
            for hour in range(0, 25, 4)
        ],
        "lanes": [{"lane": hide(address), "text_y": y + 4} for address, y in lanes.items()],
        "events": [
            {
                "kind": "good" if event.good else "problem",
                "cx": place((event.time - begin).total_seconds()) if begin is not None else 0,
                "cy": lanes[event.node],
                "title": f"{event.time.strftime('%H:%M:%S')} {hide(event.node)}: {event.id}",
            }
            for event in events
            if event.node in lanes
        ],
    }


def _migration(file: FileReport) -> dict[str, Any]:
    found = (file.extra or {})["migration"] or {
        "networks": {},
        "left": [],
        "addresses": {"pools": [], "needed": 0},
    }
    pools = found["addresses"]["pools"]
    enough = found["addresses"].get("enough")
    room = {True: "there is room for the rest", False: "there is not enough room for the rest"}.get(
        enough, ""
    )
    return {
        "has_pools": bool(pools),
        "pools": [
            {
                "name": pool["name"],
                "cidr": pool["cidr"],
                "used": pool["blocks_used"],
                "blocks": pool["blocks"],
                "endpoints": pool["endpoints"],
                "width": round(1000 * min(pool["blocks_used"] / max(pool["blocks"], 1), 1)),
            }
            for pool in pools
        ],
        "room": f"{counted(found['addresses']['needed'], 'address', 'addresses')} needed for what is left"
        + (f": {room}" if room else ""),
        "has_migration": bool(found["networks"]),
        "networks": [{"network": name, **counts} for name, counts in found["networks"].items()],
        "has_left": bool(found["left"]),
        "left_count": len(found["left"]),
        "left": [
            {"left_id": each["id"], "left_kind": each["kind"], "left_network": each["network"]}
            for each in found["left"]
        ],
    }


def _progress(file: FileReport) -> list[Verdict]:
    for finding in file.findings:
        if finding.rule == "migration-progress":
            done = not ((file.extra or {})["migration"] or {"left": []})["left"]
            return [Verdict("good" if done else "fair", "Migration", finding.message)]
    return []


def _undecided(diagnosis: Diagnosis, file: FileReport) -> dict[str, Any]:
    lines = text.undecided(file, len(diagnosis.not_asked))
    notes = [*text.secrets(file), text.NOT_COLLECTED]
    return {
        "has_undecided": bool(lines),
        "undecided": [{"line": line.strip()} for line in lines],
        "has_notes": True,
        "notes": [{"note": note} for note in notes],
    }
