"""``--format codeclimate`` against GitLab's format."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema

from calico_core.findings import Finding, Severity
from calico_core.formats.codeclimate import render
from calico_core.report import EditRecord, FileError, FileReport, Report

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

# GitLab documentation, Code Quality, "Code Quality report format": all of these are required.
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                # A path below the repository, without a leading ./
                "properties": {
                    "path": {"type": "string", "pattern": "^[^./].*"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
EDIT = EditRecord("/networks/0/name", 4, 7, "dcos", "calico", "rename-network", id="/web")
FINDING = Finding("docker-host-port", Severity.ERROR, "does not work", "do this", 5, 1, id="/web")


def entries(*files: FileReport) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(render(Report(files)))
    jsonschema.validate(found, SCHEMA)
    fingerprints = [entry["fingerprint"] for entry in found]
    assert len(set(fingerprints)) == len(fingerprints)
    return found


def test_edits_findings_and_errors() -> None:
    found = entries(
        FileReport(
            "./a.json",
            "app",
            edits=[EDIT],
            findings=[FINDING, FINDING, FINDING._replace(severity=Severity.INFO, line=None)],
        ),
        FileReport("b.json", "unknown", error=FileError("is not JSON", 3, 1)),
    )
    assert [(entry["check_name"], entry["severity"]) for entry in found] == [
        ("rename-network", "minor"),
        ("docker-host-port", "major"),
        ("docker-host-port", "major"),
        ("docker-host-port", "info"),
        ("unreadable", "blocker"),
    ]
    assert found[0]["location"] == {"path": "a.json", "lines": {"begin": 4}}
    assert found[1]["description"] == "does not work. do this [/web]"
    assert found[3]["location"]["lines"]["begin"] == 1


def test_a_fingerprint_stays_when_lines_move() -> None:
    (one,) = entries(FileReport("a.json", "app", findings=[FINDING]))
    (other,) = entries(FileReport("a.json", "app", findings=[FINDING._replace(line=99)]))
    assert one["fingerprint"] == other["fingerprint"]


def test_absolute_paths_are_below_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (entry,) = entries(FileReport(str(tmp_path / "a/b.json"), "app", findings=[FINDING]))
    assert entry["location"]["path"] == "a/b.json"


def test_nothing_is_an_empty_array() -> None:
    assert entries(FileReport("a.json", "app")) == []
