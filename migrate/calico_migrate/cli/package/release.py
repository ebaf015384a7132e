"""``calico-migrate package --release``: plans, writes and reports the new releases of packages."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from calico_core import writing
from calico_core.errors import OutputError, UsageError
from calico_core.exits import ExitCode, strongest
from calico_core.legible import encoded
from calico_core.report import Report
from calico_migrate.cli import output, terminal
from calico_migrate.cli.package.rewrite import write_overlays
from calico_migrate.cli.reporting import Format
from calico_migrate.package.release.planning import repository_text
from calico_migrate.package.release.running import ReleaseRun
from calico_migrate.package.units import is_wanted, units
from calico_migrate.rewriting.inputs import gather

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_core.spans import Edit
    from calico_migrate.cli.reporting import ReportOptions
    from calico_migrate.package.release.planning import ReleaseSettings
    from calico_migrate.rewriting.destinations import Destination


def run(
    paths: Sequence[str],
    destination: Destination,
    options: ReportOptions,
    settings: ReleaseSettings,
    repository: str | None,
    options_directory: str | None,
    *,
    skip_unknown: bool,
) -> ExitCode:
    """Builds and reports the releases of everything behind the paths; answers the exit code."""
    destination.validate(paths)
    inputs = gather(paths, is_wanted)
    if repository is not None:
        target = os.path.realpath(repository)
        if any(os.path.realpath(entry.path) == target for entry in inputs.files):
            raise UsageError(f"--repository {repository} is an input; choose another file")

    def show_diff(path: str, text: str, edits: Sequence[Edit]) -> None:
        from calico_core.diffs import unified_diff

        diff = unified_diff(path, text, edits)
        if destination.redact:
            from calico_core.secrets import blotted_diff

            diff = blotted_diff(diff, text)
        output.show_diff(diff, options)

    releases = ReleaseRun(
        destination,
        settings,
        repository=repository is not None,
        options_directory=options_directory,
        skip_unknown=skip_unknown,
        changed=show_diff if destination.diff and options.format is Format.TEXT else None,
    )
    releases.reports.extend(inputs.failures)
    releases.over(units(inputs.files))
    report = options.settled(Report(releases.reports))
    planning = releases.dry and not destination.diff
    stream = sys.stdout if planning else sys.stderr
    output.show(report, options, stream, edits=planning, done=not releases.dry)
    codes = [report.exit_code(options.fail_on.severity, changes_count=destination.check)]
    if not destination.check and not destination.diff:
        codes.append(_write_extras(releases, repository, options_directory))
    if all(report.skipped for report in releases.reports):
        terminal.write("calico-migrate: no definition of a package found\n", sys.stderr)
        codes.append(ExitCode.UNREADABLE)
    return strongest(codes)


def _write_extras(releases: ReleaseRun, repository: str | None, options_directory: str | None) -> ExitCode:
    """The repository file and the overlays."""
    codes = [ExitCode.DONE]
    if options_directory is not None:
        codes.append(write_overlays(releases.overlays, options_directory))
    if repository is not None:
        try:
            writing.create(repository, encoded(repository_text(releases.entries)))
        except OutputError as error:
            terminal.write(f"calico-migrate: {error}\n", sys.stderr)
            codes.append(ExitCode.UNWRITTEN)
    return strongest(codes)
