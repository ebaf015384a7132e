"""Reports of agents: what has something else is a finding, what is unknown an error."""

from __future__ import annotations

import pytest

from calico_core.exits import ExitCode
from calico_core.findings import Severity
from calico_core.report import Report
from calico_migrate.network.running.outcomes import AgentOutcome, State
from calico_migrate.network.running.reporting import reports_of_run, summary


def outcomes(*states: State) -> list[AgentOutcome]:
    return [AgentOutcome(f"a{number}", state, "said") for number, state in enumerate(states, 1)]


R, D, F, U, N = State.RIGHT, State.DIFFERENT, State.FAILED, State.UNKNOWN, State.NOT_RUN


@pytest.mark.parametrize(
    "states, code",
    [
        ([R, R], ExitCode.DONE),
        ([R, D], ExitCode.FOUND),
        ([D, N], ExitCode.FOUND),
        ([R, F], ExitCode.LIVE),
        ([R, U], ExitCode.LIVE),
        ([F, N], ExitCode.LIVE),
        ([U, N], ExitCode.LIVE),
        ([R, N], ExitCode.LIVE),
        ([D, U, N], ExitCode.LIVE),
        ([D, F, N], ExitCode.LIVE),
    ],
)
def test_exit_codes(states: list[State], code: ExitCode) -> None:
    reports = reports_of_run(outcomes(*states))
    assert [report.path for report in reports] == [f"a{n}" for n in range(1, len(states) + 1)]
    assert Report(reports).exit_code(Severity.ERROR) is code


def test_what_is_unknown_is_not_taken_for_a_failure() -> None:
    errors = [report.error for report in reports_of_run(outcomes(F, U, N))]
    assert [error.message for error in errors if error] == ["said", "unknown: said", "not-run: said"]


def test_the_summary_names_every_agent() -> None:
    assert summary(outcomes(R, D, R, U, N)) == [
        "right: a1, a3",
        "with something else: a2",
        "unknown: a4",
        "not run: a5",
        "5 agents: 2 right, 1 with something else, 1 unknown, 1 not run",
    ]
    assert summary(outcomes(F))[-1] == "1 agent: 1 failed"
    assert summary(outcomes(R, R), 2)[-1].endswith("(2 of them since an earlier run, not looked at again)")


def test_very_many_agents() -> None:
    line, total = summary(outcomes(*[R] * 5000))
    assert line.endswith("a40 and 4960 more")
    assert total == "5000 agents: 5000 right"
