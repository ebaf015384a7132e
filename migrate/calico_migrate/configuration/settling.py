"""What a configuration, a baseline and lines marked ``keep`` settle: findings, and edits that stay undone."""

from __future__ import annotations

import os
import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from calico_core import sources
from calico_core.errors import InputError
from calico_core.report import FileReport
from calico_migrate.configuration import globs
from calico_migrate.configuration.baseline import Key, counted
from calico_migrate.configuration.rules import accept_expired, accept_unused, keep_without_reason
from calico_migrate.rewriting.outcome import WHOLE, Part

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from calico_core.findings import Finding
    from calico_core.report import EditRecord, Report
    from calico_migrate.configuration.baseline import Baseline
    from calico_migrate.configuration.file import Accept, Configuration

_KEEP = re.compile(r"(?:#|//|\{\{!)\s*calico-migrate:\s*keep\b[ \t]*(.*)")
_KEEP_WORDS = "calico-migrate:"
_SURVEY = "survey-"


class Settled(NamedTuple):
    """How much was settled."""

    findings: int = 0
    edits: int = 0


class PlannedEdit(NamedTuple):
    """What a report does not tell of an edit: which others go with it, and all lines in which it edits."""

    part: Part
    lines: Collection[int]


class Settling:
    """What is settled in one run.

    Without a ``configuration`` and a ``baseline`` only lines marked ``keep`` are. ``today`` is the local day.
    With ``everything``, all that comes is settled and counted: it is about to become a baseline.
    """

    def __init__(
        self,
        configuration: Configuration | None = None,
        baseline: Baseline | None = None,
        today: date | None = None,
        *,
        everything: str | None = None,
    ) -> None:
        self.configuration = configuration
        self._baseline = baseline
        self._today = today or date.today()
        self._everything = everything
        self._left = dict(baseline.counts) if baseline is not None else {}
        self._used: set[int] = set()
        self._keys: list[Key] = []
        self.settled = Settled()
        self._is_survey = False
        # Why each finding was settled, by the finding itself.
        self.reasons: dict[int, str] = {}

    @property
    def is_idle(self) -> bool:
        """Whether nothing but a line marked ``keep`` can settle anything."""
        return self.configuration is None and self._baseline is None and self._everything is None

    def file(
        self,
        report: FileReport,
        text: str | None = None,
        plan: Callable[[], list[PlannedEdit]] | None = None,
    ) -> FileReport:
        """The report of a file without what is settled; ``text`` is the file's, where it is at hand.

        ``plan`` tells of each edit what a report does not; without it all edits go together.
        """
        if not report.findings and not report.edits:
            return report
        self._is_survey = self._is_survey or any(each.rule.startswith(_SURVEY) for each in report.findings)
        keeps = self._keeps(report, text)
        if keeps is None and self.is_idle:
            return report
        findings = [each for each in report.findings if not self._settles(report.path, each, keeps)]
        edits: Sequence[EditRecord] = report.edits
        planned = [PlannedEdit(WHOLE, {edit.line}) for edit in report.edits] if plan is None else plan()
        if report.error is None:
            edits = self._unsettled(report, planned, keeps)
        self.settled = Settled(
            self.settled.findings + len(report.findings) - len(findings),
            self.settled.edits + len(report.edits) - len(edits),
        )
        touched = {finding.line for finding in report.findings}.union(*(each.lines for each in planned))
        findings += self._told(keeps, touched)
        return report._replace(findings=findings, edits=edits)

    def report(self, report: Report) -> Report:
        """A report without what is settled, and with what is to be said of the configuration itself."""
        return report._replace(files=[*map(self.file, report.files), *self.closing()])

    def again(self, edits: int) -> None:
        """Counts further edits that are left out, because they go together with settled ones."""
        self.settled = self.settled._replace(edits=self.settled.edits + edits)

    def closing(self) -> list[FileReport]:
        """What is to be said of the configuration once everything was seen."""
        if self.configuration is None or self._everything is not None:
            return []
        said = [
            finding
            for number, entry in enumerate(self.configuration.accept)
            if (finding := self._of_entry(number, entry)) is not None
        ]
        return [FileReport(self.configuration.path, "unknown", findings=said)] if said else []

    def baseline_counts(self) -> dict[Key, int]:
        """What a new baseline holds."""
        return counted(self._keys)

    def excludes(self, path: str) -> bool:
        """Whether the configuration leaves a file out of directories."""
        if self.configuration is None or not self.configuration.exclude:
            return False
        below = _below(path, self.configuration.directory)
        return any(globs.path_pattern(glob).match(below) for glob in self.configuration.exclude)

    def _of_entry(self, number: int, entry: Accept) -> Finding | None:
        if entry.until is not None and entry.until < self._today:
            return accept_expired.finding(str(entry.until), entry.reason, entry.line)
        if number in self._used or not self._is_asked(entry):
            return None
        return accept_unused.finding(entry.reason, entry.line)

    def _is_asked(self, entry: Accept) -> bool:
        """Whether the run could have said what an entry is about: a survey, or another command."""
        return entry.rule is None or entry.rule.startswith(_SURVEY) == self._is_survey

    def _settles(self, path: str, finding: Finding, keeps: dict[int, str] | None) -> bool:
        """Whether a finding is settled: accepted, kept, or one of those that the baseline counts."""
        reason = self._reason(path, finding, keeps)
        if reason is not None:
            self.reasons[id(finding)] = reason
            return True
        if self._everything is not None:
            self._keys.append(self._key(path, finding))
            return True
        if self._baseline is None:
            return False
        key = self._key(path, finding)
        left = self._left.get(key, 0)
        self._left[key] = left - 1
        if left > 0:
            self.reasons[id(finding)] = "it stands in the baseline"
        return left > 0

    def _unsettled(
        self, report: FileReport, planned: Sequence[PlannedEdit], keeps: dict[int, str] | None
    ) -> list[EditRecord]:
        """The edits that are made: a part is made, or it stays."""
        groups: dict[Part, list[EditRecord]] = {}
        settled: set[Part] = set()
        kept = {line for line, reason in (keeps or {}).items() if reason}
        for edit, (part, lines) in zip(report.edits, planned, strict=True):
            groups.setdefault(part, []).append(edit)
            if self._accepted(report.path, edit) is not None or not kept.isdisjoint(lines):
                settled.add(part)
        for part, group in groups.items():
            if part not in settled and self._is_held(report.path, group):
                settled.add(part)
        incomplete = {part.definition for part in settled}
        settled |= {part for part in groups if part.network is None and part.definition in incomplete}
        return [edit for edit, (part, _) in zip(report.edits, planned, strict=True) if part not in settled]

    def _is_held(self, path: str, group: Sequence[EditRecord]) -> bool:
        """Whether a baseline settles edits that go together: the one that there is, or the new one."""
        if self._everything is not None:
            self._keys += [self._key(path, edit) for edit in group]
            return True
        return self._is_counted(path, group)

    def _is_counted(self, path: str, group: Sequence[EditRecord]) -> bool:
        """Whether the baseline has all edits that go together, and not one less."""
        if self._baseline is None:
            return False
        counts = counted(self._key(path, edit) for edit in group)
        fits = all(self._left.get(key, 0) >= count for key, count in counts.items())
        for key, count in counts.items():
            self._left[key] = self._left.get(key, 0) - count
        return fits

    def _reason(self, path: str, item: Finding, keeps: dict[int, str] | None) -> str | None:
        """Why somebody wants it to stay: what the line says, or the first entry that fits."""
        if keeps and item.line is not None and keeps.get(item.line):
            return keeps[item.line]
        return self._accepted(path, item)

    def _accepted(self, path: str, item: Finding | EditRecord) -> str | None:
        if self.configuration is None or not self.configuration.accept:
            return None
        below = _below(path, self.configuration.directory)
        found: str | None = None
        for number, entry in enumerate(self.configuration.accept):
            if (
                (entry.until is None or entry.until >= self._today)
                and (entry.rule is None or globs.name_pattern(entry.rule).match(item.rule))
                and (entry.path is None or globs.path_pattern(entry.path).match(below))
                and (
                    entry.id is None or (item.id is not None and globs.name_pattern(entry.id).match(item.id))
                )
            ):
                # Every entry that fits is used, so that none is called superfluous because of another.
                self._used.add(number)
                found = entry.reason if found is None else found
        return found

    def _key(self, path: str, item: Finding | EditRecord) -> Key:
        """Under which name the baseline counts something."""
        if self._everything is not None:
            directory = os.path.dirname(os.path.realpath(self._everything))
        else:
            directory = self._baseline.directory if self._baseline is not None else ""
        return Key(item.rule, _below(path, directory), item.id or "")

    @staticmethod
    def _keeps(report: FileReport, text: str | None) -> dict[int, str] | None:
        """The lines marked ``keep`` and their reasons; None where there is none, as in all JSON."""
        if report.patchable or (text is None and not os.path.isfile(report.path)):
            return None
        if text is None:
            try:
                text = sources.read(report.path).text
            except InputError:
                return None
        if _KEEP_WORDS not in text:
            return None
        found = {}
        for number, line in enumerate(text.splitlines(), 1):
            if _KEEP_WORDS in line and (match := _KEEP.search(line)) is not None:
                found[number] = match[1].rstrip("}").strip()
        return found or None

    @staticmethod
    def _told(keeps: dict[int, str] | None, touched: Collection[int | None]) -> list[Finding]:
        """A word for each line of those touched that asks to be kept and says no reason."""
        return [
            keep_without_reason.finding(line)
            for line, reason in (keeps or {}).items()
            if not reason and line in touched
        ]


def _below(path: str, directory: str) -> str:
    """A path as the globs of a directory see it."""
    if path == sources.STANDARD_INPUT:
        return path
    return os.path.relpath(os.path.realpath(path), directory).replace(os.sep, "/")
