"""``cluster verify``: the gates again, for what is done."""

from __future__ import annotations

import contextlib
import json
import sys
from typing import TYPE_CHECKING, NamedTuple

from calico_core.errors import CalicoMigrateError, OutputError, UsageError
from calico_core.exits import ExitCode
from calico_core.legible import escaped, legible
from calico_core.words import counted
from calico_migrate._version import __version__
from calico_migrate.cli import terminal
from calico_migrate.cli.cluster import options
from calico_migrate.cli.cluster.running import confirm, load, require_same_cluster, require_secure
from calico_migrate.cli.options import AnswerFormat
from calico_migrate.cluster import paths
from calico_migrate.cluster.applying import executing, fold, journal, locking
from calico_migrate.cluster.applying.gates import Judgement, Result
from calico_migrate.cluster.applying.journal import Journal
from calico_migrate.cluster.applying.selection import selected
from calico_migrate.cluster.applying.states import State
from calico_migrate.cluster.applying.verifying import verify
from calico_migrate.cluster.connection.failures import RedirectError, UnauthorisedError
from calico_migrate.cluster.display.lines import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.cli.cluster.options import Connecting
    from calico_migrate.cli.cluster.saying import Voice
    from calico_migrate.cluster.connection.access import Access
    from calico_migrate.cluster.connection.reading import Reader
    from calico_migrate.cluster.planning.document import Plan

_UNAUTHORISED = 401


class Asked(NamedTuple):
    """What the command line asks for; ``inside`` is `--exec`."""

    path: str
    items: Sequence[str]
    waves: Sequence[str]
    format: AnswerFormat
    inside: bool
    yes: bool
    voice: Voice


def verify_done(asked: Asked, connecting: Connecting) -> ExitCode:
    """Looks at what is done and shows each gate that is not passed; answers the exit code."""
    plan = load(asked.path).plan
    chosen = selected(plan, asked.items, asked.waves)
    if asked.inside and not (asked.yes or sys.stdin.isatty()):
        raise UsageError("--exec starts a process in containers; there is no terminal to ask: give --yes")
    records = fold.fold(journal.read(journal.path_of(asked.path)).events)
    done = [key for key in chosen if key in records and records[key].state is State.VERIFIED]
    access = connecting.access(asked.voice)
    if asked.inside:
        require_secure(access)
    reader = connecting.reader(access, asked.voice)
    require_same_cluster(plan, reader, asked.voice)
    shown = _Shown(asked.format, asked.voice)
    for found in verify(plan, reader, done):
        shown.gate(found.item, found.gate, found.judgement)
    if asked.inside and done:
        with locking.lock(asked.path):
            confirm(plan, asked.path, "run a test in containers of", asked.voice, yes=asked.yes)
            _test_inside(plan, reader, asked.path, access, done, shown)
    if asked.format is AnswerFormat.TEXT:
        asked.voice.done(
            f"{counted(len(done), 'item')} done, {len(done) - len(shown.failing)} well,"
            f" {len(chosen) - len(done)} not done yet"
        )
    return shown.worst


def _test_inside(
    plan: Plan, reader: Reader, path: str, access: Access, done: Sequence[str], shown: _Shown
) -> None:
    """One test after the other, each written down before it starts."""
    state = reader.document(paths.MESOS_STATE).value
    with contextlib.closing(Journal(journal.path_of(path), lambda _: None)) as written:
        digest = load(path).digest
        written.write(
            "open",
            command="verify",
            plan=digest,
            cluster=plan.cluster.id,
            by=options.user(),
            tool=__version__,
            insecure=access.insecure,
        )
        code = ExitCode.INTERRUPTED
        try:
            for trial in executing.trials(plan, reader, state, done):
                judgement = _tested(trial, reader, written)
                fields = {"result": str(judgement.result), "why": judgement.why}
                written.write("gate", item=trial.item.key, gate="exec", **fields)
                shown.gate(trial.item.key, "exec", judgement)
            code = shown.worst
        except CalicoMigrateError as error:
            code = error.exit_code
            raise
        finally:
            states = fold.states(fold.fold(written.events), plan.items)
            with contextlib.suppress(OutputError):
                written.write("close", exit=int(code), counts=fold.counts(states))


def _tested(trial: executing.Trial | executing.Untested, reader: Reader, written: Journal) -> Judgement:
    """What one test says. Raises what ends all of them: a refused token, and a redirect."""
    if isinstance(trial, executing.Untested):
        return Judgement(Result.INCONCLUSIVE, f"cannot be tested from here: {trial.why}")
    text = f"a test in a container: wget http://{trial.address}/ of {trial.target.key}"
    written.note(text, trial.item.key)
    answer = reader.client.session(trial.path, json.dumps(trial.body()).encode())
    if answer.status == _UNAUTHORISED:
        # Nothing was started; with another token it may be asked again, once.
        if reader.client.renew_token():
            answer = reader.client.session(trial.path, json.dumps(trial.body()).encode())
        if answer.status == _UNAUTHORISED:
            raise UnauthorisedError(
                f"the cluster refuses the token (HTTP 401 of {trial.path}); log in again, then run this again"
            )
    if answer.is_redirect:
        raise RedirectError(f"{trial.path} answered {answer.why}")
    return executing.judged(answer)


class _Shown:
    """Shows gates, and keeps the worst of them."""

    def __init__(self, format_: AnswerFormat, voice: Voice) -> None:
        self._voice = voice
        self._format = format_
        self.worst = ExitCode.DONE
        self.failing: set[str] = set()

    def gate(self, item: str, gate: str, judged: Judgement) -> None:
        """One gate of one item."""
        if self._format is AnswerFormat.JSON:
            event = {"event": "gate", "item": item, "gate": gate}
            terminal.write(json.dumps({**event, "result": str(judged.result), "why": judged.why}) + "\n")
        elif not judged.passed:
            text = f"{escaped(item)}: {gate} {judged.result}: {legible(judged.why, 300)}"
            self._voice.show([Line.about(str(judged.result), text)])
        if not judged.passed:
            self.failing.add(item)
            failed = judged.result is Result.FAILED
            self.worst = ExitCode.LIVE if failed or self.worst is ExitCode.LIVE else ExitCode.FOUND
