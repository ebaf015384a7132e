"""Working on one file that is no part of a package directory, and telling what it is."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from calico_core import sources
from calico_core.errors import CalicoMigrateError, InputError
from calico_core.findings import in_order
from calico_core.json import scanning
from calico_core.report import FileError, FileReport, records
from calico_core.sources import Source
from calico_core.spans import Spliced, apply
from calico_migrate.marathon.languages import Language, language_of, template_of
from calico_migrate.package import names
from calico_migrate.package.results import UnitResult
from calico_migrate.package.specification.variables import SpecificationFacts
from calico_migrate.package.units import LARGEST, number_of
from calico_migrate.package.universe import parts
from calico_migrate.rewriting.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from calico_migrate.package.results import WorkSettings
    from calico_migrate.rewriting.inputs import Input

_LABELS = re.compile(r"\blabels\s*:\s*[\"']?\{\{\{?&?\s*(\w+)\s*\}\}")
_PACKAGES = '"packages"'
_FOREIGN_TEMPLATES = frozenset({"a Jinja template", "an ERB template", "a Go template"})
_PLACEHOLDERS = ("{{", "{%", "<%", "%(")
_STRUCTURED = (".json", ".yaml", ".yml")


def beside(directory: str, known: Container[str]) -> tuple[dict[str, str], dict[str, InputError]]:
    """The other parts of a package on the disk, read to understand a part that was named alone.

    Answers the texts, and why others cannot be read.
    """
    texts: dict[str, str] = {}
    errors: dict[str, InputError] = {}
    for part in parts.PARTS:
        path = os.path.join(directory, part)
        if part not in known and os.path.isfile(path):
            try:
                texts[part] = sources.read(path, limit=LARGEST).text
            except InputError as error:
                errors[part] = error
    return texts, errors


def single(
    entry: Input,
    settings: WorkSettings,
    *,
    option_of: Callable[[str], str | None] | None = None,
    facts: list[SpecificationFacts] | None = None,
) -> UnitResult:
    """Works on one file that is no part of a package directory."""
    source = source_of(entry, settings)
    if isinstance(source, UnitResult):
        return source
    try:
        return _classified(entry, source, settings, option_of, facts)
    except CalicoMigrateError as error:
        return _failed(entry, source, "unknown", error)
    except RecursionError:
        return _failed(entry, source, "unknown", InputError("is nested too deeply to be read"))


def source_of(entry: Input, settings: WorkSettings) -> Source | UnitResult:
    """A file that is no part of a package, read; where it has no text to work on, what is said of it."""
    if not entry.named and _is_too_large(entry.path):
        return unknown(entry, None, settings)
    try:
        data, fingerprint = sources.read_bytes(entry.path)
    except InputError as error:
        return _failed(entry, None, "unknown", error)
    try:
        return Source(entry.path, sources.decode(entry.path, data), fingerprint)
    except InputError as error:
        if entry.named:
            return _failed(entry, None, "unknown", error)
        return unknown(entry, None, settings)


def _is_too_large(path: str) -> bool:
    try:
        return os.path.getsize(path) > LARGEST
    except OSError:
        return False


def _classified(
    entry: Input,
    source: Source,
    settings: WorkSettings,
    option_of: Callable[[str], str | None] | None,
    facts: list[SpecificationFacts] | None,
) -> UnitResult:
    from calico_migrate.package.specification import planning as service_spec

    text = source.text
    bare = text.lstrip("\ufeff \t\r\n")
    if bare[:1] in ("{", "["):
        found = _json(entry, source, settings)
        if found is not None:
            return found
    if service_spec.may_be(text):
        found = _specification(entry, source, settings, option_of, facts)
        if found is not None:
            return found
    if bare[:1] == "{" and any(mark in text for mark in _PLACEHOLDERS):
        found = _foreign_template(entry, source, settings)
        if found is not None:
            return found
    if bare[:1] == "{" and "{{" in text and (entry.named or names.may_wire_network(text)):
        return _part(entry, source, settings, parts.TEMPLATE)
    if language_of(entry.path, text) is Language.YAML:
        found = _yaml_options(entry, source, settings)
        if found is not None:
            return found
    if entry.path.endswith(".py"):
        from calico_migrate.package import integration_tests

        told = integration_tests.findings(text, settings.network_map)
        if told:
            return UnitResult([Outcome(entry, FileReport(entry.path, "unknown", (), told), text)])
    return unknown(entry, source, settings)


def _yaml_options(entry: Input, source: Source, settings: WorkSettings) -> UnitResult | None:
    """An options file in YAML; None for everything else."""
    from calico_migrate.package.options import option_files
    from calico_migrate.package.options.written import YamlOptions

    text = source.text
    mentions = any(old in text for old in settings.network_map.names)
    if not entry.path.lower().endswith((".yaml", ".yml")) or not (
        entry.named or mentions or "network" in text
    ):
        return None
    try:
        value = YamlOptions(text).value
    except InputError as error:
        # What is told of a template, or of YAML that is none, is told where it was named.
        if entry.named and not settings.skip_unknown:
            template = template_of(text, error, settings.network_map)
            if template is not None:
                line = template.lines[0].line if template.lines else error.line
                error = InputError(template.message("YAML"), line=line)
            return _failed(entry, source, "unknown" if template is None else "template", error)
        return None
    if not isinstance(value, dict) or "pods" in value:
        return None
    if (
        ((mentions or entry.named) and option_files.may_be(value))
        or option_files.placeholders(value)
        or option_files.switches(value)
    ):
        return UnitResult([], pending=[(entry, source)])
    return None


def _foreign_template(entry: Input, source: Source, settings: WorkSettings) -> UnitResult | None:
    """A template of another engine than packages have; None for any other file."""
    from calico_migrate.marathon.languages import told_of_template

    try:
        scanning.loads(source.text)
    except InputError as error:
        template = template_of(source.text, error, settings.network_map)
        if template is None or template.language not in _FOREIGN_TEMPLATES:
            return None
        if entry.named and not settings.skip_unknown:
            line = template.lines[0].line if template.lines else error.line
            failure = InputError(template.message("mustache template of a package"), line=line)
            return _failed(entry, source, "template", failure)
        told = [told_of_template(template, error)] if template.lines else []
        report = FileReport(entry.path, "unknown", (), told, skipped=True)
        return UnitResult([Outcome(entry, report, source.text)])
    return None


def _specification(
    entry: Input,
    source: Source,
    settings: WorkSettings,
    option_of: Callable[[str], str | None] | None,
    facts: list[SpecificationFacts] | None,
) -> UnitResult | None:
    from calico_migrate.package.specification import planning as service_spec

    text = source.text
    try:
        plan = service_spec.plan(text, settings.network_map, option_of=option_of)
    except CalicoMigrateError as error:
        return _failed(entry, source, "service-spec", error)
    if not plan.recognised:
        return None
    if facts is not None:
        labels = {name for name in _LABELS.findall(text) if names.is_label_variable(name)}
        facts.append(
            SpecificationFacts(
                frozenset(variable.name for variable in plan.variables), frozenset(labels), bool(plan.edits)
            )
        )
    edits = list(plan.edits)
    report = FileReport(entry.path, "service-spec", records(text, edits), plan.findings)
    after = Spliced(apply(text, edits)) if edits else None
    return UnitResult([Outcome(entry, report, text, edits, after, source.fingerprint)])


def _json(entry: Input, source: Source, settings: WorkSettings) -> UnitResult | None:
    """What a JSON file is; None where it is no JSON, or none that this command knows."""
    from calico_migrate.package import repository
    from calico_migrate.package.options import exported, option_files
    from calico_migrate.package.universe import json_files

    text = source.text
    mentions = any(f'"{old}"' in text for old in settings.network_map.names)
    packages = _PACKAGES in text
    if not (entry.named or mentions or packages or "DCOS_PACKAGE" in text or "network" in text):
        return None
    try:
        if packages and repository.is_repository(text):
            return _repository(entry, source, settings)
        value = json_files.loads(text)
    except InputError as error:
        if any(mark in text for mark in _PLACEHOLDERS):
            return None
        if entry.named or (mentions and (packages or names.may_wire_network(text))):
            return _failed(entry, source, "unknown", error)
        return None
    if "DCOS_PACKAGE" in text:
        export = exported.read(text, settings.network_map)
        if export is not None:
            report = FileReport(entry.path, export.kind, (), in_order(export.findings))
            outcome = Outcome(entry, report, text, fingerprint=source.fingerprint)
            if not export.services:
                return UnitResult([outcome])
            return UnitResult([], exports=[(outcome, export.services)])
    if isinstance(value, dict):
        name = os.path.basename(entry.path)
        if isinstance(value.get("properties"), dict) and "pods" not in value:
            if entry.named or name == parts.CONFIG:
                return _part(entry, source, settings, parts.CONFIG)
        elif entry.named and "packagingVersion" in value:
            return _part(entry, source, settings, parts.PACKAGE)
        elif "pods" not in value and (
            ((mentions or entry.named) and option_files.may_be(value))
            or option_files.placeholders(value)
            or option_files.switches(value)
        ):
            return UnitResult([], pending=[(entry, source)])
    return None


def _part(entry: Input, source: Source, settings: WorkSettings, part: str) -> UnitResult:
    """One part of a package that stands alone; what is beside it on the disk helps to understand it."""
    from calico_migrate.package.options.overlays import overlay_of
    from calico_migrate.package.universe import reports
    from calico_migrate.package.universe.content import Content

    texts: dict[str, str] = {}
    errors: dict[str, InputError] = {}
    if entry.path != sources.STANDARD_INPUT and os.path.basename(entry.path) == part:
        texts, errors = beside(os.path.dirname(entry.path), (part,))
    content = Content({**texts, part: source.text}, errors)
    result = reports.examine(content, settings.network_map, None, proof=settings.proof)
    if result.edits and set(result.edits) != {part}:
        result.plan.edits = {part: result.plan.edits.get(part, [])}
    overlay = None
    if part == parts.CONFIG and entry.path != sources.STANDARD_INPUT:
        overlay = overlay_of(result, number_of(os.path.dirname(entry.path)))
    extra = {part: [overlay.finding(settings.options_directory)]} if overlay is not None else None
    outcomes = reports.outcomes(result, {part: entry}, {part: source}, extra=extra)
    return UnitResult(outcomes, [overlay] if overlay is not None else [])


def _repository(entry: Input, source: Source, settings: WorkSettings) -> UnitResult:
    """A repository file: what fails of it is told in reports of its own, and the rest is done."""
    from calico_migrate.package import repository
    from calico_migrate.package.options.overlays import overlay_of

    plan = repository.plan(source.text, settings.network_map, proof=settings.proof)
    newest = {listed.place for listed in repository.newest(listed for listed, _ in plan.results)}
    overlays = [
        (listed, overlay)
        for listed, result in plan.results
        if listed.place in newest and (overlay := overlay_of(result, listed.number)) is not None
    ]
    told = repository.placed(
        source.text,
        [(listed, overlay.finding(settings.options_directory)) for listed, overlay in overlays],
    )
    report = FileReport(
        entry.path,
        "repository",
        records(source.text, plan.edits, identify=plan.package_at),
        in_order([*plan.findings, *told]),
        patchable=True,
    )
    after = Spliced(apply(source.text, plan.edits)) if plan.edits else None
    found = [Outcome(entry, report, source.text, plan.edits, after, source.fingerprint)]
    found += [
        Outcome(entry, FileReport(entry.path, "repository", error=FileError.of(failure)))
        for failure in plan.failures
    ]
    return UnitResult(found, [overlay for _, overlay in overlays])


def _failed(entry: Input, source: Source | None, kind: str, error: CalicoMigrateError) -> UnitResult:
    text = source.text if source is not None else None
    return UnitResult([Outcome(entry, FileReport(entry.path, kind, error=FileError.of(error)), text)])


def unknown(entry: Input, source: Source | None, settings: WorkSettings) -> UnitResult:
    """A file that is no definition: passed over, or an error where the user named it."""
    text = source.text if source is not None else None
    what = "is no service specification, no file of a package, no repository file and no options file"
    told = None
    if text is not None and entry.path.lower().endswith(_STRUCTURED):
        from calico_migrate.marathon.skipped import told_of

        told = told_of(text, language_of(entry.path, text), settings.network_map, what)
    if entry.named and not settings.skip_unknown:
        words = f"{what}; --skip-unknown passes over such files" if told is None else told.message
        error = InputError(words)
        return UnitResult(
            [Outcome(entry, FileReport(entry.path, "unknown", error=FileError.of(error)), text)]
        )
    findings = [] if told is None else [told.finding()]
    report = FileReport(entry.path, "unknown", (), findings, skipped=True)
    return UnitResult([Outcome(entry, report, text)])
