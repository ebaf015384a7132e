"""``cluster apply`` and ``cluster rollback``: from the plan and the options to a run and its exit code."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, NamedTuple

from calico_core.errors import CalicoMigrateError, OutputError, UsageError
from calico_core.exits import ExitCode
from calico_core.legible import escaped
from calico_migrate._version import __version__
from calico_migrate.cli.cluster import options
from calico_migrate.cli.cluster.saying import Repeated
from calico_migrate.cli.cluster.watching import JsonWatcher, TextWatcher
from calico_migrate.cli.options import AnswerFormat
from calico_migrate.cluster import identity
from calico_migrate.cluster.applying import fold, journal, locking, stopping
from calico_migrate.cluster.applying.backward import BackwardRun
from calico_migrate.cluster.applying.context import Context
from calico_migrate.cluster.applying.dry import DryRun
from calico_migrate.cluster.applying.journal import Journal
from calico_migrate.cluster.applying.run import Ending, Run
from calico_migrate.cluster.applying.states import State
from calico_migrate.cluster.connection.failures import UnauthorisedError
from calico_migrate.cluster.planning import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from calico_migrate.cli.cluster.options import Connecting
    from calico_migrate.cli.cluster.saying import Voice
    from calico_migrate.cluster.applying.context import Watcher
    from calico_migrate.cluster.applying.fold import Record
    from calico_migrate.cluster.applying.settings import RunSettings
    from calico_migrate.cluster.connection.access import Access
    from calico_migrate.cluster.connection.reading import Reader
    from calico_migrate.cluster.planning.document import Plan
    from calico_migrate.cluster.planning.reading import PlanFile


class Asked(NamedTuple):
    """What the command line asks for.

    ``everything`` is `--all`; ``settings`` has the plan's ``max_in_flight`` put in where the line has none.
    """

    path: str
    items: Sequence[str]
    waves: Sequence[str]
    everything: bool
    yes: bool
    format: AnswerFormat
    voice: Voice
    max_in_flight: int | None = None

    @property
    def is_by_name(self) -> bool:
        """Whether items or waves are named."""
        return bool(self.items or self.waves)


def load(path: str) -> PlanFile:
    """The plan; one of a newer version is wrong usage here."""
    try:
        return reading.load(path)
    except reading.NewerPlanError as error:
        raise UsageError(error.message, path=path) from None


def run(command: str, asked: Asked, connecting: Connecting, settings: RunSettings) -> ExitCode:
    """Carries a plan out (``apply``) or back (``rollback``); answers the exit code."""
    file = load(asked.path)
    plan = file.plan
    selected = _selected(command, plan, asked)
    if not (asked.yes or settings.dry_run or sys.stdin.isatty()):
        raise UsageError("there is no terminal to ask for the cluster's name: give --yes")
    access = connecting.access(asked.voice)
    require_secure(access)
    settings = settings._replace(max_in_flight=asked.max_in_flight or plan.max_in_flight)
    with contextlib.ExitStack() as stack:
        if not settings.dry_run:
            stack.enter_context(locking.lock(asked.path))
        stop = stack.enter_context(stopping.listening())
        reader = connecting.reader(access, asked.voice, stop.pause)
        require_same_cluster(plan, reader, asked.voice)
        events = journal.read(journal.path_of(asked.path)).events
        _require_own_journal(plan, events, asked.path)
        if settings.dry_run:
            with _watching(asked, len(selected), live=False) as watcher:
                dry = DryRun(plan, reader, events, settings, watcher)
                if command == fold.FORWARD:
                    ending = dry.forward(selected, again=asked.is_by_name)
                else:
                    ending = dry.backward(selected)
            return ending.code
        confirm(plan, asked.path, f"{command} {asked.path} on", asked.voice, yes=asked.yes)
        with _watching(asked, len(selected), live=True) as watcher:
            if not asked.voice.quiet:
                reader.tell(Repeated(watcher.say))
            written = Journal(journal.path_of(asked.path), watcher.event)
            stack.callback(written.close)
            stop.begun, stop.patience = True, settings.item_timeout
            context = Context(plan, reader, written, settings, watcher, stop)
            ending = _carry_out(command, context, file, asked, selected, access)
        # Behind the display, which would wipe it off.
        _tell(command, ending, asked, fold.fold(written.events), plan, selected)
        if watcher.gone and ending.code in (ExitCode.DONE, ExitCode.FOUND):
            return ExitCode.UNWRITTEN
        return ending.code


def _carry_out(
    command: str, context: Context, file: PlanFile, asked: Asked, selected: Sequence[str], access: Access
) -> Ending:
    plan, written = context.plan, context.journal
    earlier = next(
        (each["plan"] for each in reversed(written.events) if each["event"] == "open"), file.digest
    )
    written.write(
        "open",
        command=command,
        plan=file.digest,
        cluster=plan.cluster.id,
        by=options.user(),
        tool=__version__,
        insecure=access.insecure,
    )
    if access.insecure:
        written.note("certificates were not checked in this run")
    changed = earlier != file.digest
    if changed:
        written.note("the plan was changed since the last run; what was verified is looked at again")
    if command == fold.FORWARD:
        forward = Run(context, selected, asked.path, again=asked.is_by_name, changed=changed)
        outcome = _outcome(forward.carry_out, context)
    else:
        backward = BackwardRun(context, selected, asked.path)
        for key in backward.not_ours():
            context.watcher.say(f"{key} was moved by somebody else, not by this plan; it is left as it is")
        if asked.everything and not selected:
            context.watcher.say("no item was sent by this plan, as its journal has it")
        outcome = _outcome(backward.carry_out, context)
    states = fold.states(fold.fold(written.events), plan.items)
    with contextlib.suppress(OutputError):
        written.write("close", exit=int(outcome.code), counts=fold.counts(states))
    return outcome


def _outcome(carry_out: Callable[[], Ending], context: Context) -> Ending:
    """How the run ends, whatever ends it."""
    try:
        return carry_out()
    except KeyboardInterrupt:
        return Ending(ExitCode.INTERRUPTED, "interrupted at once; the next run looks what became of it")
    except UnauthorisedError as error:
        code = ExitCode.LIVE if context.wrote else ExitCode.UNREADABLE
        return _interrupted_or(context, Ending(code, str(error)))
    except CalicoMigrateError as error:
        return _interrupted_or(context, Ending(error.exit_code, str(error)))


def _interrupted_or(context: Context, outcome: Ending) -> Ending:
    return outcome._replace(code=ExitCode.INTERRUPTED) if context.stop.requested else outcome


def _selected(command: str, plan: Plan, asked: Asked) -> list[str]:
    from calico_migrate.cluster.applying.selection import selected

    if command == fold.BACK:
        if sum(map(bool, (asked.items, asked.waves, asked.everything))) != 1:
            raise UsageError(
                "say what goes back: exactly one of --item ID (repeatable), --wave NAME or --all"
            )
        if asked.everything:
            return [key for key in plan.items if _was_sent(asked.path, key)]
    return selected(plan, asked.items, asked.waves)


def _was_sent(path: str, key: str) -> bool:
    records = fold.fold(journal.read(journal.path_of(path)).events)
    return key in records and records[key].sent is not None


def require_same_cluster(plan: Plan, reader: Reader, voice: Voice) -> None:
    """Raises OtherClusterError unless the cluster is the plan's."""
    live_id = identity.cluster_id(reader, voice.warn)
    live_framework = identity.framework_id(reader, expected=plan.cluster.framework is not None)
    identity.require_same(plan.cluster.id, plan.cluster.framework, live_id, live_framework)


