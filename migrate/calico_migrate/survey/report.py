"""A survey in the shapes that programs read: JSON of its own, the project's report, CSV."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from calico_core.report import FileError, FileReport, Report
from calico_core.rules import checks
from calico_migrate.survey import progress
from calico_migrate.survey.place import Place, State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from calico_core.findings import Finding
    from calico_migrate.configuration.run import Configured
    from calico_migrate.survey.comparing import Changes
    from calico_migrate.survey.place import Survey

COLUMNS = ("path", "line", "column", "pointer", "id", "network", "state", "how", "text", "owner", "settled")
"""The members of a place in a report, and the columns of the CSV."""

# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_json(survey: Survey, changes: Changes | None = None) -> dict[str, Any]:
    """The JSON report; ``changes`` are those against an earlier one."""
    report: dict[str, Any] = {
        "version": 1,
        "summary": progress.summary(survey),
        "places": [_place(place) for place in survey.places],
        "unread": [{"path": unread.path, "reason": unread.reason} for unread in survey.unread],
    }
    if changes is not None:
        report["changes"] = {
            "moved": changes.moved,
            "new": [_place(place) for place in changes.new],
            "back": [_place(place) for place in changes.back],
        }
    return report


def to_report(survey: Survey) -> Report:
    """The places that are not settled as findings, file by file; what could not be read as errors."""
    return Report([*_files(place for place in survey.places if place.settled is None), *_errors(survey)])


def settled(survey: Survey, configured: Configured) -> tuple[Survey, Report]:
    """The survey with what a configuration settles marked, and the report of the rest."""
    places = [place for place in survey.places if place.state not in (State.DONE, State.MENTION)]
    asked = _files(places)
    left = configured.report(Report([*asked, *_errors(survey)]))
    unsettled = {id(finding) for file in left.files for finding in file.findings}
    by_path: dict[str, list[Finding]] = {file.path: list(file.findings) for file in asked}
    marked = []
    for place in survey.places:
        if place.state not in (State.DONE, State.MENTION):
            finding = by_path[place.path].pop(0)
            if id(finding) not in unsettled:
                place = place._replace(settled=configured.reason(finding))
        marked.append(place)
    return survey._replace(places=marked), left


def _files(places: Iterable[Place]) -> list[FileReport]:
    """A report for each file with its places as findings, in their order."""
    kinds: dict[str, str] = {}
    found: dict[str, list[Finding]] = {}
    for place in places:
        kinds.setdefault(place.path, place.kind)
        found.setdefault(place.path, []).extend(told(place))
    return [FileReport(path, kinds[path], findings=found[path]) for path in sorted(found)]


def _errors(survey: Survey) -> list[FileReport]:
    return [
        FileReport(unread.path, "unknown", error=FileError(f"cannot be surveyed: {unread.reason}"))
        for unread in survey.unread
        if unread.is_error
    ]


def told(place: Place) -> list[Finding]:
    """What is said of a place."""
    return [finding for check in checks("calico_migrate.survey.rules", Place) for finding in check(place)]


def to_csv(places: Iterable[Place]) -> str:
    """A table for a spreadsheet or a ticket tool; no cell is a formula."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for place in places:
        if place.state is not State.MENTION:
            writer.writerow([_cell(value) for value in _place(place, whole=True).values()])
    return stream.getvalue()


def _place(place: Place, *, whole: bool = False) -> dict[str, Any]:
    values = {column: getattr(place, column) for column in COLUMNS}
    values["state"] = place.state.value
    if not whole and place.settled is None:
        del values["settled"]
    return values


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
