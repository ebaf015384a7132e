"""Working on a package: reading its files and those of its framework, planning, judging, proving."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from calico_core import sources
from calico_core.errors import InputError
from calico_core.findings import in_order
from calico_core.report import FileReport
from calico_migrate.package import sdk
from calico_migrate.package.options.overlays import known_options, overlay_of
from calico_migrate.package.results import UnitResult
from calico_migrate.package.rules import archive_to_rebuild
from calico_migrate.package.single import beside, single, source_of
from calico_migrate.package.specification.variables import SpecificationFacts
from calico_migrate.package.units import LARGEST
from calico_migrate.package.universe import parts, reports
from calico_migrate.package.universe.content import Content
from calico_migrate.rewriting.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_core.findings import Finding
    from calico_core.sources import Source
    from calico_migrate.package.options.exported import Service
    from calico_migrate.package.options.overlays import Overlay
    from calico_migrate.package.results import WorkSettings
    from calico_migrate.package.units import Unit
    from calico_migrate.rewriting.inputs import Input

_VARIABLE = re.compile(r'"(\w+)"\s*:\s*"\{\{\{?&?\s*([^{}"]+?)\s*\}\}')
_PACKAGING = '"packagingVersion"'


def work_on_package(unit: Unit, settings: WorkSettings) -> UnitResult:
    """What becomes of a package's files, and of what else is in its framework's source."""
    return _PackageWork(unit, settings).result()


class _PackageWork:
    def __init__(self, unit: Unit, settings: WorkSettings) -> None:
        self.unit = unit
        self.settings = settings
        self.outcomes: list[Outcome] = []
        self.pending: list[tuple[Input, Source]] = []
        self.exports: list[tuple[Outcome, Sequence[Service]]] = []
        self.overlays: list[Overlay] = []
        self.facts: list[SpecificationFacts] = []
        self.sdk_version: sdk.SdkVersion | None = None

    def result(self) -> UnitResult:
        read: dict[str, Source] = {}
        errors: dict[str, InputError] = {}
        texts: dict[str, str] = {}
        for part, entry in self.unit.parts.items():
            source = _read(entry)
            if isinstance(source, InputError):
                errors[part] = source
            else:
                read[part], texts[part] = source, source.text
        if any(entry.named for entry in self.unit.parts.values()):
            aside, failures = beside(self.unit.directory, self.unit.parts)
            texts = {**aside, **texts}
            errors.update(failures)
        if parts.TEMPLATE not in self.unit.parts and _PACKAGING not in texts.get(parts.PACKAGE, _PACKAGING):
            return self._no_package()
        template = texts.get(parts.TEMPLATE, "")
        self._others(template)
        result = reports.examine(
            Content(texts, errors),
            self.settings.network_map,
            SpecificationFacts.sum(self.facts),
            proof=self.settings.proof,
            sdk_version=self.sdk_version,
        )
        extra: dict[str, list[Finding]] = {}
        overlay = overlay_of(result, self.unit.number) if self.unit.is_newest else None
        if overlay is not None:
            self.overlays.insert(0, overlay)
            extra[parts.CONFIG] = [overlay.finding(self.settings.options_directory)]
        self.outcomes[:0] = reports.outcomes(result, self.unit.parts, read, extra=extra)
        name = result.plan.content.name
        self.outcomes = [each._replace(report=each.report.about(name)) for each in self.outcomes]
        known = known_options(result)
        found = [known] if known is not None else []
        return UnitResult(self.outcomes, self.overlays, found, self.pending, self.exports)

    def _no_package(self) -> UnitResult:
        """Files of the same names that belong to something else, such as an npm package."""
        for entry in (*self.unit.parts.values(), *self.unit.others):
            found = single(entry, self.settings)
            self.outcomes.extend(found.outcomes)
            self.overlays.extend(found.overlays)
            self.pending.extend(found.pending)
            self.exports.extend(found.exports)
        return UnitResult(self.outcomes, self.overlays, [], self.pending, self.exports)

    def _others(self, template: str) -> None:
        option_of = dict(_VARIABLE.findall(template)).get if self.unit.others else None
        edited: int | None = None
        for entry in self.unit.others:
            if os.path.basename(entry.path) == "build.gradle":
                self._gradle(entry)
                continue
            found = single(entry, self.settings, option_of=option_of, facts=self.facts)
            for outcome in found.outcomes:
                if edited is None and outcome.report.kind == "service-spec" and outcome.edits:
                    edited = len(self.outcomes)
                self.outcomes.append(outcome)
            self.pending.extend(found.pending)
            self.overlays.extend(found.overlays)
            self.exports.extend(found.exports)
        if edited is not None and self.unit.source:
            self._tell_rebuild(edited)

    def _gradle(self, entry: Input) -> None:
        source = source_of(entry, self.settings)
        if isinstance(source, UnitResult):
            self.outcomes.extend(source.outcomes)
            return
        self.sdk_version = self.sdk_version or sdk.version_in_gradle(source.text)
        self.outcomes.append(Outcome(entry, FileReport(entry.path, "unknown", skipped=True), source.text))

    def _tell_rebuild(self, index: int) -> None:
        outcome = self.outcomes[index]
        findings = in_order([*outcome.report.findings, archive_to_rebuild.finding()])
        self.outcomes[index] = outcome._replace(report=outcome.report._replace(findings=findings))


def _read(entry: Input) -> Source | InputError:
    try:
        return sources.read(entry.path, limit=None if entry.named else LARGEST)
    except InputError as error:
        return error
