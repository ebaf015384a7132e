"""What ``config check`` prints: findings, the two verdicts side by side, the picture, a summary."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from calico_core.errors import CalicoMigrateError, InputError, InternalError, UsageError
from calico_core.legible import encoded
from calico_core.report import FileError, FileReport, Report
from calico_migrate.cli import output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_config.checking import ConfigCheck
    from calico_config.installer import Genconf
    from calico_config.options import Options
    from calico_core.exits import ExitCode
    from calico_migrate.cli.reporting import ReportOptions


def run(
    paths: Sequence[str], site: Options, genconf: str | None, html: str | None, options: ReportOptions
) -> ExitCode:
    """Checks the files, shows the report, writes the page; answers the exit code."""
    if html is not None:
        _validate_page(html, paths)
    machine = _machine(genconf) if genconf is not None else None
    read: dict[str, bytes] = {}
    results = [_checked(path, site, machine, read) for path in paths]
    report = Report([result if isinstance(result, FileReport) else result.report for result in results])
    report = options.settled(report)
    parts = [partial(_show, result, options=options, alone=len(results) == 1) for result in results]
    output.show(report, options, parts=parts)
    code = report.exit_code(options.fail_on.severity)
    if html is not None:
        (result,) = results
        if not isinstance(result, FileReport) and result.facts is not None:
            from calico_config.showing.page import page
            from calico_core.writing import create
            from calico_migrate.cli.evidence import evidence

            shown = result._replace(findings=list(report.files[0].findings))
            create(html, encoded(page(shown, evidence(read.items()))))
    return code


def _validate_page(html: str, paths: Sequence[str]) -> None:
    if len(paths) != 1:
        raise UsageError("--html draws one file; name one")
    if html == "-":
        raise UsageError("--html needs a file's name")
    if paths[0] != "-" and os.path.realpath(html) == os.path.realpath(paths[0]):
        raise UsageError("--html would overwrite the file that is checked")


def _machine(directory: str) -> Genconf:
    from calico_config.installer import read_genconf
    from calico_core.sources import reason

    try:
        return read_genconf(Path(directory))
    except OSError as error:
        raise InputError(f"cannot be listed: {reason(error)}", path=directory) from error


def _checked(
    path: str, site: Options, machine: Genconf | None, read: dict[str, bytes]
) -> ConfigCheck | FileReport:
    """Checks a file; its bytes go into `read`."""
    from calico_config.checking import KIND, check_config
    from calico_migrate.site import read_config_bytes

    try:
        data = read_config_bytes(path)[0]
    except InputError as error:
        return FileReport(path, KIND, error=FileError.of(error), extra={"installer": None})
    read[path] = data
    try:
        return check_config(data, site, path=path, genconf=machine)
    except CalicoMigrateError:
        raise
    except Exception as error:
        # The net under every input: the others go on.
        caught = FileError.of(InternalError.of(error))
        return FileReport(path, KIND, error=caught, extra={"installer": None})


def _show(result: ConfigCheck | FileReport, file: FileReport, options: ReportOptions, *, alone: bool) -> None:
    output.show_file(file, options)
    if isinstance(result, FileReport) or options.quiet:
        return
    if alone and result.facts is not None and sys.stdout.isatty():
        _show_picture(result, options)
    # Last, so that they are what is read where there is more than a screen.
    _show_verdicts(result, options)


def _show_verdicts(check: ConfigCheck, options: ReportOptions) -> None:
    """The installer's answer and the cluster's, one below the other."""
    from calico_config.showing.sentences import calico_sentence, installer_sentence

    reason = check.installer.reason.replace("\n", " ")
    detail = f" ({reason})" if reason and check.installer.status != "ok" else ""
    lines = [
        f"{check.path}: installer: {installer_sentence(check)}{detail}",
        f"{check.path}: cluster: {calico_sentence(check)}",
    ]
    output.say(lines, options, "bold")


def _show_picture(check: ConfigCheck, options: ReportOptions) -> None:
    """The address space, a line for each strip's lane; what collides is red where there is colour."""
    import shutil

    from calico_config.showing.picture import draw
    from calico_config.showing.terminal import lines

    if check.facts is None:
        return
    width = min(shutil.get_terminal_size().columns, 140)
    for line in lines(draw(check.facts), width):
        output.say([line], options, _style(line))
    output.say([""], options, "")


def _style(line: str) -> str:
    if line.startswith(("error: ", "  !")):
        return "red"
    if line.startswith("warning: "):
        return "yellow"
    return "" if line.startswith(" ") else "bold"
