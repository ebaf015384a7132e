"""``--format text``: a line per edit and finding, and a summary; for terminals and pipes alike."""

# No annotations as texts here: `NamedTuple` would compile each at every start.
from collections.abc import Iterator
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from calico_core.findings import Severity
from calico_core.report import EditRecord, FileReport, Report, Summary


class Line(NamedTuple):
    """One line of the report: its text without colour, its severity where it has one, and its hint.

    ``id`` is the app, pod, job, pool or package that it speaks of.
    """

    place: str
    rule: str
    message: str
    severity: Severity | None
    hint: str
    id: str | None = None

    def __str__(self) -> str:
        place, rule, message, severity, hint, identity = self
        shown = named(f"{message}; {hint}" if hint else message, identity)
        if severity is not None:
            shown = f"{severity.value}: {shown}"
        return f"{place}: {rule}: {shown}" if rule else f"{place}: {shown}"


def lines(report: Report, *, edits: bool, errors_only: bool = False) -> Iterator[Line]:
    """The report's lines: for each file its error, its edits where ``edits`` is set, and its findings.

    With ``errors_only`` all that is no error is left out, which edits are not. What comes from files (paths,
    names, labels) cannot move a terminal's cursor or begin another line.
    """
    for file in report.files:
        for line in _of_file(file, edits=edits and not errors_only, errors_only=errors_only):
            if f"{line.place}{line.message}{line.hint}{line.id or ''}".isprintable():
                yield line
            else:
                yield _legible(line)


def _legible(line: Line) -> Line:
    from calico_core.legible import escaped

    return line._replace(
        place=escaped(line.place),
        message=escaped(line.message),
        hint=escaped(line.hint),
        id=None if line.id is None else escaped(line.id),
    )


def _of_file(file: FileReport, *, edits: bool, errors_only: bool) -> Iterator[Line]:
    if file.error is not None:
        place = _place(file.path, file.error.line, file.error.column)
        yield Line(place, "", file.error.message, Severity.ERROR, "")
    elif edits:
        for edit in file.edits:
            place = _place(file.path, edit.line, edit.column)
            yield Line(place, edit.rule, located_change(edit), None, "", edit.id)
    for finding in file.findings:
        if errors_only and finding.severity is not Severity.ERROR:
            continue
        place = _place(file.path, finding.line, finding.column)
        yield Line(place, finding.rule, finding.message, finding.severity, finding.hint, finding.id)


def _place(path: str, line: int | None, column: int | None) -> str:
    if line is None:
        return path
    return f"{path}:{line}" if column is None else f"{path}:{line}:{column}"


def named(words: str, identity: str | None) -> str:
    """Words with the name of what they speak of, in brackets behind them."""
    return words if identity is None else f"{words} [{identity}]"


def change(edit: EditRecord) -> str:
    """What an edit does, in words, without its place."""
    if edit.operation == "move":
        return f"the wrapper around {edit.old} is taken off"
    old, new = _shown(edit.old), _shown(edit.new)
    if edit.operation == "remove":
        return f"{old} is taken out"
    if edit.operation == "add":
        return f"{new} is inserted"
    return f"{old} becomes {new}"


def located_change(edit: EditRecord) -> str:
    """What an edit does, in words, and the pointer of its place."""
    return change(edit) if edit.operation == "move" else f"{change(edit)} at {edit.pointer}"


def _shown(value: Any) -> str:
    """A JSON value as text; names, which most values are, without the cost of an encoder of their own."""
    if isinstance(value, str):
        return encode_basestring(value)
    from calico_core.json.printing import printed

    return printed(value)


def summary(totals: Summary, *, done: bool | None) -> str:
    """The totals in one sentence.

    ``done`` says whether the changes have been written; None is for a command that changes nothing.
    """
    parts = [
        count(totals.errors, "error"),
        count(totals.warnings, "warning"),
        count(totals.infos, "info"),
    ]
    files = count(totals.files, "file")
    if done is not None:
        change = "changed" if done else "to change"
        parts.insert(0, f"{files}: {totals.changed} {change} ({count(totals.edits, 'edit')})")
    else:
        parts.insert(0, files)
    if totals.skipped:
        parts.append(f"{totals.skipped} skipped")
    if totals.failed:
        parts.append(f"{totals.failed} failed")
    return ", ".join(parts)


def settled(report: Report) -> str:
    """How much was settled, and by which file; empty where there is nothing to say."""
    by = f" by {report.configuration}" if report.configuration is not None else ""
    if report.settled_findings or report.settled_edits:
        parts = [count(report.settled_findings, "finding")] if report.settled_findings else []
        parts += [count(report.settled_edits, "edit")] if report.settled_edits else []
        return f"; {' and '.join(parts)} settled{by or ' where they stand'}"
    return f"; with {report.configuration}" if by else ""


def hidden(report: Report, fail_on: Severity | None) -> str:
    """What the exit code and the lines do not show: ignored findings, and those that do not count."""
    said = f"; {count(report.ignored_findings, 'finding')} ignored" if report.ignored_findings else ""
    if fail_on is None:
        below = sum(len(file.findings) for file in report.files)
        return said + (f"; {count(below, 'finding')} not counted: --fail-on never" if below else "")
    return said


def statistics(report: Report) -> str:
    """How often each rule speaks, a line each."""
    counts = report.statistics()
    width = len(str(max(counts.values(), default=0)))
    return "".join(f"{number:>{width}} {rule}\n" for rule, number in counts.items())


def count(number: int, noun: str) -> str:
    """A number with its noun: ``1 file``, ``2 files``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
