"""Agents that were left out."""

from __future__ import annotations

from calico_migrate.network.rules import agent_not_run
from calico_migrate.network.running.outcomes import AgentOutcome, State


def test_the_words_of_the_outcome() -> None:
    finding = agent_not_run.finding(AgentOutcome("10.0.0.5", State.NOT_RUN, "what was said"))
    assert (finding.rule, finding.message) == ("agent-not-run", "what was said")
    assert "--resume" in finding.hint
