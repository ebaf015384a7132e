"""``--format junit`` of a report: a suite for each file, a test for each thing that is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.formats.junit import Case, Suite, document
from calico_core.formats.text import located_change, named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_core.findings import Severity
    from calico_core.report import FileReport, Report


def render(report: Report, *, fail_on: Severity | None) -> str:
    """The XML document.

    Edits, and findings from ``fail_on`` on, are failures; other findings are tests that pass and say
    something. A file that could not be read is an error, and one with nothing to say a test that passes.
    """
    return document([Suite(file.path, list(_cases(file, fail_on)), file.path) for file in report.files])


def _cases(file: FileReport, fail_on: Severity | None) -> Iterator[Case]:
    if file.error is not None:
        yield Case("readable", error=_placed(file.error.line, file.error.message))
    elif not file.edits and not file.findings:
        yield Case("no findings")
    else:
        for edit in file.edits:
            words = _placed(edit.line, named(located_change(edit), edit.id))
            yield Case(f"{edit.rule} at {edit.line}:{edit.column}", failure=words)
    for finding in file.findings:
        words = _placed(finding.line, named(f"{finding.severity.value}: {finding.message}", finding.id))
        place = f" at {finding.line}:{finding.column}" if finding.line is not None else ""
        if fail_on is not None and finding.severity.rank >= fail_on.rank:
            yield Case(f"{finding.rule}{place}", failure=words, details=finding.hint)
        else:
            yield Case(f"{finding.rule}{place}", output=words)


def _placed(line: int | None, words: str) -> str:
    return words if line is None else f"line {line}: {words}"
