"""``--format github``: workflow commands that GitHub shows beside the changed lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.findings import Severity
from calico_core.formats.text import located_change, named

if TYPE_CHECKING:
    from calico_core.report import Report

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report) -> str:
    """One workflow command per edit, finding and unreadable file."""
    lines: list[str] = []
    for file in report.files:
        if file.error is not None:
            lines.append(
                _command("error", file.path, file.error.line, file.error.column, "", file.error.message)
            )
        else:
            lines += [
                _command(
                    "notice",
                    file.path,
                    edit.line,
                    edit.column,
                    edit.rule,
                    named(located_change(edit), edit.id),
                )
                for edit in file.edits
            ]
        for finding in file.findings:
            text = named(". ".join(filter(None, (finding.message, finding.hint))), finding.id)
            command = _COMMANDS[finding.severity]
            lines.append(_command(command, file.path, finding.line, finding.column, finding.rule, text))
    return "".join(line + "\n" for line in lines)


def _command(command: str, path: str, line: int | None, column: int | None, title: str, message: str) -> str:
    places = {"file": path, "line": line, "col": column, "title": title or None}
    properties = ",".join(f"{key}={_property(value)}" for key, value in places.items() if value is not None)
    return f"::{command} {properties}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: object) -> str:
    return _data(str(value)).replace(":", "%3A").replace(",", "%2C")
