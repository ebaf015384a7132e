"""The output modes of the rewriting commands: standard output, diffs, in place, elsewhere, check."""

from __future__ import annotations

import os
import sys
from functools import cached_property
from typing import TYPE_CHECKING

from calico_core.errors import CalicoMigrateError, InputError, InternalError, OutputError
from calico_core.exits import ExitCode, strongest
from calico_core.legible import encoded, escaped
from calico_core.report import FileError, FileReport, Report
from calico_migrate.cli import output, terminal
from calico_migrate.cli.reporting import Format
from calico_migrate.rewriting.inputs import gather

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from rich.console import Console

    from calico_core.syncing import Unsynced
    from calico_migrate.cli.reporting import ReportOptions
    from calico_migrate.rewriting.destinations import Destination
    from calico_migrate.rewriting.inputs import Input, Inputs
    from calico_migrate.rewriting.outcome import Outcome

    Process = Callable[[Sequence[Input]], Iterable[Outcome]]

# From when on a run is long enough for a bar, and a file (bytes) for a sign of life.
_MANY_FILES = 20
_LARGE = 10_000_000


class Run:
    """One run of a rewriting command over its inputs.

    ``process`` turns inputs into outcomes, in any order; ``withhold`` keeps a document from standard
    output and from its file when findings at or above ``--fail-on`` remain, and when nothing changes
    (``--for-update``).
    """

    def __init__(
        self,
        destination: Destination,
        options: ReportOptions,
        process: Process,
        *,
        withhold: bool = False,
        nothing_found: str | None = "no definition found",
    ) -> None:
        self._destination = destination
        self._options = options
        self._process = process
        self._withhold = withhold
        self._nothing_found = nothing_found
        self._held = False
        # With -o: which report tells of each file that was written.
        self._told: dict[str, int] = {}
        self._idle = False
        self._ignored = 0
        # Files of which another name keeps the old bytes.
        self._split: list[str] = []

    def over(self, paths: Sequence[str], wanted: Callable[[str], bool]) -> ExitCode:
        """Reads, rewrites and shows everything behind ``paths``; answers the exit code."""
        self._destination.validate(paths)
        inputs = self._included(gather(paths, wanted))
        places = self._places(inputs)
        reports = list(inputs.failures)
        for outcome in self._shown_progress(inputs):
            try:
                report = self._finish(outcome, inputs, places, len(reports))
            except CalicoMigrateError:
                raise
            except Exception as error:
                # The others go on.
                caught = InternalError.of(error)
                report = outcome.report._replace(error=FileError.of(caught))
            reports.append(report)
        if self._destination.output is not None:
            self._complete(inputs, self._destination.output, reports)
        result = self._options.configured.finished(Report(reports, ignored_findings=self._ignored))
        self._show(result)
        notes = [f"{path} has another name (a hard link), which keeps the old bytes" for path in self._split]
        terminal.show_notes(map(escaped, notes), quiet=self._options.quiet)
        if self._held and not (self._destination.check or self._destination.diff):
            level = self._options.fail_on.value
            reason = f"because of a finding at or above --fail-on {level}"
            terminal.write(f"calico-migrate: the document is held back, {reason}\n", sys.stderr)
        elif self._idle and not self._held and not self._options.quiet:
            terminal.write("calico-migrate: nothing changes, so that nothing is handed out\n", sys.stderr)
        return self._exit_code(result, inputs)

    @cached_property
    def _unsynced(self) -> Unsynced:
        """With -o: what waits for its sync."""
        from calico_core.syncing import Unsynced

        return Unsynced()

    def _without(self, outcome: Outcome, rules: Collection[str]) -> Outcome:
        """An outcome without the findings of the rules, which are counted."""
        report = Report([outcome.report]).without(rules)
        self._ignored += report.ignored_findings
        return outcome._replace(report=report.files[0])

    def _complete(self, inputs: Inputs, directory: str, reports: list[FileReport]) -> None:
        """Copies what else is in the trees, and waits until everything is on the disk."""
        from calico_migrate.rewriting.destinations import carry_over

        known = {report.path for report in reports if report.error is not None}
        left = [
            error
            for error in carry_over(inputs, directory, self._told, self._unsynced)
            if error.path not in known
        ]
        for error in self._unsynced.sync():
            number = self._told.get(os.path.normpath(error.path or ""))
            if number is None:
                left.append(error)
            elif reports[number].error is None:
                reports[number] = reports[number]._replace(error=FileError.of(error, reports[number].path))
        reports += [FileReport(error.path or "", "unknown", error=FileError.of(error)) for error in left]

    def _included(self, inputs: Inputs) -> Inputs:
        """The inputs without what the configuration leaves out of directories."""
        excludes = self._options.configured.excludes
        return inputs._replace(
            files=[entry for entry in inputs.files if entry.named or not excludes(entry.path)]
        )

    def _outcomes(self, inputs: Inputs) -> Iterator[Outcome]:
        """What became of each input, without what is ignored or settled."""
        ignored = self._options.ignore
        outcomes: Iterable[Outcome] = self._process(inputs.files)
        if ignored:
            outcomes = (self._without(outcome, ignored) for outcome in outcomes)
        return self._options.configured.outcomes(outcomes)

    def _places(self, inputs: Inputs) -> dict[str, str]:
        if self._destination.output is not None:
            from calico_migrate.rewriting.destinations import assign

            return assign(inputs, self._destination.output)
        if self._destination.write:
            return {entry.path: entry.path for entry in inputs.files}
        return {}

    def _finish(self, outcome: Outcome, inputs: Inputs, places: dict[str, str], number: int) -> FileReport:
        """Writes or prints one result; the report, which gets this number, says where that failed."""
        report = outcome.report
        held = (
            self._withhold and Report([report]).exit_code(self._options.fail_on.severity) is not ExitCode.DONE
        )
        self._held |= held and report.error is None
        if self._withhold and not report.edits and report.error is None and not report.skipped:
            # Nothing to change is nothing to send.
            self._idle = True
            return report
        place = places.get(outcome.input.path)
        if place is not None:
            try:
                if self._destination.write:
                    self._rewrite(outcome, held)
                elif not held and self._write_elsewhere(outcome, place, inputs):
                    self._told[os.path.normpath(place)] = number
            except OutputError as error:
                return report._replace(error=FileError.of(error, report.path))
        elif self._options.format is Format.TEXT and outcome.text is not None and report.error is None:
            if self._destination.diff or (not self._destination.check and not inputs.single):
                self._show_diff(outcome)
            elif not self._destination.check and not held and not report.skipped:
                terminal.write_exact(outcome.text if outcome.after is None else str(outcome.after))
        return report

    def _rewrite(self, outcome: Outcome, held: bool) -> None:
        if outcome.after is not None and outcome.report.error is None and not held:
            from calico_core import writing

            data = map(encoded, outcome.after.parts())
            if writing.replace(outcome.input.path, data, expected=outcome.fingerprint):
                self._split.append(outcome.input.path)

    def _write_elsewhere(self, outcome: Outcome, place: str, inputs: Inputs) -> bool:
        """Writes the result, and the old bytes of a file among several that was refused.

        Answers whether anything was written. What cannot even be read is not there to be written.
        """
        from calico_core import sources, writing
        from calico_migrate.rewriting.destinations import mode_of

        refused = outcome.report.error is not None
        if refused and inputs.single:
            return False
        data: writing.Content
        if outcome.after is not None and not refused:
            data = map(encoded, outcome.after.parts())
        elif outcome.text is not None:
            data = encoded(outcome.text)
        else:
            try:
                data, _ = sources.read_bytes(outcome.input.path)
            except InputError:
                return False
        inside = None if inputs.single else self._destination.output
        writing.create(place, data, mode=mode_of(outcome.input), inside=inside, unsynced=self._unsynced)
        return True

    def _show_diff(self, outcome: Outcome) -> None:
        from calico_core.diffs import unified_diff

        if outcome.text is not None and outcome.edits:
            diff = unified_diff(outcome.input.path, outcome.text, outcome.edits, outcome.lines)
            if self._destination.redact:
                from calico_core.secrets import blotted_diff

                diff = blotted_diff(diff, outcome.text)
            output.show_diff(diff, self._options)

    def _show(self, report: Report) -> None:
        checking = self._destination.check and not self._destination.diff
        stream = sys.stdout if checking else sys.stderr
        done = (self._destination.write or self._destination.output is not None) and not self._held
        output.show(report, self._options, stream, edits=checking, done=done)

    def _exit_code(self, report: Report, inputs: Inputs) -> ExitCode:
        codes = [
            report.exit_code(self._options.fail_on.severity, changes_count=self._destination.check),
        ]
        if self._idle:
            codes.append(ExitCode.UNCHANGED)
        found = [file for file in report.files if not file.skipped and file.path != report.configuration]
        if not found and self._nothing_found and (inputs.directories or not report.files):
            places = ", ".join(map(escaped, inputs.directories))
            terminal.write(f"calico-migrate: {self._nothing_found} in {places}\n", sys.stderr)
            codes.append(ExitCode.UNREADABLE)
        return strongest(codes)

    def _shown_progress(self, inputs: Inputs) -> Iterator[Outcome]:
        """The outcomes; on a terminal with a bar for many files, or a sign of life for large ones."""
        outcomes = self._outcomes(inputs)
        many = len(inputs.files) > _MANY_FILES
        if self._options.quiet or not sys.stderr.isatty() or not (many or _size(inputs) > _LARGE):
            yield from outcomes
            return
        from rich.progress import track

        console = terminal.live_console(sys.stderr)
        if many:
            yield from track(
                outcomes, description="Reading", total=len(inputs.files), console=console, transient=True
            )
            return
        yield from _awaited(outcomes, inputs, console)


def _awaited(outcomes: Iterable[Outcome], inputs: Inputs, console: Console) -> Iterator[Outcome]:
    """The outcomes, each awaited under a line that says which file is being read."""
    from rich.text import Text

    pending = iter(outcomes)
    for number in range(1, len(inputs.files) + 2):
        named = f"{number} of {len(inputs.files)}" if len(inputs.files) > 1 else inputs.files[0].path
        with console.status(Text(f"Reading {escaped(named)}")):
            outcome = next(pending, None)
        if outcome is None:
            return
        yield outcome


def _size(inputs: Inputs) -> int:
    """The size of all files in bytes, as far as it is known before they are read."""
    sizes = (os.path.getsize(entry.path) for entry in inputs.files if os.path.isfile(entry.path))
    return sum(sizes)
