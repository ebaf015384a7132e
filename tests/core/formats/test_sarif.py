"""SARIF 2.1.0."""

from __future__ import annotations

import json

from calico_core.findings import Finding, Severity
from calico_core.formats.sarif import render
from calico_core.report import EditRecord, FileError, FileReport, Report
from calico_core.rules import Rule

REPORT = Report([
    FileReport("dir/a b#c.json", "app", [EditRecord("/a", 1, 2, "x", "y", "rename")],
               [Finding("odd", Severity.ERROR, "is odd", "mend it", 3, 4), Finding("note", Severity.INFO, "so")]),
    FileReport("b.json", "unknown", error=FileError("broken", 5, 6)),
])  # fmt: skip


def test_results_rules_and_notifications() -> None:
    rule = Rule("json", Severity.ERROR, source="s", id="odd")
    log = json.loads(render(REPORT, version="1.2", rules={"odd": rule}))
    assert (log["version"], log["$schema"]) == ("2.1.0", "https://json.schemastore.org/sarif-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("calico-migrate", "1.2")
    assert [each["id"] for each in driver["rules"]] == ["note", "odd", "rename"]
    assert driver["rules"][1]["defaultConfiguration"] == {"level": "error"}
    assert run["columnKind"] == "unicodeCodePoints"
    assert [(each["ruleId"], each["level"], each["message"]["text"]) for each in run["results"]] == [
        ("rename", "note", '"x" becomes "y"'),
        ("odd", "error", "is odd. mend it"),
        ("note", "note", "so"),
    ]
    places = [each["locations"][0]["physicalLocation"] for each in run["results"]]
    assert places[1] == {
        "artifactLocation": {"uri": "dir/a%20b%23c.json"},
        "region": {"startLine": 3, "startColumn": 4},
    }
    assert "region" not in places[2]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["message"]["text"] == "broken"


def test_what_a_result_is_about() -> None:
    edit = EditRecord("/a", 1, 2, "x", "y", "rename", id="/shop/web")
    findings = [
        Finding("odd", Severity.ERROR, "is odd", id="/shop/api"),
        Finding("note", Severity.INFO, "so"),
    ]
    log = json.loads(render(Report([FileReport("a.json", "list", [edit], findings)]), version="1", rules={}))
    locations = [result["locations"][0] for result in log["runs"][0]["results"]]
    named = [location.get("logicalLocations") for location in locations]
    assert named == [
        [{"fullyQualifiedName": "/shop/web", "kind": "resource"}],
        [{"fullyQualifiedName": "/shop/api", "kind": "resource"}],
        None,
    ]


def test_a_clean_run_is_successful() -> None:
    (run,) = json.loads(render(Report([]), version="1", rules={}))["runs"]
    assert run["results"] == []
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]
