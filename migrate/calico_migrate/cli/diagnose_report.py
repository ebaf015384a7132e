"""What ``diagnose`` reads and prints."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from calico_core.errors import InputError, InternalError, UsageError
from calico_core.exits import ExitCode, strongest
from calico_core.legible import encoded, escaped
from calico_core.report import FileReport, Report
from calico_migrate.cli import output, terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_core.findings import Finding
    from calico_migrate.cli.reporting import ReportOptions
    from calico_migrate.diagnose.diagnosis import Diagnosis
    from calico_migrate.diagnose.report.cleaning import Anonymiser


class _Result(NamedTuple):
    file: FileReport
    diagnosis: Diagnosis | None
    hider: Anonymiser | None


def run(
    paths: Sequence[str],
    options: ReportOptions,
    *,
    html: str | None,
    strict: bool,
    jobs: int | None,
    anonymise: bool,
) -> ExitCode:
    """Judges the bundles one by one, shows the report, writes the page; answers the exit code."""
    if html is not None:
        _validate_page(html, paths)
    results = [_judged(path, jobs or os.cpu_count() or 1, anonymise=anonymise) for path in paths]
    undecided = sum(len((result.file.extra or {}).get("undecided", ())) for result in results)
    report = options.settled(Report([result.file for result in results], {"undecided": undecided}))
    output.show(report, options, parts=[partial(_show, result, options) for result in results])
    codes = [report.exit_code(options.fail_on.severity)]
    if strict and undecided:
        codes.append(ExitCode.FOUND)
    if html is not None and results[0].diagnosis is not None:
        from calico_core.writing import create
        from calico_migrate.cli.evidence import evidence
        from calico_migrate.diagnose.page import page

        hider = results[0].hider
        hide = hider.text if hider is not None else str
        text = page(results[0].diagnosis, report.files[0], evidence([]), hide)
        create(html, encoded(text))
    return strongest(codes)


def print_collector() -> None:
    """The script for one node."""
    from calico_migrate.diagnose.collector import script

    terminal.write(script())


def _validate_page(html: str, paths: Sequence[str]) -> None:
    if len(paths) != 1:
        raise UsageError("--html draws one bundle; name one")
    if html == "-":
        raise UsageError("--html needs a file's name")
    if os.path.realpath(html) == os.path.realpath(paths[0]):
        raise UsageError("--html would overwrite the bundle")


def _judged(path: str, jobs: int, *, anonymise: bool) -> _Result:
    from calico_migrate.diagnose.bundle.opening import NotABundleError
    from calico_migrate.diagnose.diagnosis import diagnose
    from calico_migrate.diagnose.report.assembling import anonymiser, failed_report, file_report

    try:
        diagnosis = diagnose(path, jobs)
        hider = anonymiser(diagnosis) if anonymise else None
        return _Result(file_report(diagnosis, hider), diagnosis, hider)
    except InputError as error:
        unrecognised = isinstance(error, NotABundleError)
        return _Result(failed_report(path, error, unrecognised=unrecognised), None, None)
    except Exception as error:
        return _Result(failed_report(path, InternalError.of(error), unrecognised=False), None, None)


def _show(result: _Result, options: ReportOptions, file: FileReport) -> None:
    from calico_migrate.diagnose.report import text

    if file.error is not None:
        output.show_file(file._replace(findings=[]), options)
        return
    if not options.quiet:
        _say(f"{file.path}: {text.identity(file)}", options, "bold")
        _say(f"{file.path}: {text.verdict(file)}", options, "bold")
    for finding in file.findings:
        _show_finding(file, finding, options)
    if options.quiet or result.diagnosis is None:
        return
    for line in text.undecided(file, len(result.diagnosis.not_asked)):
        _say(line, options, "yellow" if not line.startswith(" ") else "dim")
    for line in (*text.migration(file), *text.secrets(file), text.NOT_COLLECTED):
        _say(line, options, "" if line.startswith(" ") else "bold")


def _show_finding(file: FileReport, finding: Finding, options: ReportOptions) -> None:
    from calico_migrate.diagnose.report import text

    shown = finding._replace(message=finding.message + text.whom(finding))
    output.show_file(file._replace(findings=[shown]), options)
    if not options.quiet:
        for line in text.proofs(finding):
            _say(line, options, "dim")


def _say(line: str, options: ReportOptions, style: str) -> None:
    output.say([escaped(line)], options, style)
