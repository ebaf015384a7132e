"""``calico-migrate package --release``: plans, writes and reports the new releases of packages."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from calico_core import sources, writing
from calico_core.errors import CalicoMigrateError, InputError, OutputError, UsageError
from calico_core.exits import ExitCode, strongest
from calico_core.findings import in_order
from calico_core.formats import text as text_format
from calico_core.legible import encoded
from calico_core.report import FileError, FileReport, Report, records
from calico_migrate.cli import output
from calico_migrate.cli.options import Format
from calico_migrate.cli.package.rewrite import write_overlays
from calico_migrate.package.options.overlays import Overlay, overlay_of
from calico_migrate.package.release import planning as releasing
from calico_migrate.package.release.publishing import publish
from calico_migrate.package.rules import build_tags
from calico_migrate.package.units import LARGEST, is_wanted, units
from calico_migrate.package.universe import content as parts
from calico_migrate.package.universe.content import Content
from calico_migrate.package.working import WorkSettings, work
from calico_migrate.rewriting.inputs import gather

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_core.findings import Finding
    from calico_migrate.cli.reporting import ReportOptions
    from calico_migrate.package.release.planning import ReleaseSettings
    from calico_migrate.package.units import Unit
    from calico_migrate.rewriting.destination import Destination
    from calico_migrate.rewriting.outcome import Outcome


class ReleaseRun:
    """One run of ``--release`` over its paths."""

    def __init__(
        self,
        destination: Destination,
        options: ReportOptions,
        settings: ReleaseSettings,
        repository: str | None,
        options_directory: str | None,
        *,
        skip_unknown: bool,
    ) -> None:
        self._destination = destination
        self._options = options
        self._settings = settings
        self._repository = repository
        self._options_directory = options_directory
        self._work = WorkSettings(
            settings.network_map, skip_unknown=skip_unknown, options_directory=options_directory
        )
        self._reports: list[FileReport] = []
        self._overlays: list[Overlay] = []
        self._entries: list[str] = []
        self._dry = not destination.write and destination.output is None

    def over(self, paths: Sequence[str]) -> ExitCode:
        """Builds and reports the releases of everything behind the paths; answers the exit code."""
        self._destination.validate(paths)
        inputs = gather(paths, is_wanted)
        if self._repository is not None:
            target = os.path.realpath(self._repository)
            if any(os.path.realpath(entry.path) == target for entry in inputs.files):
                raise UsageError(f"--repository {self._repository} is an input; choose another file")
        self._reports.extend(inputs.failures)
        for unit in self._chosen(units(inputs.files)):
            if unit.number is None:
                self._in_place(unit)
            else:
                self._release(unit)
        codes = [self._show()]
        if not self._destination.check and not self._destination.diff:
            codes.append(self._write_extras())
        if all(report.skipped for report in self._reports):
            output.write("calico-migrate: no definition of a package found\n", sys.stderr)
            codes.append(ExitCode.UNREADABLE)
        return strongest(codes)

    def _chosen(self, found: Sequence[Unit]) -> list[Unit]:
        """The release of each package to build from, and whatever is no release of a Universe."""
        wanted = self._settings.from_release
        if wanted is None:
            return [unit for unit in found if unit.number is None or unit.is_newest]
        chosen = [unit for unit in found if unit.number is None or unit.number == wanted]
        have = {os.path.dirname(unit.directory) for unit in chosen}
        missing = {os.path.dirname(unit.directory) for unit in found if unit.number is not None} - have
        for directory in sorted(missing):
            error = InputError(f"this package has no release {wanted}; name one that it has with --from")
            self._reports.append(FileReport(directory, "unknown", error=FileError.of(error)))
        return chosen

    def _release(self, unit: Unit) -> None:
        texts: dict[str, str] = {}
        errors: dict[str, InputError] = {}
        for part, entry in unit.parts.items():
            try:
                texts[part] = sources.read(entry.path, limit=LARGEST).text
            except InputError as error:  # noqa: PERF203
                errors[part] = error
        package = os.path.dirname(os.path.abspath(unit.directory))
        content = Content(texts, errors)
        number = unit.number or 0
        built = releasing.build(
            content,
            number,
            self._settings,
            taken=releasing.numbers_in(package),
            versions=releasing.versions_in(package),
        )
        overlay = overlay_of(built.result, number)
        findings = built.findings
        if overlay is not None:
            self._overlays.append(overlay)
            findings.setdefault(parts.CONFIG, []).append(overlay.finding(self._options_directory))
        failed: CalicoMigrateError | None = None
        if built.release is not None:
            place = self._place(unit, built.release.number)
            try:
                if not self._dry:
                    publish(unit.directory, place, built.release.texts)
                self._entries.append(built.release.entry(content))
            except OutputError as error:
                failed = error
            self._tell_release(content, built.release, place, findings, failed)
            return
        self._tell_none(unit, findings, built.result.errors)

    def _place(self, unit: Unit, number: int) -> str:
        """Where the new release goes: beside the old one, or at the same place below the output."""
        if self._destination.output is None:
            return os.path.normpath(os.path.join(unit.directory, os.pardir, str(number)))
        below = os.path.dirname(next(iter(unit.parts.values())).below)
        return os.path.join(self._destination.output, os.path.dirname(below), str(number))

    def _tell_release(
        self,
        content: Content,
        release: releasing.Release,
        place: str,
        findings: dict[str, list[Finding]],
        failed: CalicoMigrateError | None,
    ) -> None:
        for part in parts.PARTS:
            edits = release.edits.get(part, [])
            told = in_order(findings.get(part, []))
            if part not in content.texts or not (edits or told):
                continue
            text = content.texts[part]
            path = os.path.join(place, part)
            report = FileReport(
                path,
                {parts.CONFIG: "config", parts.TEMPLATE: "template"}.get(part, "unknown"),
                records(text, edits),
                told,
                FileError.of(failed) if failed is not None and part == parts.PACKAGE else None,
                patchable=part != parts.TEMPLATE,
            )
            self._reports.append(report)
            if self._destination.diff and self._options.format is Format.TEXT and edits and failed is None:
                from calico_core.diffs import unified_diff

                output.show_diff(unified_diff(report.path, text, edits), self._options)

    def _tell_none(
        self, unit: Unit, findings: dict[str, list[Finding]], errors: dict[str, CalicoMigrateError]
    ) -> None:
        for part, entry in unit.parts.items():
            error = errors.get(part)
            told = in_order(findings.get(part, []))
            if told or error is not None or part == parts.PACKAGE:
                kind = {parts.CONFIG: "config", parts.TEMPLATE: "template"}.get(part, "unknown")
                self._reports.append(
                    FileReport(entry.path, kind, (), told, FileError.of(error) if error is not None else None)
                )

    def _in_place(self, unit: Unit) -> None:
        """A source tree or a file: edited as without ``--release``."""
        result = work(unit, self._work)
        self._overlays.extend(result.overlays)
        for outcome in result.outcomes:
            report = outcome.report
            if self._repository is not None and report.kind == "config":
                finding = build_tags.finding()
                report = report._replace(findings=[*report.findings, finding])
            if self._repository is not None and outcome.text is not None and report.kind == "repository":
                told = self._release_entries(report.path, outcome.text)
                report = report._replace(findings=in_order([*report.findings, *told]))
            if outcome.after is not None and report.error is None and not self._dry:
                try:
                    self._write(outcome)
                except OutputError as error:
                    report = report._replace(error=FileError.of(error, report.path))
            self._reports.append(report)

    def _release_entries(self, path: str, text: str) -> list[Finding]:
        """Builds the releases of a repository file's packages, which go into the new repository file."""
        from calico_migrate.package import repository

        listed = list(repository.entries(text))
        wanted = self._settings.from_release
        chosen = repository.newest(listed) if wanted is None else [e for e in listed if e.number == wanted]
        have = {entry.content.name for entry in chosen}
        for name in sorted({entry.content.name for entry in listed} - have):
            error = InputError(f"{name} has no release {wanted}; name one that it has with --from")
            self._reports.append(FileReport(path, "repository", error=FileError.of(error)))
        told = []
        for entry in chosen:
            same = [other for other in listed if other.content.name == entry.content.name]
            content = entry.released
            built = releasing.build(
                content,
                entry.number or 0,
                self._settings,
                taken={other.number or 0 for other in same},
                versions={other.content.version for other in same},
            )
            # Everything else is told by the rewriting of the file itself.
            known = {finding.rule for found in built.result.findings.values() for finding in found}
            told += [
                (entry, finding)
                for found in built.findings.values()
                for finding in found
                if finding.rule not in known
            ]
            failure = built.result.errors.get(parts.PACKAGE)
            if built.release is not None:
                self._entries.append(built.release.entry(content))
            elif failure is not None:
                failed = type(failure)(f"{entry.shown}: {failure}")
                self._reports.append(FileReport(path, "repository", error=FileError.of(failed)))
        return repository.placed(text, told)

    def _write(self, outcome: Outcome) -> None:
        data = encoded(outcome.after or "")
        if self._destination.output is None:
            writing.replace(outcome.input.path, data, expected=outcome.fingerprint)
        else:
            place = os.path.join(self._destination.output, outcome.input.below)
            writing.create(place, data, inside=self._destination.output)

    def _show(self) -> ExitCode:
        options = self._options
        report = options.settled(Report(self._reports))
        if options.format is not Format.TEXT:
            output.show_report(report, options)
        else:
            stream = sys.stdout if self._dry and not self._destination.diff else sys.stderr
            planning = self._dry and not self._destination.diff
            output.show_lines(text_format.lines(report, edits=planning), options, stream)
            output.show_summary(report, options, stream, done=not self._dry)
        return report.exit_code(options.fail_on.severity, changes_count=self._destination.check)

    def _write_extras(self) -> ExitCode:
        """The repository file and the overlays."""
        codes = [ExitCode.DONE]
        if self._options_directory is not None:
            codes.append(write_overlays(self._overlays, self._options_directory))
        if self._repository is not None:
            try:
                text = releasing.repository_text(self._entries)
                writing.create(self._repository, encoded(text))
            except OutputError as error:
                output.write(f"calico-migrate: {error}\n", sys.stderr)
                codes.append(ExitCode.UNWRITTEN)
        return strongest(codes)
