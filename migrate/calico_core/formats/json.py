"""``--format json``: the report as one JSON object, version 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_core.json.printing import printed

if TYPE_CHECKING:
    from calico_core.findings import Finding
    from calico_core.report import EditRecord, FileReport, Report

VERSION = 1


def render(report: Report, *, statistics: bool = False) -> str:
    """The report, indented, with a final newline; with ``statistics`` also how often each rule speaks."""
    shown = as_object(report)
    if statistics:
        shown["statistics"] = report.statistics()
    return printed(shown, 2) + "\n"


def as_object(report: Report) -> dict[str, Any]:
    """The report as JSON values."""
    return {
        "version": VERSION,
        "summary": {**report.summary()._asdict(), **(report.totals or {}), **_settled(report)},
        "files": [_file(file) for file in report.files],
    }


def _settled(report: Report) -> dict[str, Any]:
    """Which configuration was used, and how much is settled; nothing where there is neither."""
    settled = {"findings": report.settled_findings, "edits": report.settled_edits}
    if report.configuration is None and not any(settled.values()):
        return {}
    return {"configuration": report.configuration, "settled": settled}


def _file(file: FileReport) -> dict[str, Any]:
    error = file.error
    return {
        "path": file.path,
        "kind": file.kind,
        "changed": file.changed,
        "edits": [_edit(edit) for edit in file.edits] if error is None else [],
        "findings": [_finding(finding) for finding in file.findings],
        "error": error and {"message": error.message, "line": error.line, "column": error.column},
        **(file.extra or {}),
    }


def _edit(edit: EditRecord) -> dict[str, Any]:
    return {
        "pointer": edit.pointer,
        "line": edit.line,
        "column": edit.column,
        "old": edit.old,
        "new": edit.new,
        "rule": edit.rule,
        "id": edit.id,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    fields = finding._asdict()
    # The list that it stands in says the part.
    del fields["part"], fields["extra"]
    fields["severity"] = finding.severity.value
    return {**fields, **(finding.extra or {})}
