"""``cluster plan``, ``cluster show``, ``cluster pause`` and ``cluster resume``: all that needs no cluster."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from calico_core import collector
from calico_core.errors import InputError, OutputError, UsageError
from calico_core.exits import ExitCode
from calico_core.legible import escaped
from calico_core.sources import reason
from calico_core.words import counted
from calico_migrate.cli import terminal
from calico_migrate.cli.cluster.options import PlanFormat
from calico_migrate.cli.reporting import FailOn
from calico_migrate.cluster import files
from calico_migrate.cluster.applying import fold, journal
from calico_migrate.cluster.applying.pausing import pause_path
from calico_migrate.cluster.display.lines import Line
from calico_migrate.cluster.display.show import plan_lines
from calico_migrate.cluster.planning import reading
from calico_migrate.cluster.planning.building import PlanSettings, build
from calico_migrate.cluster.snapshot.manifest import load

if TYPE_CHECKING:
    from calico_migrate.cli.cluster.saying import Voice
    from calico_migrate.cluster.planning.document import Plan
    from calico_migrate.cluster.snapshot.manifest import Snapshot


class Shown(NamedTuple):
    """What is shown of a plan beside its file: diffs, a page (its file), and the report's format."""

    diff: bool
    html: str | None
    format: PlanFormat
    voice: Voice


def make_plan(directory: str, path: str, settings: PlanSettings, fail_on: FailOn, shown: Shown) -> ExitCode:
    """Plans a snapshot and writes the plan; answers the exit code."""
    if shown.diff and shown.format is not PlanFormat.TEXT:
        raise UsageError("--diff and --format both want standard output: give one of them")
    with collector.set_aside():
        snapshot = load(directory)
        plan = build(snapshot, settings, shown.voice.warn)
        files.write(os.path.abspath(path), plan.to_bytes())
        _show(plan, snapshot, path, shown)
    unread = [name for name, (state, _) in snapshot.missing.items() if state == "unread"]
    for name in unread:
        shown.voice.insist(f"unread: {name}: {snapshot.missing[name][1]}")
    for entry in plan.by_hand:
        do = f"; {entry.do}" if entry.do else ""
        shown.voice.insist(f"by hand: {entry.item}: {entry.rule}: {entry.why}{do}")
    for each in plan.unread:
        shown.voice.insist(f"not read: the framework {each.name} ({each.id}) has tasks on an old network")
    waves = ", ".join(f"{wave.name} {len(wave.items)}" for wave in plan.waves)
    held = len({entry.item for entry in plan.by_hand})
    beside = shown.diff or shown.format is not PlanFormat.TEXT
    (shown.voice.say if beside else shown.voice.done)(
        f"{counted(len(plan.items), 'item')}{f' ({waves})' if waves else ''}, {held} by hand,"
        f" {len(plan.excluded)} excluded, {plan.untouched} untouched; the plan is in {escaped(path)}"
    )
    return _exit_code(plan, unread, fail_on)


def generated(directory: str) -> tuple[str, str]:
    """The network and the addresses of a directory that `network generate` wrote. Raises InputError."""
    from calico_core import sources
    from calico_migrate.network.promise import PROMISE_NAME, Promise

    path = os.path.join(directory, PROMISE_NAME)
    promise = Promise.from_json(sources.read(path).text, path=path)
    return promise.network, promise.cidr


def _show(plan: Plan, snapshot: Snapshot, path: str, shown: Shown) -> None:
    """The diffs, the page and the report, as far as they are asked for."""
    if shown.diff or shown.html is not None:
        from calico_migrate.cluster.display.differences import item_diffs

        diffs = item_diffs(plan, snapshot)
        if shown.diff:
            terminal.write_exact("".join(diffs.values()))
        if shown.html is not None:
            from calico_migrate.cluster.display.page import page

            files.write(os.path.abspath(shown.html), page(plan, diffs).encode("utf-8", "replace"))
    if shown.format is not PlanFormat.TEXT:
        terminal.write_exact(_rendered(plan, path, shown.format))


def _rendered(plan: Plan, path: str, format_: PlanFormat) -> str:
    from calico_core.formats import github, json, sarif
    from calico_migrate._version import __version__
    from calico_migrate.cluster.display.findings import report
    from calico_migrate.rule_index import all_rules

    found = report(plan, path)
    if format_ is PlanFormat.JSON:
        return json.render(found)
    if format_ is PlanFormat.SARIF:
        return sarif.render(found, version=__version__, rules=all_rules())
    return github.render(found)


def show_plan(path: str, voice: Voice) -> ExitCode:
    """Shows a plan with the journal's states."""
    file = reading.load(path)
    events = journal.read(journal.path_of(path)).events
    states = {key: str(record.state) for key, record in fold.fold(events).items()}
    voice.show(plan_lines(file.plan, states))
    if os.path.exists(pause_path(path)):
        voice.show([Line(f"paused: {_held(path)}", "yellow", matters=True)])
    return ExitCode.DONE


def _held(path: str) -> str:
    return f"{escaped(pause_path(path))} is there; `calico-migrate cluster resume {escaped(path)}` removes it"


def pause(path: str, voice: Voice) -> ExitCode:
    """Makes the file that keeps a run from beginning anything new."""
    _require_plan(path)
    files.write(os.path.abspath(pause_path(path)), b"")
    voice.done(f"paused: a run begins nothing new while {_held(path)}")
    return ExitCode.DONE


def resume(path: str, voice: Voice) -> ExitCode:
    """Removes the file that `pause` made."""
    _require_plan(path)
    try:
        os.unlink(pause_path(path))
    except FileNotFoundError:
        voice.say("it was not paused")
        return ExitCode.DONE
    except OSError as error:
        raise OutputError(f"cannot be removed: {reason(error)}", path=pause_path(path)) from error
    voice.done("resumed: a run that waits goes on, and so does the next `cluster apply`")
    return ExitCode.DONE


def _require_plan(path: str) -> None:
    """Raises InputError where there is no such file; what stands in it must not keep anybody from pausing."""
    if not os.path.isfile(path):
        raise InputError("there is no such plan", path=path)


def _exit_code(plan: Plan, unread: list[str], fail_on: FailOn) -> ExitCode:
    severity = fail_on.severity
    if severity is None:
        return ExitCode.DONE
    if plan.by_hand or plan.unread or plan.frameworks is None or unread:
        return ExitCode.FOUND
    from calico_core.findings import Severity

    found = (Severity(finding.severity) for item in plan.items.values() for finding in item.findings)
    return ExitCode.FOUND if any(each.rank >= severity.rank for each in found) else ExitCode.DONE
