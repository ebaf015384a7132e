"""Showing a report in any format on the right stream."""

from __future__ import annotations

import sys
from typing import IO, TYPE_CHECKING

from calico_core.findings import Severity
from calico_core.formats import text
from calico_core.legible import harmless
from calico_core.report import Report
from calico_migrate.cli.call import CALL
from calico_migrate.cli.reporting import Format
from calico_migrate.cli.terminal import console, has_color, write, write_exact, write_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from calico_core.report import FileReport, Report
    from calico_migrate.cli.reporting import ReportOptions

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def show(
    report: Report,
    options: ReportOptions,
    stream: IO[str] | None = None,
    *,
    edits: bool = False,
    done: bool | None = None,
    parts: Sequence[Callable[[FileReport], None]] = (),
    summary: str | None = None,
) -> None:
    """A whole report: as text on a stream (standard output), in another format on standard output.

    ``edits`` says whether its lines name the edits too, ``done`` whether these were made (None: there are
    none to make). ``parts`` show the first files in a command's own way; behind them stands what is said
    of the project's settings. ``summary`` is a command's own last line, in place of the totals.
    """
    if options.format is not Format.TEXT:
        show_report(report, options)
        return
    target = stream or sys.stdout
    for part, file in zip(parts, report.files, strict=False):
        part(file)
    shown = report._replace(files=report.files[len(parts) :])
    show_lines(text.lines(shown, edits=edits, errors_only=options.quiet), options, target)
    show_summary(report, options, target, done=done, own=summary)


def show_file(file: FileReport, options: ReportOptions) -> None:
    """The lines of one file on standard output."""
    show_lines(text.lines(Report([file]), edits=False, errors_only=options.quiet), options, sys.stdout)


def say(lines: Iterable[str], options: ReportOptions, style: str) -> None:
    """Lines of a command's own on standard output, in a style of Rich's where colour is wanted."""
    write_lines(lines, style, options.color)


def show_lines(lines: Iterable[text.Line], options: ReportOptions, stream: IO[str]) -> None:
    """Report lines, one line each in a pipe; in colour, and the hint below, on a terminal.

    A terminal also gets a heading for each app, instead of its id behind every line.
    """
    if not stream.isatty():
        _show(lines, options, stream)
    elif options.show_source:
        _show_with_source(lines, options, stream)
    else:
        _show_by_app(lines, options, stream)


def _show_with_source(lines: Iterable[text.Line], options: ReportOptions, stream: IO[str]) -> None:
    from calico_migrate.cli.excerpts import excerpt

    colored = has_color(options.color, stream)
    for line in lines:
        _show([line], options, stream)
        for number, row in enumerate(excerpt(line)):
            if colored:
                style = "bold red" if number else "dim"
                console(stream).print(row, style=style, soft_wrap=True, markup=False, highlight=False)
            else:
                write(f"{row}\n", stream)


def _show_by_app(lines: Iterable[text.Line], options: ReportOptions, stream: IO[str]) -> None:
    """All lines of an app below its name, apps in the order in which they are met."""
    groups: dict[str | None, list[text.Line]] = {}
    for line in lines:
        groups.setdefault(line.id, []).append(line._replace(id=None))
    for identity, group in groups.items():
        if identity is not None:
            _show_heading(identity, options, stream)
        _show(group, options, stream)


def _show_heading(identity: str, options: ReportOptions, stream: IO[str]) -> None:
    if not has_color(options.color, stream):
        write(f"{identity}\n", stream)
        return
    from rich.text import Text

    console(stream).print(Text(identity, style="bold underline"), soft_wrap=True)


def _show(lines: Iterable[text.Line], options: ReportOptions, stream: IO[str]) -> None:
    if not has_color(options.color, stream):
        write("".join(f"{line}\n" for line in lines), stream)
        return
    from rich.text import Text

    shown = console(stream)
    for line in lines:
        styled = Text()
        styled.append(line.place, style="bold")
        styled.append(": ")
        if line.rule:
            styled.append(line.rule, style="magenta" if line.severity is None else "dim")
            styled.append(": ")
        if line.severity is not None:
            styled.append(line.severity.value, style=_STYLES[line.severity])
            styled.append(": ")
        styled.append(text.named(line.message, line.id))
        if line.hint:
            styled.append(f"\n    {line.hint}", style="italic dim")
        shown.print(styled, soft_wrap=True, highlight=False)


def show_tracebacks(report: Report) -> None:
    """What ``--traceback`` asks for: all that is known of the internal errors in a report."""
    if CALL.traceback:
        write("".join(file.error.traceback for file in report.files if file.error is not None), sys.stderr)


def show_summary(
    report: Report, options: ReportOptions, stream: IO[str], *, done: bool | None, own: str | None = None
) -> None:
    """The totals (`calico_core.formats.text.summary`); green on a terminal where nothing is left to do.

    ``own`` is a command's own line in their place.
    """
    show_tracebacks(report)
    if options.quiet:
        return
    totals = report.summary()
    if options.statistics:
        write(text.statistics(report), stream)
    if own is not None:
        write(own + "\n", stream)
        return
    sentence = text.summary(totals, done=done) + text.settled(report)
    sentence += text.hidden(report, options.fail_on.severity)
    if not has_color(options.color, stream):
        write(sentence + "\n", stream)
        return
    style = "red" if totals.errors or totals.failed else "yellow" if totals.warnings else "green"
    console(stream).print(sentence, style=f"bold {style}", soft_wrap=True, highlight=False)


def show_diff(diff: str, options: ReportOptions) -> None:
    """A unified diff on standard output, coloured as git does it where colour is wanted."""
    if not has_color(options.color, sys.stdout):
        write_exact(diff)
        return
    styles = {"@": "cyan", "-": "red", "+": "green"}
    from rich.text import Text

    shown = console(sys.stdout)
    for line in harmless(diff).split("\n")[: diff.count("\n")]:
        style = "bold" if line.startswith(("--- ", "+++ ")) else styles.get(line[:1], "")
        shown.print(Text(line, style=style), soft_wrap=True, highlight=False)


def show_report(report: Report, options: ReportOptions) -> None:
    """The whole report on standard output, in a format other than text."""
    show_tracebacks(report)
    if options.format is Format.JSON:
        from calico_core.formats import json

        write(json.render(report, statistics=options.statistics))
    elif options.format is Format.JSONPATCH:
        from calico_core.formats import jsonpatch

        write(jsonpatch.render(report))
        left_out = [file.path for file in report.files if file.edits and not file.patchable]
        for path in left_out:
            write(
                f"{path}: its edits are left out, because a JSON Patch speaks of JSON files only\n",
                sys.stderr,
            )
    elif options.format is Format.SARIF:
        from calico_core.formats import sarif
        from calico_migrate._version import __version__
        from calico_migrate.rule_index import all_rules

        write(sarif.render(report, version=__version__, rules=all_rules()))
    elif options.format is Format.GITHUB:
        from calico_core.formats import github

        write(github.render(report))
    elif options.format is Format.JUNIT:
        from calico_core.formats import junit_report

        write(junit_report.render(report, fail_on=options.fail_on.severity))
    elif options.format is Format.CODECLIMATE:
        from calico_core.formats import codeclimate

        write(codeclimate.render(report))
