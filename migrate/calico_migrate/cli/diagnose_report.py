"""What ``diagnose`` reads and prints."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from calico_core.errors import InputError, InternalError, UsageError
from calico_core.exits import ExitCode, strongest
from calico_core.formats import text as text_format
from calico_core.legible import encoded
from calico_core.report import FileReport, Report
from calico_migrate.cli import output, terminal
from calico_migrate.cli.options import Format

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
    if options.format is Format.TEXT:
        _show(results, report, options)
    else:
        output.show_report(report, options)
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


def _show(results: Sequence[_Result], report: Report, options: ReportOptions) -> None:
    from calico_migrate.diagnose.report import text

    for result, file in zip(results, report.files, strict=False):
        if file.error is not None:
            output.show_lines(
                text_format.lines(Report([file._replace(findings=[])]), edits=False), options, sys.stdout
            )
            continue
        if not options.quiet:
            _say(f"{file.path}: {text.identity(file)}", options, "bold")
            _say(f"{file.path}: {text.verdict(file)}", options, "bold")
        for finding in file.findings:
            _show_finding(file, finding, options)
        if options.quiet or result.diagnosis is None:
            continue
        for line in text.undecided(file, len(result.diagnosis.not_asked)):
            _say(line, options, "yellow" if not line.startswith(" ") else "dim")
        for line in (*text.migration(file), *text.secrets(file), text.NOT_COLLECTED):
            _say(line, options, "" if line.startswith(" ") else "bold")
    # Behind the bundles stands what is to be said of the project's settings.
    further = report._replace(files=report.files[len(results) :])
    output.show_lines(text_format.lines(further, edits=False), options, sys.stdout)
    output.show_summary(report, options, sys.stdout, done=None)


def _show_finding(file: FileReport, finding: Finding, options: ReportOptions) -> None:
    from calico_migrate.diagnose.report import text

    shown = finding._replace(message=finding.message + text.whom(finding))
    output.show_lines(
        text_format.lines(Report([file._replace(findings=[shown])]), edits=False), options, sys.stdout
    )
    if not options.quiet:
        for line in text.proofs(finding):
            _say(line, options, "dim")


def _say(line: str, options: ReportOptions, style: str) -> None:
    from calico_core.legible import escaped

    line = escaped(line)
    if not style or not terminal.has_color(options.color, sys.stdout):
        terminal.write(line + "\n")
        return
    from rich.text import Text

    terminal.console(sys.stdout).print(Text(line, style=style), soft_wrap=True, highlight=False)
