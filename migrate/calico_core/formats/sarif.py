"""``--format sarif``: SARIF 2.1.0 for code scanning services."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from calico_core.findings import Severity
from calico_core.formats.text import change

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_core.report import Report
    from calico_core.rules import Rule

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(report: Report, *, version: str, rules: Mapping[str, Rule]) -> str:
    """The findings as results, the edits as results of level ``note``, unreadable files as notifications."""
    results: list[dict[str, Any]] = []
    notifications: list[dict[str, Any]] = []
    for file in report.files:
        if file.error is not None:
            notifications.append(
                {
                    "level": "error",
                    "message": {"text": file.error.message},
                    "locations": [_location(file.path, file.error.line, file.error.column)],
                }
            )
        else:
            results += [
                _result(
                    edit.rule, "note", change(edit), _location(file.path, edit.line, edit.column, edit.id)
                )
                for edit in file.edits
            ]
        results += [
            _result(
                finding.rule,
                _LEVELS[finding.severity],
                ". ".join(filter(None, (finding.message, finding.hint))),
                _location(file.path, finding.line, finding.column, finding.id),
            )
            for finding in file.findings
        ]
    used = sorted({result["ruleId"] for result in results})
    driver = {
        "name": "calico-migrate",
        "version": version,
        "rules": [_rule(rule_id, rules.get(rule_id)) for rule_id in used],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
        "invocations": [
            {"executionSuccessful": not notifications, "toolExecutionNotifications": notifications}
        ],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(rule_id: str, rule: Rule | None) -> dict[str, Any]:
    if rule is None:
        return {"id": rule_id}
    return {
        "id": rule_id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.documentation},
        "help": {"text": rule.documentation},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(rule_id: str, level: str, text: str, location: dict[str, Any]) -> dict[str, Any]:
    return {"ruleId": rule_id, "level": level, "message": {"text": text}, "locations": [location]}


def _location(path: str, line: int | None, column: int | None, identity: str | None = None) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(path)}}
    if line is not None:
        place["region"] = {"startLine": line, **({} if column is None else {"startColumn": column})}
    location: dict[str, Any] = {"physicalLocation": place}
    if identity is not None:
        # What it is in no programming language: an app, a pod, a job, a pool or a package.
        location["logicalLocations"] = [{"fullyQualifiedName": identity, "kind": "resource"}]
    return location


def _uri(path: str) -> str:
    """A path as a URI, relative to the working directory where the file is below it.

    Code scanning services join it with their checkout, and know absolute paths by their scheme only.
    """
    if not os.path.isabs(path):
        return _quoted(os.path.normpath(path))
    below = os.path.relpath(path)
    return f"file://{_quoted(path)}" if below.startswith("..") else _quoted(below)


def _quoted(path: str) -> str:
    """The bytes of a file's name, percent-encoded where they are no plain letters, UTF-8 or not."""
    return quote(path.encode("utf-8", "surrogateescape"))
