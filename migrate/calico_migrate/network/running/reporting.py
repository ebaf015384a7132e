"""Reports of what is known of agents: what has something else is a finding, what is unknown an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.exits import ExitCode
from calico_core.report import FileError, FileReport
from calico_core.words import joined
from calico_migrate.network.rules import agent_differs, agent_not_run
from calico_migrate.network.running.outcomes import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_core.findings import Finding
    from calico_migrate.network.running.outcomes import AgentOutcome

KIND = "unknown"
RESOURCE_KIND = "calico"

_NAMED = 40


def reports_of_run(outcomes: Sequence[AgentOutcome]) -> list[FileReport]:
    """A report for each agent of a run, under the agent's name.

    An agent that was left out because another one has something else is no failure of its own.
    """
    left_out = any(outcome.state is State.DIFFERENT for outcome in outcomes) and not any(
        outcome.state in (State.FAILED, State.UNKNOWN) for outcome in outcomes
    )
    return [
        report_of(outcome, [agent_not_run.finding(outcome)] if left_out else None) for outcome in outcomes
    ]


def report_of(outcome: AgentOutcome, left_out: list[Finding] | None = None) -> FileReport:
    """One agent's report; ``left_out`` are the findings of one that was not run, instead of an error."""
    extra = {
        "agent": {
            "state": outcome.state.value,
            "word": outcome.word or None,
            "code": outcome.code,
            "seconds": outcome.seconds,
        }
    }
    report = FileReport(outcome.agent, KIND, extra=extra)
    if outcome.state is State.RIGHT:
        return report
    if outcome.state is State.DIFFERENT:
        return report._replace(findings=[agent_differs.finding(outcome)])
    if outcome.state is State.NOT_RUN and left_out is not None:
        return report._replace(findings=left_out)
    # What failed says so itself; what is unknown, or was never sent, must not be taken for a failure.
    prefix = "" if outcome.state is State.FAILED else f"{outcome.state}: "
    return report._replace(error=FileError(prefix + outcome.message, exit_code=ExitCode.LIVE))


def summary(outcomes: Sequence[AgentOutcome], skipped: int = 0) -> list[str]:
    """What is known of each agent: a line for each state with its agents, and the totals.

    ``skipped`` of the agents are known from an earlier run only. Of very many agents the first are named;
    the journal has all of them.
    """
    words = {
        State.RIGHT: "right",
        State.DIFFERENT: "with something else",
        State.FAILED: "failed",
        State.UNKNOWN: "unknown",
        State.NOT_RUN: "not run",
    }
    lines, totals = [], []
    for state, word in words.items():
        names = [outcome.agent for outcome in outcomes if outcome.state is state]
        if names:
            lines.append(f"{word}: {joined(names, _NAMED)}")
            totals.append(f"{len(names)} {word}")
    agents = "1 agent" if len(outcomes) == 1 else f"{len(outcomes)} agents"
    earlier = f" ({skipped} of them since an earlier run, not looked at again)" if skipped else ""
    return [*lines, f"{agents}: {', '.join(totals)}{earlier}"]
