"""The report as JSON, version 1."""

from __future__ import annotations

import json

from calico_core.findings import Finding, Severity
from calico_core.formats.json import render
from calico_core.report import EditRecord, FileError, FileReport, Report


def test_the_whole_contract() -> None:
    report = Report([
        FileReport("a", "app", [EditRecord("/a", 1, 2, None, {"x": 1}, "r", "add", ("/b", 1), "/web")],
                   [Finding("odd", Severity.INFO, "é", source="s")], extra={"installer": {"status": "ok"}}),
        FileReport("b", "unknown", [EditRecord("/a", 1, 2, 1, 2, "r")], error=FileError("broken", 1, 2)),
    ])  # fmt: skip
    text = render(report)
    assert text.endswith("}\n")
    assert "é" in text
    assert json.loads(text) == {
        "version": 1,
        "summary": {
            "files": 2, "changed": 1, "edits": 1, "errors": 0, "warnings": 0, "infos": 1, "failed": 1, "skipped": 0,
        },
        "files": [
            {
                "path": "a", "kind": "app", "changed": True,
                "edits": [{"pointer": "/a", "line": 1, "column": 2, "old": None, "new": {"x": 1}, "rule": "r",
                           "id": "/web"}],
                "findings": [{"rule": "odd", "severity": "info", "message": "é", "hint": "", "line": None,
                              "column": None, "pointer": None, "source": "s", "id": None}],
                "error": None, "installer": {"status": "ok"},
            },
            {
                "path": "b", "kind": "unknown", "changed": False, "edits": [], "findings": [],
                "error": {"message": "broken", "line": 1, "column": 2},
            },
        ],
    }  # fmt: skip
