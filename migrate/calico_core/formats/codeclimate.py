"""``--format codeclimate``: the JSON that GitLab shows as code quality, beside the lines of a merge request.

Source: GitLab documentation, Code Quality, "Code Quality report format": ``description``, ``check_name``,
``fingerprint``, ``severity``, ``location.path`` and ``location.lines.begin``.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, Any

from calico_core.findings import Severity
from calico_core.formats.text import located_change, named
from calico_core.json.printing import printed
from calico_core.legible import encoded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_core.report import FileReport, Report

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report) -> str:
    """An array with an entry for each edit, finding and unreadable file."""
    entries: list[dict[str, Any]] = []
    seen: dict[str, int] = {}
    for file in report.files:
        for rule, severity, line, description in _issues(file):
            path = _path(file.path)
            # Lines move while the issue stays the same: they are no part of what tells one from another.
            identity = f"{rule}\n{path}\n{description}"
            number = seen[identity] = seen.get(identity, 0) + 1
            told_apart = encoded(f"{identity}\n{number}")
            entries.append(
                {
                    "description": description,
                    "check_name": rule,
                    "fingerprint": hashlib.sha256(told_apart).hexdigest(),
                    "severity": severity,
                    "location": {"path": path, "lines": {"begin": line or 1}},
                }
            )
    return printed(entries, 2) + "\n"


def _issues(file: FileReport) -> Iterator[tuple[str, str, int | None, str]]:
    """The rule, severity, line and words of everything that is said of a file."""
    if file.error is not None:
        yield "unreadable", "blocker", file.error.line, file.error.message
    else:
        for edit in file.edits:
            yield edit.rule, "minor", edit.line, named(located_change(edit), edit.id)
    for finding in file.findings:
        words = ". ".join(filter(None, (finding.message, finding.hint)))
        yield finding.rule, _SEVERITIES[finding.severity], finding.line, named(words, finding.id)


def _path(path: str) -> str:
    """A path below the repository, as GitLab joins it with its own."""
    below = os.path.relpath(path) if os.path.isabs(path) else os.path.normpath(path)
    return path if below.startswith("..") else below
