"""What ``survey`` prints and writes."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from calico_core.errors import UsageError
from calico_core.exits import ExitCode, strongest
from calico_core.formats import text as text_format
from calico_core.json.printing import printed
from calico_core.legible import encoded, escaped
from calico_core.report import Report
from calico_core.words import counted
from calico_migrate.cli import output, terminal
from calico_migrate.cli.reporting import Format
from calico_migrate.survey import progress, report
from calico_migrate.survey.place import OPEN, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.progress import Progress

    from calico_migrate.cli.reporting import ReportOptions
    from calico_migrate.configuration.run import Configured
    from calico_migrate.network_map import NetworkMap
    from calico_migrate.survey.comparing import Changes
    from calico_migrate.survey.owners import CodeOwners
    from calico_migrate.survey.place import Place, Survey

# From when on a tree is worth a sign of life.
_MANY_FILES = 500


class Wanted(NamedTuple):
    """What the command line asks for."""

    paths: Sequence[str]
    network_map: NetworkMap
    check: bool
    by: str
    team_label: str | None
    owners: str | None
    before: str | None
    mentions: bool
    gitignore: bool
    html: str | None
    csv: str | None


def run(wanted: Wanted, options: ReportOptions) -> ExitCode:
    """Surveys the paths, shows and writes what was asked for; answers the exit code."""
    from calico_migrate.survey import run as running
    from calico_migrate.survey.look import Settings
    from calico_migrate.survey.names import Names

    if "-" in wanted.paths:
        raise UsageError("survey looks at files and directories; name them instead of -")
    for option, path in (("--html", wanted.html), ("--csv", wanted.csv)):
        if path == "-":
            raise UsageError(f"{option} needs a file's name")
    earlier = _earlier(wanted.before)
    settings = Settings(wanted.network_map, Names.of(wanted.network_map), wanted.team_label)
    shown = _Progress(wanted.paths, quiet=options.quiet)
    try:
        found = running.survey(
            wanted.paths,
            running.Options(
                settings,
                _code_owners(wanted),
                wanted.mentions,
                _ignored(wanted, options.configured),
                shown.advance,
            ),
        )
    finally:
        shown.end()
    found, left = report.settled(found, options.configured)
    changes = _compared(earlier, found)
    _show(found, left, changes, wanted, options)
    _write(found, changes, wanted)
    codes = [ExitCode.UNREADABLE] if any(unread.is_error for unread in found.unread) else []
    if wanted.check and any(place.state in OPEN and place.settled is None for place in found.places):
        codes.append(ExitCode.FOUND)
    return strongest(codes)


def _earlier(path: str | None) -> list[dict[str, object]] | None:
    if path is None:
        return None
    from calico_core.sources import read
    from calico_migrate.survey.comparing import read_earlier

    return read_earlier(read(path).text, path)


def _compared(earlier: list[dict[str, object]] | None, found: Survey) -> Changes | None:
    if earlier is None:
        return None
    from calico_migrate.survey.comparing import compare

    return compare(earlier, found.places)


def _code_owners(wanted: Wanted) -> CodeOwners | None:
    from calico_core.sources import read
    from calico_migrate.survey import owners

    path = wanted.owners or owners.named([path for path in wanted.paths if os.path.isdir(path)])
    return owners.CodeOwners(read(path).text, owners.top_of(path)) if path is not None else None


def _ignored(wanted: Wanted, configured: Configured) -> Callable[[str, bool], bool] | None:
    """What is passed over: what .gitignore names where that is asked for, and what is excluded."""
    excluded = configured.configuration is not None and bool(configured.configuration.exclude)
    if not wanted.gitignore and not excluded:
        return None
    by_git: Callable[[str, bool], bool] | None = None
    if wanted.gitignore:
        from calico_migrate.survey.ignoring import Ignored

        by_git = Ignored(wanted.paths)

    def is_ignored(path: str, directory: bool) -> bool:
        return configured.excludes(path) or (by_git is not None and by_git(path, directory))

    return is_ignored


def _show(
    found: Survey, left: Report, changes: Changes | None, wanted: Wanted, options: ReportOptions
) -> None:
    if options.format is Format.JSON:
        value = report.to_json(found, changes)
        if options.statistics:
            value["statistics"] = left.statistics()
        terminal.write(printed(value, 2) + "\n")
    elif options.format is not Format.TEXT:
        output.show_report(left, options)
    else:
        mentions = [place for place in found.places if place.state is State.MENTION]
        shown = Report([*left.files, *report.to_report(found._replace(places=mentions, unread=[])).files])
        lines = text_format.lines(shown, edits=False, errors_only=options.quiet)
        output.show_lines(lines, options, sys.stdout)
        if options.statistics and not options.quiet:
            terminal.write(text_format.statistics(left))
        if not options.quiet:
            _show_table(found, wanted)
            if changes is not None:
                _show_changes(changes)
    if not options.quiet:
        stream = sys.stdout if options.format is Format.TEXT else sys.stderr
        terminal.write("".join(f"{line}\n" for line in _last_lines(found, left)), stream)


def _show_table(found: Survey, wanted: Wanted) -> None:
    """A row for each owner (or directory, or kind), as wide as the terminal lets it be."""
    rows = progress.rows(found.places, wanted.by)
    if not rows:
        return
    states = [state for state in State if state is not State.MENTION]
    head = [wanted.by, *(state.value for state in states), "settled", "done %"]
    body = [
        [
            escaped(name),
            *(str(row.states[state]) for state in states),
            str(row.settled),
            "-" if row.percent is None else str(row.percent),
        ]
        for name, row in rows.items()
    ]
    width = _columns() - sum(len(cell) + 2 for cell in head[1:])
    first = max(12, min(max(len(row[0]) for row in [head, *body]), width))
    lines = [""]
    for row in [head, *body]:
        name = row[0] if len(row[0]) <= first else "…" + row[0][1 - first :]
        cells = (f"  {cell:>{len(title)}}" for cell, title in zip(row[1:], head[1:], strict=True))
        lines.append(f"{name:<{first}}{''.join(cells)}".rstrip())
    terminal.write("\n".join(lines) + "\n\n")


def _columns() -> int:
    import shutil

    return shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 140


def _show_changes(changes: Changes) -> None:
    moved, new, back = len(changes.moved), len(changes.new), len(changes.back)
    lines = [f"since then: {counted(moved, 'place')} moved, {new} new, {back} back again"]
    lines += [f"  back again: {_line(place)}" for place in changes.back]
    lines += [f"  new: {_line(place)}" for place in changes.new]
    terminal.write("\n".join(lines) + "\n")


def _line(place: Place) -> str:
    named = f" [{place.id}]" if place.id else ""
    return escaped(f"{place.path}:{place.line}:{place.column}: {place.state.value}: {place.network}{named}")


def _last_lines(found: Survey, report_left: Report) -> Iterator[str]:
    total = progress.count(found.places)
    percent = progress.percent(found)
    left = sum(place.state in OPEN and place.settled is None for place in found.places)
    failed = [unread for unread in found.unread if unread.is_error]
    passed = ", ".join(f"{count} in {name}" for name, count in sorted(found.passed_over.items()))
    counts = [f"{total.states[state]} {state.value}" for state in State if state is not State.MENTION]
    sentence = f"{counted(found.files, 'file')}: {', '.join(counts)}, {counted(found.mentions, 'mention')}"
    if total.settled:
        by = report_left.configuration
        sentence += f", {total.settled} settled" + (f" by {escaped(by)}" if by else "")
    if passed:
        sentence += f"; passed over: {passed}"
    yield sentence
    unread_note = f"; {counted(len(found.unread), 'file')} not read" if found.unread else ""
    if failed:
        yield f"no percentage: {counted(len(failed), 'file')} could not be read{unread_note}"
    elif percent is None:
        yield f"no definition, package or other place names a network of the map{unread_note}"
    elif left:
        yield f"{percent} % done: {counted(left, 'place')} left{unread_note}"
    else:
        yield f"{percent} % done: nothing is left to move{unread_note}"


def _write(found: Survey, changes: Changes | None, wanted: Wanted) -> None:
    from calico_core.writing import create

    if wanted.csv is not None:
        create(wanted.csv, encoded(report.to_csv(found.places)))
    if wanted.html is not None:
        from calico_migrate.cli.evidence import evidence
        from calico_migrate.survey.page import page

        lines = evidence(_inputs(found))
        create(wanted.html, encoded(page(found, changes, wanted.network_map, lines)))


def _inputs(found: Survey) -> Iterator[tuple[str, bytes]]:
    """The files with places, as they are; what is gone by now has no hash."""
    from calico_core.errors import InputError
    from calico_core.sources import read_bytes

    for path in sorted({place.path for place in found.places}):
        with contextlib.suppress(InputError):
            yield path, read_bytes(path)[0]


class _Progress:
    """A bar on a terminal, while a large tree is looked at."""

    def __init__(self, paths: Sequence[str], *, quiet: bool) -> None:
        self._bar: Progress | None = None
        if quiet or not sys.stderr.isatty():
            return
        from calico_migrate.survey.tree import Tree

        total = sum(1 for _ in Tree(paths).files())
        if total < _MANY_FILES:
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("Looking"), BarColumn(), MofNCompleteColumn(), TextColumn("files"))
        self._bar = Progress(*columns, console=terminal.live_console(sys.stderr), transient=True)
        self._bar.add_task("", total=total)
        self._bar.start()

    def advance(self) -> None:
        """One more file."""
        if self._bar is not None:
            self._bar.advance(self._bar.task_ids[0])

    def end(self) -> None:
        """Takes the bar off the terminal."""
        if self._bar is not None:
            self._bar.stop()
