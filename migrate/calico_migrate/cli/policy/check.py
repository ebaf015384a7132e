"""What ``policy check`` reads and prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core import sources
from calico_core.errors import InputError
from calico_core.exits import ExitCode, strongest
from calico_core.report import FileError, FileReport, Report
from calico_migrate.cli import output, terminal
from calico_migrate.cli.policy import output as policy_output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.cli.reporting import ReportOptions
    from calico_migrate.site import SiteFiles

_KIND = "calico"
_LARGEST = 64 << 20


def run(
    paths: Sequence[str],
    apps: Sequence[str],
    site_files: SiteFiles,
    options: ReportOptions,
) -> ExitCode:
    """Checks the files, shows the report; answers the exit code."""
    from calico_migrate.policy.checking.checking import check
    from calico_migrate.policy.cluster.loading import load_apps, load_site, may_hold_resources
    from calico_migrate.rewriting.inputs import gather

    workloads = None
    unread = ExitCode.DONE
    if apps:
        loaded = load_apps(apps)
        workloads = loaded.workloads
        terminal.show_notes(loaded.notes, quiet=options.quiet)
        unread = policy_output.errors(loaded.errors)
    site, notes = load_site(site_files)
    terminal.show_notes(notes, quiet=options.quiet)
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
    report = options.settled(Report([*failures.values(), *check(texts, workloads, site)]))
    output.show(report, options)
    return strongest([unread, report.exit_code(options.fail_on.severity)])
