"""What ``policy check`` reads and prints."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from calico_core import sources
from calico_core.errors import InputError, UsageError
from calico_core.exits import ExitCode, strongest
from calico_core.formats import text as text_format
from calico_core.report import FileError, FileReport, Report
from calico_migrate.cli import output
from calico_migrate.cli.options import Format
from calico_migrate.cli.policy import output as policy_output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.cli.options import ReportOptions

_KIND = "calico"
_LARGEST = 64 << 20


def run(
    paths: Sequence[str],
    apps: Sequence[str],
    site_files: tuple[str | None, str | None, str | None],
    options: ReportOptions,
) -> ExitCode:
    """Checks the files, shows the report; answers the exit code.

    ``site_files`` are config.yaml, the pools and the agents.
    """
    from calico_migrate.policy.checking.checking import check
    from calico_migrate.policy.cluster.loading import load_apps, load_site, may_hold_resources
    from calico_migrate.rewriting.inputs import gather

    if options.format is Format.JSONPATCH:
        raise UsageError("--format jsonpatch is for changes, and a check makes none")
    workloads = None
    unread = ExitCode.DONE
    if apps:
        loaded = load_apps(apps)
        workloads = loaded.workloads
        policy_output.notes(loaded.notes, quiet=options.quiet)
        unread = policy_output.errors(loaded.errors)
    site, notes = load_site(*site_files)
    policy_output.notes(notes, quiet=options.quiet)
    inputs = gather(paths, lambda name: name.endswith((".yaml", ".yml", ".json")))
    failures = {failure.path: failure for failure in inputs.failures}
    texts: dict[str, str] = {}
    for entry in inputs.files:
        try:
            text = sources.read(entry.path, limit=_LARGEST).text
        except InputError as error:
            failures[entry.path] = FileReport(entry.path, _KIND, error=FileError.of(error))
            continue
        if entry.named or may_hold_resources(text):
            texts[entry.path] = text
    if not texts and not failures:
        raise InputError(f"no policy file in {', '.join(paths)}")
    report = Report([*failures.values(), *check(texts, workloads, site)]).without(options.ignore)
    if options.format is Format.TEXT:
        output.show_lines(text_format.lines(report, edits=False), options, sys.stdout)
        output.show_summary(report, options, sys.stdout, done=None)
    else:
        output.show_report(report, options)
    return strongest([unread, report.exit_code(options.fail_on.severity)])
