"""The whole run: units worked on one after the other or by several processes, then what needs all of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from calico_core.errors import CalicoMigrateError
from calico_core.findings import in_order
from calico_core.report import FileError, FileReport, records
from calico_core.signals import leave_to_parent
from calico_core.spans import Lines, Spliced
from calico_migrate.configuration.run import keeps_places
from calico_migrate.package.units import units
from calico_migrate.package.working import work
from calico_migrate.rewriting.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from calico_core.sources import Source
    from calico_migrate.package.options.exported import Service
    from calico_migrate.package.options.option_files import KnownOptions
    from calico_migrate.package.options.overlays import Overlay
    from calico_migrate.package.results import UnitResult, WorkSettings
    from calico_migrate.package.units import Unit
    from calico_migrate.rewriting.inputs import Input


def _collect_rarely() -> None:
    """Lets the collector look for cycles less often: a package makes many small values and no cycles."""
    import gc

    gc.set_threshold(200_000, 20, 100)


# Fewer units than this are done before a second process has started.
_WORTH_PROCESSES = 16


def _handed_on(unit: Unit, settings: WorkSettings) -> UnitResult:
    """What becomes of a unit, as another process is told it: without texts that nobody asks for."""
    result = work(unit, settings)
    if not settings.reports_only:
        return result
    return result._replace(
        outcomes=[
            outcome if keeps_places(outcome) else outcome._replace(text=None, after=None)
            for outcome in result.outcomes
        ]
    )


class PackageRun:
    """Turns inputs into outcomes; afterwards ``overlays`` has what ``--options-dir`` writes.

    ``jobs`` is how many processes work at the same time.
    """

    def __init__(self, settings: WorkSettings, *, jobs: int = 1) -> None:
        self._settings = settings
        self._jobs = jobs
        self.overlays: list[Overlay] = []

    def process(self, inputs: Sequence[Input]) -> Iterator[Outcome]:
        """The outcomes of all inputs, unit by unit."""
        _collect_rarely()
        known: list[KnownOptions] = []
        pending: list[tuple[Input, Source]] = []
        exports: list[tuple[Outcome, Sequence[Service]]] = []
        found = units(inputs)
        for unit, result in zip(found, self._results(found), strict=True):
            group = unit.directory if unit.parts else ""
            yield from (outcome._replace(group=group) for outcome in result.outcomes)
            self.overlays.extend(result.overlays)
            known.extend(result.known)
            pending.extend(result.pending)
            exports.extend(result.exports)
        yield from self._exported(exports)
        for entry, source in pending:
            yield self._option_file(entry, source, known)

    def _exported(self, exports: Sequence[tuple[Outcome, Sequence[Service]]]) -> Iterator[Outcome]:
        """The files with exported services, which are told their overlays when all of them are known."""
        if not exports:
            return
        from calico_migrate.package.options import overlays

        services = [service for _, found in exports for service in found]
        named = overlays.named([service.overlay for service in services], self.overlays)
        self.overlays.extend({overlay.file_name: overlay for overlay in named}.values())
        pending = iter(named)
        for outcome, found in exports:
            told = [
                next(pending)
                .finding(self._settings.options_directory)
                ._replace(line=each.place.line, column=each.place.column, pointer=each.pointer, id=each.id)
                for each in found
            ]
            findings = in_order([*outcome.report.findings, *told])
            yield outcome._replace(report=outcome.report._replace(findings=findings))

    def _results(self, found: Sequence[Unit]) -> Iterable[UnitResult]:
        if self._jobs == 1 or len(found) < _WORTH_PROCESSES:
            return map(partial(work, settings=self._settings), found)
        return self._in_processes(found)

    def _in_processes(self, found: Sequence[Unit]) -> Iterator[UnitResult]:
        from concurrent.futures import ProcessPoolExecutor

        # What working imports is there for all processes once one unit is done.
        yield work(found[0], self._settings)
        with ProcessPoolExecutor(self._jobs, initializer=leave_to_parent) as pool:
            try:
                yield from pool.map(partial(_handed_on, settings=self._settings), found[1:], chunksize=8)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def _option_file(self, entry: Input, source: Source, known: Sequence[KnownOptions]) -> Outcome:
        from calico_migrate.package.options import option_files
        from calico_migrate.package.options.written import read as read_options
        from calico_migrate.package.single import unknown

        network_map, text, lines = self._settings.network_map, source.text, Lines(source.text)
        written = read_options(entry.path, text)
        options = option_files.network_options(written.value, network_map, known)
        if not options and not option_files.is_options(written.value, known):
            return unknown(entry, source, self._settings).outcomes[0]
        try:
            edits = option_files.plan(written, options, network_map)
            after = Spliced(written.after(edits)) if edits else None
        except CalicoMigrateError as error:
            report = FileReport(entry.path, "options", error=FileError.of(error))
            return Outcome(entry, report, text, fingerprint=source.fingerprint)
        told = in_order(option_files.findings(written, lines, network_map))
        report = FileReport(
            entry.path, "options", records(text, edits, lines), told, patchable=written.is_json
        )
        return Outcome(entry, report, text, edits, after, source.fingerprint)
