"""One run of releases over the units of its inputs: plans and writes them, and says what became of each."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from calico_core import sources, writing
from calico_core.errors import CalicoMigrateError, InputError, OutputError
from calico_core.findings import in_order
from calico_core.legible import encoded
from calico_core.report import FileError, FileReport, records
from calico_migrate.package.options.overlays import Overlay, overlay_of
from calico_migrate.package.release import planning as releasing
from calico_migrate.package.release.publishing import publish
from calico_migrate.package.results import WorkSettings
from calico_migrate.package.rules import build_tags
from calico_migrate.package.units import LARGEST
from calico_migrate.package.universe import parts
from calico_migrate.package.universe.content import Content
from calico_migrate.package.working import work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from calico_core.findings import Finding
    from calico_core.spans import Edit, Spliced
    from calico_migrate.package.release.planning import ReleaseSettings
    from calico_migrate.package.units import Unit
    from calico_migrate.rewriting.destinations import Destination
    from calico_migrate.rewriting.outcome import Outcome


class ReleaseRun:
    """One run of ``--release`` over its units.

    ``reports`` say what became of everything, ``overlays`` are the options that running services must be
    given, ``entries`` the releases for a repository file (``repository`` says whether one is wanted). With a
    destination that is neither in place nor elsewhere nothing is written. ``changed`` is called with the
    path, text and edits of each part of a release.
    """

    def __init__(
        self,
        destination: Destination,
        settings: ReleaseSettings,
        *,
        repository: bool = False,
        options_directory: str | None = None,
        skip_unknown: bool = False,
        changed: Callable[[str, str, Sequence[Edit]], None] | None = None,
    ) -> None:
        self.reports: list[FileReport] = []
        self.overlays: list[Overlay] = []
        self.entries: list[str] = []
        self.dry = not destination.write and destination.output is None
        self._destination = destination
        self._settings = settings
        self._repository = repository
        self._options_directory = options_directory
        self._changed = changed
        self._work = WorkSettings(
            settings.network_map, skip_unknown=skip_unknown, options_directory=options_directory
        )

    def over(self, found: Sequence[Unit]) -> None:
        """Builds the releases of all units."""
        for unit in self._chosen(found):
            if unit.number is None:
                self._in_place(unit)
            else:
                self._release(unit)

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
            self.reports.append(FileReport(directory, "unknown", error=FileError.of(error)))
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
            self.overlays.append(overlay)
            findings.setdefault(parts.CONFIG, []).append(overlay.finding(self._options_directory))
        failed: CalicoMigrateError | None = None
        if built.release is not None:
            place = self._place(unit, built.release.number)
            try:
                if not self.dry:
                    publish(unit.directory, place, built.release.texts)
                self.entries.append(built.release.entry(content))
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
            self.reports.append(report)
            if self._changed is not None and edits and failed is None:
                self._changed(report.path, text, edits)

    def _tell_none(
        self, unit: Unit, findings: dict[str, list[Finding]], errors: dict[str, CalicoMigrateError]
    ) -> None:
        for part, entry in unit.parts.items():
            error = errors.get(part)
            told = in_order(findings.get(part, []))
            if told or error is not None or part == parts.PACKAGE:
                kind = {parts.CONFIG: "config", parts.TEMPLATE: "template"}.get(part, "unknown")
                self.reports.append(
                    FileReport(entry.path, kind, (), told, FileError.of(error) if error is not None else None)
                )

    def _in_place(self, unit: Unit) -> None:
        """A source tree or a file: edited as without ``--release``."""
        result = work(unit, self._work)
        self.overlays.extend(result.overlays)
        for outcome in result.outcomes:
            report = outcome.report
            if self._repository and report.kind == "config":
                finding = build_tags.finding()
                report = report._replace(findings=[*report.findings, finding])
            if self._repository and outcome.text is not None and report.kind == "repository":
                told = self._release_entries(report.path, outcome.text)
                report = report._replace(findings=in_order([*report.findings, *told]))
            if outcome.after is not None and report.error is None and not self.dry:
                try:
                    self._write(outcome, outcome.after)
                except OutputError as error:
                    report = report._replace(error=FileError.of(error, report.path))
            self.reports.append(report)

    def _release_entries(self, path: str, text: str) -> list[Finding]:
        """Builds the releases of a repository file's packages, which go into the new repository file."""
        from calico_migrate.package import repository

        listed = list(repository.entries(text))
        wanted = self._settings.from_release
        chosen = repository.newest(listed) if wanted is None else [e for e in listed if e.number == wanted]
        have = {entry.content.name for entry in chosen}
        for name in sorted({entry.content.name for entry in listed} - have):
            error = InputError(f"{name} has no release {wanted}; name one that it has with --from")
            self.reports.append(FileReport(path, "repository", error=FileError.of(error)))
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
                self.entries.append(built.release.entry(content))
            elif failure is not None:
                failed = type(failure)(f"{entry.shown}: {failure}")
                self.reports.append(FileReport(path, "repository", error=FileError.of(failed)))
        return repository.placed(text, told)

    def _write(self, outcome: Outcome, after: Spliced) -> None:
        data = map(encoded, after.parts())
        if self._destination.output is None:
            writing.replace(outcome.input.path, data, expected=outcome.fingerprint)
        else:
            place = os.path.join(self._destination.output, outcome.input.below)
            writing.create(place, data, inside=self._destination.output)
