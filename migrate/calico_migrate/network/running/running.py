"""Runs the generated scripts on the agents: one agent first, which creates, then all others in parallel.

The scripts of the others wait for the network by themselves, so that they may start as soon as the first
agent has it. While the first agent is not known to be right, no other agent is touched.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from calico_core import sources
from calico_core.errors import OutputError
from calico_migrate.network.running import journal as journals
from calico_migrate.network.running.fan_out import fan_out
from calico_migrate.network.running.outcomes import AgentOutcome, State, judge
from calico_migrate.network.running.ssh import SshSettings, command, send

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from calico_migrate.network.generated import Directory
    from calico_migrate.network.promise import Agent
    from calico_migrate.network.running.ssh import Stop

_SAVE_SECONDS = 0.5


class RunSettings(NamedTuple):
    """How many connections are open at once, and how long one script may take, in seconds."""

    parallel: int = 20
    timeout: float = 300.0
    ssh: SshSettings = SshSettings()


class RunResult(NamedTuple):
    """How a run ended: what is known of each agent, in the promise's order.

    ``skipped`` are agents that an earlier run left right; ``interrupted`` and ``unwritten`` (why the
    journal is behind) say what else happened.
    """

    outcomes: list[AgentOutcome]
    skipped: frozenset[str]
    interrupted: bool = False
    unwritten: OutputError | None = None


def run(
    directory: Directory, settings: RunSettings, *, resume: bool, report: Callable[[AgentOutcome], None]
) -> RunResult:
    """Runs the scripts and keeps the journal; ``report`` gets each outcome as it comes.

    Raises LiveError where another run is under way, OutputError where the journal cannot be written at
    the beginning, InputError where ``resume`` cannot read it.
    """
    promise = directory.promise
    names = [agent.name for agent in promise.agents]
    digest = journals.digest_of(directory.text)
    with journals.locked(directory.path, promise.network, digest, names, resume=resume) as journal:
        journal.save()
        run = _Run(directory, settings, journal, report)
        return run.everywhere()


class _Run:
    def __init__(
        self,
        directory: Directory,
        settings: RunSettings,
        journal: journals.Journal,
        report: Callable[[AgentOutcome], None],
    ) -> None:
        self._directory = directory
        self._settings = settings
        self._journal = journal
        self._report = report
        self._saved = time.monotonic()
        self._unwritten: OutputError | None = None

    def everywhere(self) -> RunResult:
        promise, creator = self._directory.promise, self._directory.creator
        done = {name for name, entry in self._journal.entries.items() if entry.state is State.RIGHT}
        outcomes: dict[str, AgentOutcome] = {}
        interrupted = False
        if creator.name not in done:
            interrupted = self._wave([creator], outcomes)
        others = [agent for agent in promise.agents if agent is not creator and agent.name not in done]
        if not interrupted and (creator.name in done or outcomes[creator.name].state is State.RIGHT):
            interrupted = self._wave(others, outcomes)
        else:
            why = "not sent: the run was interrupted"
            if not interrupted:
                why = f"not sent: {creator.name}, which creates the network, is not right yet"
            for agent in others:
                outcomes[agent.name] = AgentOutcome(agent.name, State.NOT_RUN, why)
                self._journal.record(outcomes[agent.name])
        for agent in promise.agents:
            # An interruption may fall between an answer's arrival and its being taken down.
            if agent.name not in outcomes and agent.name not in done:
                outcomes[agent.name] = AgentOutcome(agent.name, State.UNKNOWN, "interrupted")
                self._journal.record(outcomes[agent.name])
        self._save()
        for name in done:
            entry = self._journal.entries[name]
            outcomes[name] = AgentOutcome(
                name, entry.state, entry.message, entry.word, entry.code, entry.status, entry.seconds
            )
        ordered = [outcomes[agent.name] for agent in promise.agents]
        return RunResult(ordered, frozenset(done), interrupted, self._unwritten)

    def _wave(self, agents: Sequence[Agent], outcomes: dict[str, AgentOutcome]) -> bool:
        """Sends the scripts to a group of agents; whether it was interrupted."""
        if not agents:
            return False
        try:
            self._journal.begin([agent.name for agent in agents])
        except OutputError as error:
            self._unwritten = error
            for agent in agents:
                outcomes[agent.name] = AgentOutcome(
                    agent.name, State.NOT_RUN, "not sent: the journal cannot be written"
                )
            return False

        def take(outcome: AgentOutcome) -> None:
            outcomes[outcome.agent] = outcome
            self._journal.record(outcome)
            if time.monotonic() - self._saved > _SAVE_SECONDS:
                self._save()
            if outcome.state is not State.NOT_RUN:
                self._report(outcome)

        try:
            return fan_out(agents, self._on_agent, self._settings.parallel, take)
        finally:
            self._save()

    def _on_agent(self, agent: Agent, stop: Stop) -> AgentOutcome:
        return run_script(self._directory, agent, (), self._settings, stop)

    def _save(self) -> None:
        """A journal that cannot be written does not stop what is under way; it is said at the end."""
        self._saved = time.monotonic()
        try:
            self._journal.save()
        except OutputError as error:
            self._unwritten = error


def run_script(
    directory: Directory, agent: Agent, arguments: Sequence[str], settings: RunSettings, stop: Stop
) -> AgentOutcome:
    """Sends an agent its own script, with options of the script, and judges the answer."""
    interrupted = AgentOutcome(agent.name, State.NOT_RUN, "not sent: the run was interrupted")
    if stop.requested:
        return interrupted
    try:
        answer = send(
            directory.script(agent), command(settings.ssh, agent.name, arguments), settings.timeout, stop
        )
    except OSError as error:
        return AgentOutcome(
            agent.name, State.NOT_RUN, f"not sent: ssh cannot be started: {sources.reason(error)}"
        )
    if answer is None:
        return interrupted
    return judge(directory.promise, agent.name, answer, settings.timeout)
