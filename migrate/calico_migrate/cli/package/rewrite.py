"""The rewriting of ``calico-migrate package``, and the overlays of ``--options-dir``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from calico_core.errors import OutputError
from calico_core.exits import ExitCode, strongest
from calico_core.legible import encoded
from calico_migrate.cli.reporting import Format
from calico_migrate.cli.rewrite import Run
from calico_migrate.package.results import WorkSettings
from calico_migrate.package.run import PackageRun
from calico_migrate.package.units import is_wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from calico_migrate.cli.reporting import ReportOptions
    from calico_migrate.network_map import NetworkMap
    from calico_migrate.package.options.overlays import Overlay
    from calico_migrate.rewriting.destinations import Destination


def rewrite(
    paths: Sequence[str],
    destination: Destination,
    options: ReportOptions,
    network_map: NetworkMap,
    options_directory: str | None,
    *,
    jobs: int,
    skip_unknown: bool,
) -> ExitCode:
    """Rewrites, shows and reports everything behind the paths; answers the exit code."""
    # What somebody may apply, a diff or a patch, is proved like what is written.
    checking = destination.check and not destination.diff and options.format is not Format.JSONPATCH
    settings = WorkSettings(
        network_map,
        proof=not checking,
        skip_unknown=skip_unknown,
        options_directory=options_directory,
        reports_only=checking and not options.configured.needs_places,
    )
    packages = PackageRun(settings, jobs=jobs)
    nothing_found = None if skip_unknown else "no definition of a package found"
    run = Run(destination, options, packages.process, nothing_found=nothing_found)
    code = run.over(paths, is_wanted)
    if options_directory is not None and not destination.check and not destination.diff:
        code = strongest([code, write_overlays(packages.overlays, options_directory)])
    return code


def write_overlays(overlays: Iterable[Overlay], directory: str) -> ExitCode:
    """Writes the overlays; what cannot be written is said on standard error."""
    import sys

    from calico_core import writing
    from calico_migrate.cli import terminal

    code = ExitCode.DONE
    for overlay in overlays:
        try:
            writing.create(
                os.path.join(directory, overlay.file_name), encoded(overlay.text), inside=directory
            )
        except OutputError as error:  # noqa: PERF203
            terminal.write(f"calico-migrate: {error}\n", sys.stderr)
            code = ExitCode.UNWRITTEN
    return code
