"""Workflow commands for GitHub."""

from __future__ import annotations

from calico_core.findings import Finding, Severity
from calico_core.formats.github import render
from calico_core.report import EditRecord, FileError, FileReport, Report


def test_a_command_each() -> None:
    report = Report([
        FileReport("a,b:c%.json", "app", [EditRecord("/a", 1, 2, "x", "y", "rename")],
                   [Finding("odd", Severity.ERROR, "100 %\nodd", "mend it", 3, 4),
                    Finding("w", Severity.WARNING, "m"), Finding("i", Severity.INFO, "m", line=1)]),
        FileReport("b.json", "unknown", error=FileError("broken", 5, 6)),
    ])  # fmt: skip
    path = "a%2Cb%3Ac%25.json"
    assert render(report).splitlines() == [
        f'::notice file={path},line=1,col=2,title=rename::"x" becomes "y" at /a',
        f"::error file={path},line=3,col=4,title=odd::100 %25%0Aodd. mend it",
        f"::warning file={path},title=w::m",
        f"::notice file={path},line=1,title=i::m",
        "::error file=b.json,line=5,col=6::broken",
    ]


def test_nothing_to_say() -> None:
    assert render(Report([])) == ""
