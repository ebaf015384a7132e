"""The ``marathon`` command over files: which are opened, and what becomes of each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from calico_core import sources
from calico_core.errors import CalicoMigrateError, InputError, InternalError, UsageError
from calico_core.findings import in_order
from calico_core.json import scanning
from calico_core.report import FileError, FileReport, Unplaced, records
from calico_core.spans import Lines
from calico_migrate.marathon.languages import (
    Language,
    language_of,
    template_of,
    told_of_broken_yaml,
    told_of_template,
)
from calico_migrate.marathon.result import Options
from calico_migrate.marathon.rewriting import rewrite
from calico_migrate.marathon.together import Together
from calico_migrate.rewriting.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calico_core.spans import Edit
    from calico_migrate.marathon.parsed.identity import Identities
    from calico_migrate.marathon.result import Rewriting
    from calico_migrate.rewriting.inputs import Input
    from calico_migrate.rewriting.outcome import Part

# What a text must hold, in this or an escaped spelling, to name a network anywhere.
_NETWORK_WORDS = ("network", "Network", "ipAddress", "\\u")


class Settings(NamedTuple):
    """``options`` for each document; ``skip_unknown`` passes over named files that are no definition.

    Without ``prove`` the edits are planned and not proved, without ``build`` there is no new text; without
    ``place`` the report knows how many edits there are, and not where; with ``errors_only`` it has no other
    findings.
    """

    options: Options = Options()
    skip_unknown: bool = False
    prove: bool = True
    build: bool = True
    place: bool = True
    errors_only: bool = False


def process(inputs: Sequence[Input], settings: Settings) -> Iterator[Outcome]:
    """What becomes of each input; raises UsageError where ``--for-update`` does not fit them."""
    if settings.options.for_update and len(inputs) > 1:
        raise UsageError(
            f"--for-update takes one app or pod, and these are {len(inputs)} files: run it on each"
        )
    together = Together()
    for entry in inputs:
        try:
            outcome = process_one(entry, settings)
        except CalicoMigrateError:
            raise
        except Exception as error:
            # The net under every input: the others go on.
            caught = FileError.of(InternalError.of(error))
            outcome = Outcome(entry, FileReport(entry.path, "unknown", error=caught))
        yield from together.take(outcome)
    yield from together.rest()


def process_one(entry: Input, settings: Settings) -> Outcome:
    """Reads and rewrites one file; everything wrong with the file is in the outcome's report."""
    source = None
    try:
        source = sources.read(entry.path)
        language = language_of(entry.path, source.text)
        result = _rewritten(source.text, language, settings)
        if result.kind is None:
            report = _unknown(entry, settings, source.text)
            return Outcome(entry, report, source.text, fingerprint=source.fingerprint)
    except UsageError:
        raise
    except CalicoMigrateError as error:
        text = source.text if source is not None else None
        report = FileReport(entry.path, "unknown", error=FileError.of(error))
        if isinstance(error, InputError) and text is not None:
            report = _unparsable(entry, settings, text, error)
        return Outcome(entry, report, text, fingerprint=source and source.fingerprint)
    report = FileReport(
        entry.path,
        result.kind,
        edits=(
            records(source.text, result.edits, result.lines, result.identities.at)
            if settings.place or language is Language.YAML
            else Unplaced.of(result.edits)
        ),
        findings=in_order(result.findings),
        patchable=language is Language.JSON,
    )
    return Outcome(
        entry,
        report,
        source.text,
        result.edits,
        result.new,
        source.fingerprint,
        result.lines,
        None if settings.options.for_update else partial(_rebuilt, language, source.text),
        None if settings.options.for_update else partial(_parts, result.identities, settings.options),
        has_pools=result.has_pools,
    )


def _rewritten(text: str, language: Language, settings: Settings) -> Rewriting:
    if language is Language.JSON:
        return rewrite(
            text,
            settings.options,
            prove=settings.prove,
            build=settings.build,
            place=settings.place,
            errors_only=settings.errors_only,
        )
    from calico_migrate.marathon.yaml.rewriting import rewrite_yaml

    return rewrite_yaml(text, settings.options, build=settings.prove or settings.build)


def _rebuilt(language: Language, text: str, edits: Sequence[Edit]) -> str:
    """The new text of which only some edits are made, proved by itself."""
    if language is Language.JSON:
        from calico_migrate.marathon.verification import rebuilt

        return rebuilt(text, edits)
    from calico_migrate.marathon.yaml import rewriting

    return rewriting.rebuilt(text, edits)


def _parts(identities: Identities, options: Options, edits: Sequence[Edit]) -> list[Part]:
    from calico_migrate.marathon.parts import parts

    return parts(identities, options.network_map, edits)


def _unparsable(entry: Input, settings: Settings, text: str, error: InputError) -> FileReport:
    """A file that cannot be parsed: an error, unless it was not named and nothing can be missed."""
    network_map = settings.options.network_map
    template = template_of(text, error, network_map)
    if not entry.named or settings.skip_unknown:
        if language_of(entry.path, text) is Language.YAML:
            found = (
                told_of_broken_yaml(text, error, network_map)
                if template is None
                else told_of_template(template, error)
                if template.lines
                else None
            )
            return FileReport(entry.path, "unknown", findings=[found] if found else [], skipped=True)
        if _holds_no_network(text):
            return _oddity(entry, error)
    if template is not None:
        message = template.message(language_of(entry.path, text).value.upper())
        line = template.lines[0].line if template.lines else error.line
        return FileReport(entry.path, "template", error=FileError(message, line))
    return FileReport(entry.path, "unknown", error=FileError.of(error))


def _unknown(entry: Input, settings: Settings, text: str) -> FileReport:
    """A file that is no definition: skipped in a directory, an error where it was named."""
    from calico_migrate.marathon.skipped import told_of

    what = "is no Marathon app, pod or group, no job and no Edge-LB pool"
    told = told_of(text, language_of(entry.path, text), settings.options.network_map, what)
    if entry.named and not settings.skip_unknown:
        message = f"{what}; --skip-unknown passes over it" if told is None else told.message
        place = Lines(text).position(scanning.begin(text))
        return FileReport(entry.path, "unknown", error=FileError(message, *place))
    findings = [] if told is None else [told.finding()]
    return FileReport(entry.path, "unknown", findings=findings, skipped=True)


def _holds_no_network(text: str) -> bool:
    return not any(word in text for word in _NETWORK_WORDS)


def _oddity(entry: Input, error: InputError) -> FileReport:
    """A file of a directory that cannot be parsed and can hold no network: worth a word, no failure."""
    from calico_migrate.marathon.rules import unparsable_file

    finding = unparsable_file.finding(error)
    return FileReport(entry.path, "unknown", findings=[finding], skipped=True)
