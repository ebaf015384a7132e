"""The report as lines of text."""

from __future__ import annotations

import pytest

from calico_core.findings import Finding, Severity
from calico_core.formats.text import lines, summary
from calico_core.report import EditRecord, FileError, FileReport, Report, Summary, Unplaced


def shown(file: FileReport, *, edits: bool = True) -> list[str]:
    return [str(line) for line in lines(Report([file]), edits=edits)]


@pytest.mark.parametrize(
    "edit,words",
    [
        (EditRecord("/n/0/name", 2, 3, "dcos", "calico", "r"), '"dcos" becomes "calico" at /n/0/name'),
        (EditRecord("/n", 2, 3, None, {"a": "é"}, "r", "add"), '{"a": "é"} is inserted at /n'),
        (EditRecord("/n/1", 2, 3, {"a": 1}, None, "r", "remove"), '{"a": 1} is taken out at /n/1'),
        (EditRecord("", 2, 3, "/app", None, "r", "move"), "the wrapper around /app is taken off"),
    ],
)
def test_edits(edit: EditRecord, words: str) -> None:
    assert shown(FileReport("a.json", "app", [edit])) == [f"a.json:2:3: r: {words}"]
    assert shown(FileReport("a.json", "app", [edit]), edits=False) == []


def test_findings_with_and_without_a_place() -> None:
    findings = [
        Finding("odd", Severity.WARNING, "is odd", "mend it", 1, 2),
        Finding("note", Severity.INFO, "is so"),
    ]
    assert shown(FileReport("-", "app", [], findings)) == [
        "-:1:2: odd: warning: is odd; mend it",
        "-: note: info: is so",
    ]


def test_each_line_names_what_it_is_about() -> None:
    edit = EditRecord("/n/0/name", 2, 3, "dcos", "calico", "r", id="/shop/web")
    finding = Finding("odd", Severity.WARNING, "is odd", "mend it", 1, 2, id="a\nb")
    assert shown(FileReport("a.json", "list", [edit], [finding])) == [
        'a.json:2:3: r: "dcos" becomes "calico" at /n/0/name [/shop/web]',
        "a.json:1:2: odd: warning: is odd; mend it [a\\x0ab]",
    ]


def test_an_error_takes_the_place_of_edits() -> None:
    edit = EditRecord("/a", 1, 1, 1, 2, "r")
    file = FileReport("a.json", "unknown", [edit], error=FileError("is not JSON", 3, 4))
    assert shown(file) == ["a.json:3:4: error: is not JSON"]


def test_errors_alone() -> None:
    edit = EditRecord("/a", 1, 1, 1, 2, "r")
    findings = [Finding("odd", Severity.WARNING, "is odd"), Finding("bad", Severity.ERROR, "is bad")]
    files = [
        FileReport("a.json", "app", [edit], findings),
        # Nobody asks where these stand.
        FileReport("b.json", "app", Unplaced(1), error=FileError("is no JSON")),
        FileReport("c.json", "app", Unplaced(1)),
    ]
    assert [str(line) for line in lines(Report(files), edits=True, errors_only=True)] == [
        "a.json: bad: error: is bad",
        "b.json: error: is no JSON",
    ]


def test_summary() -> None:
    assert summary(Summary(1, 1, 1, 0, 1, 2, 0, 0), done=False) == (
        "1 file: 1 to change (1 edit), 0 errors, 1 warning, 2 infos"
    )
    assert summary(Summary(5, 2, 3, 1, 0, 0, 1, 2), done=True) == (
        "5 files: 2 changed (3 edits), 1 error, 0 warnings, 0 infos, 2 skipped, 1 failed"
    )