def _require_own_journal(plan: Plan, events: Sequence[journal.Event], path: str) -> None:
    for event in events:
        if event["event"] == "open" and event.get("cluster") != plan.cluster.id:
            raise UsageError(
                f"{journal.path_of(path)} is the journal of another cluster; move it away, or give the plan"
                " another name"
            )


def require_secure(access: Access) -> None:
    """Raises UsageError where certificates are not checked and the line does not say so."""
    if access.insecure and not access.insecure_asked:
        raise UsageError(
            "certificates are not to be checked, by the environment or by dcos.toml: what writes needs"
            " --insecure"
            " on its own line"
        )


def confirm(plan: Plan, path: str, what: str, voice: Voice, *, yes: bool) -> None:
    """Asks for the cluster's name unless ``yes``; raises UsageError for any other."""
    if yes:
        return
    name = plan.cluster.name or plan.cluster.id or plan.cluster.framework or ""
    voice.insist(f"This will {what} {plan.cluster.url} (plan {path}).")
    sys.stderr.write("The cluster's name, to go on: ")
    sys.stderr.flush()
    if sys.stdin.readline().strip() != name:
        raise UsageError("that is not the name of the plan's cluster; nothing was sent")


@contextlib.contextmanager
def _watching(asked: Asked, total: int, *, live: bool) -> Iterator[Watcher]:
    voice = asked.voice
    if asked.format is AnswerFormat.JSON:
        yield JsonWatcher(voice)
    elif live and not voice.quiet and sys.stdout.isatty():
        from calico_migrate.cli.terminal import has_color, live_console
        from calico_migrate.cluster.display.live import LiveDisplay

        color = has_color(voice.color, sys.stdout)
        with LiveDisplay(live_console(sys.stdout, color=color), total) as display:
            yield TextWatcher(voice, display)
    else:
        yield TextWatcher(voice)


def _tell(
    command: str,
    outcome: Ending,
    asked: Asked,
    records: Mapping[str, Record],
    plan: Plan,
    selected: Sequence[str],
) -> None:
    states = fold.states(records, plan.items)
    counts = ", ".join(f"{number} {state}" for state, number in fold.counts(states).items())
    voice = asked.voice
    voice.say(f"{counts or 'nothing to do'}")
    if outcome.why:
        voice.insist(outcome.why)
    if outcome.code is ExitCode.LIVE:
        path = escaped(asked.path)
        broken = [key for key, state in states.items() if state in (State.FAILED, State.UNKNOWN)]
        for key in broken:
            voice.insist(f"{key}: {states[key]}: {records[key].why}")
        voice.insist(f"go on:   calico-migrate cluster apply {path}")
        items = " ".join(f"--item {key}" for key in broken) or "--all"
        voice.insist(f"go back: calico-migrate cluster rollback {path} {items}")
    elif outcome.code is ExitCode.FOUND:
        done = State.VERIFIED if command == fold.FORWARD else State.ROLLED_BACK
        left = [key for key in selected if states[key] is not done]
        back = [key for key in left if states[key] is State.ROLLED_BACK]
        if back and not asked.is_by_name:
            voice.insist(f"{len(back)} rolled back before, and sent again only by name: --item {back[0]}")
        if left:
            more = f" and {len(left) - 5} more" if len(left) > 5 else ""
            voice.insist(f"left: {', '.join(left[:5])}{more}")
