"""What is shown of agents: a line and a bar while scripts run, the differences of a verification."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from calico_core.errors import OutputError
from calico_core.legible import escaped
from calico_migrate.cli import output, terminal
from calico_migrate.cli.reporting import Format
from calico_migrate.network.running.outcomes import State

if TYPE_CHECKING:
    from calico_core.exits import ExitCode
    from calico_core.report import FileReport, Report
    from calico_migrate.cli.reporting import ReportOptions
    from calico_migrate.network.running.outcomes import AgentOutcome

_STYLES = {
    State.RIGHT: "green",
    State.DIFFERENT: "bold red",
    State.FAILED: "bold red",
    State.UNKNOWN: "yellow",
    State.NOT_RUN: "dim",
}


class Progress:
    """A context that shows each outcome as it comes.

    The lines go to standard output, or to standard error where that is the report's; without ``lines``
    there are none. The bar is shown on a terminal only.
    """

    def __init__(self, total: int, options: ReportOptions, *, lines: bool = True) -> None:
        self._total = total
        self._lines = lines
        self._options = options
        self._stream = sys.stdout if options.format is Format.TEXT else sys.stderr
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Progress:  # noqa: PYI034
        if not self._options.quiet and sys.stderr.isatty() and self._stream.isatty():
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
            from rich.progress import Progress as Bar

            color = terminal.has_color(self._options.color, sys.stderr)
            console = terminal.live_console(sys.stderr, color=color)
            columns = (TextColumn("agents"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
            self._bar = Bar(*columns, console=console, transient=True)
            self._task = self._bar.add_task("agents", total=self._total)
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def show(self, outcome: AgentOutcome) -> None:
        """One line for one agent."""
        if self._bar is not None:
            self._bar.advance(self._task)
        if not self._lines or (self._options.quiet and outcome.state is State.RIGHT):
            return
        if self._bar is not None:
            from rich.text import Text

            line = Text.assemble(
                (outcome.agent, "bold"),
                ": ",
                (outcome.state.value, _STYLES[outcome.state]),
                f": {escaped(outcome.message)}",
            )
            self._bar.console.print(line, soft_wrap=True, highlight=False)
            return
        try:
            terminal.write(f"{outcome.agent}: {outcome.state}: {outcome.message}\n", self._stream)
        except OutputError:
            # A reader that has gone away (`| head`) must not end what is under way on the agents; the
            # summary fails on the same stream and decides the exit code.
            self._lines = False


def show_differences(files: list[FileReport], options: ReportOptions) -> ExitCode:
    """The differences on standard output, and how much was compared."""
    from calico_core.report import Report

    report = options.settled(Report(files))
    output.show(report, options, summary=_sentence(report))
    return report.exit_code(options.fail_on.severity)


def _sentence(report: Report) -> str:
    compared = [file for file in report.files if file.error is None and not file.skipped]
    differing = sum(bool(file.findings) for file in compared)
    parts = [f"{len(compared)} compared: {len(compared) - differing} as promised"]
    if differing:
        parts.append(f"{differing} with findings")
    if failed := len([file for file in report.files if file.error is not None]):
        parts.append(f"{failed} not known")
    return ", ".join(parts)
