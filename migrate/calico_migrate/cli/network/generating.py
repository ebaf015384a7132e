"""How the result of ``network generate`` is written and shown."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

from calico_migrate.cli.reporting import Format

if TYPE_CHECKING:
    from calico_core.exits import ExitCode
    from calico_migrate.cli.reporting import ReportOptions
    from calico_migrate.network.settings import GenerationSettings


def write_network(
    settings: GenerationSettings, path: str, options: ReportOptions, *, force: bool
) -> ExitCode:
    """Checks the settings, shows what speaks against them, and writes the files where nothing does."""
    from calico_core.exits import ExitCode, strongest
    from calico_core.findings import Severity
    from calico_core.formats import text
    from calico_core.report import FileReport, Report
    from calico_migrate.cli import output, terminal
    from calico_migrate.network import generation
    from calico_migrate.network.directory import write_directory
    from calico_migrate.network.promise import PROMISE_NAME
    from calico_migrate.network.running import journal

    findings = generation.check(settings)
    report = options.settled(Report([FileReport(path, "calico", findings=findings)]))
    if options.format is Format.TEXT:
        output.show_lines(text.lines(report, edits=False, errors_only=options.quiet), options, sys.stderr)
    else:
        output.show_report(report, options)
    code = report.exit_code(options.fail_on.severity)
    # What speaks against the files speaks against them, whether its finding is shown or not.
    if any(finding.severity is Severity.ERROR for finding in findings):
        terminal.write("nothing was written\n", sys.stderr)
        return strongest([code, ExitCode.FOUND])
    files = generation.generate(settings)
    # What is under way in an existing directory goes on with the scripts that it began with.
    exists = os.path.isfile(os.path.join(path, PROMISE_NAME))
    with journal.lock(path) if exists and force else contextlib.nullcontext():
        write_directory(path, files, force=force)
    if options.format is Format.TEXT and not options.quiet:
        readme = os.path.join(path, "README.md")
        terminal.write(f"{text.count(len(files), 'file')} written; {readme} says what comes next\n")
    return code
