"""The report model: totals, ignored rules, exit codes."""

from __future__ import annotations

import pytest

from calico_core.errors import InputError
from calico_core.exits import ExitCode
from calico_core.findings import Finding, Severity
from calico_core.report import EditRecord, FileError, FileReport, Report, Unplaced, records
from calico_core.spans import Edit

EDIT = EditRecord("/a", 1, 2, "x", "y", "rename")
WARNING = Finding("odd", Severity.WARNING, "m")
ERROR = Finding("bad", Severity.ERROR, "m")
INFO = Finding("note", Severity.INFO, "m")
REPORT = Report([
    FileReport("a", "app", [EDIT, EDIT], [WARNING, ERROR]),
    FileReport("b", "app", [], [INFO]),
    FileReport("c", "unknown", [EDIT], [], FileError("broken")),
    FileReport("d", "unknown", skipped=True),
])  # fmt: skip


def test_summary() -> None:
    assert REPORT.summary()._asdict() == {
        "files": 4, "changed": 1, "edits": 2, "errors": 1, "warnings": 1, "infos": 1, "failed": 1, "skipped": 1,
    }  # fmt: skip


def test_records_are_in_the_order_of_their_places_without_parts_of_others() -> None:
    edits = [
        Edit(8, 9, "", "second", "/b", 1, None, "remove", ("/c", 2)),
        Edit(3, 4, "", "", "/a", None, None),
        Edit(2, 3, "", "first", "/a", 1, 2),
    ]
    assert records("ab\ncdefghij", edits) == [
        EditRecord("/a", 1, 3, 1, 2, "first"),
        EditRecord("/b", 2, 6, 1, None, "second", "remove", ("/c", 2)),
    ]


def test_edits_can_be_counted_without_their_places() -> None:
    edits = [Edit(2, 3, "", "first", "/a", 1, 2), Edit(3, 4, "", "", "/a", None, None)]
    report = Report([FileReport("a", "app", Unplaced.of(edits)), FileReport("b", "app", Unplaced.of([]))])
    assert report.summary().edits == 1
    assert report.summary().changed == 1
    with pytest.raises(LookupError, match="not placed"):
        list(report.files[0].edits)


def test_without_takes_out_findings_and_keeps_edits() -> None:
    left = REPORT.without({"bad", "rename"})
    assert left.summary().errors == 0
    assert left.summary().edits == 2
    assert REPORT.without(()) is REPORT


@pytest.mark.parametrize(
    "report,fail_on,changes_count,code",
    [
        (Report([]), Severity.ERROR, True, ExitCode.DONE),
        (Report([FileReport("a", "app", [EDIT])]), Severity.INFO, False, ExitCode.DONE),
        (Report([FileReport("a", "app", [EDIT])]), None, True, ExitCode.FOUND),
        (Report([FileReport("a", "app", [], [WARNING])]), Severity.ERROR, False, ExitCode.DONE),
        (Report([FileReport("a", "app", [], [WARNING])]), Severity.WARNING, False, ExitCode.FOUND),
        (Report([FileReport("a", "app", [], [ERROR])]), Severity.INFO, False, ExitCode.FOUND),
        (Report([FileReport("a", "app", [], [ERROR])]), None, True, ExitCode.DONE),
        (REPORT, Severity.ERROR, True, ExitCode.UNREADABLE),
    ],
)
def test_exit_code(report: Report, fail_on: Severity | None, changes_count: bool, code: ExitCode) -> None:
    assert report.exit_code(fail_on, changes_count=changes_count) is code


def test_the_error_of_a_file_keeps_its_code_and_place() -> None:
    error = FileError.of(InputError("m", path="a", line=1, column=2))
    assert error == FileError("m", 1, 2, ExitCode.UNREADABLE)
    failed = FileReport("a", "app", [EDIT], error=FileError("full", exit_code=ExitCode.UNWRITTEN))
    assert not failed.changed
    assert Report([failed]).exit_code(None, changes_count=True) is ExitCode.UNWRITTEN
