"""What the script found on an agent that has something else."""

from __future__ import annotations

from calico_migrate.network.rules import agent_differs
from calico_migrate.network.running.outcomes import AgentOutcome, State


def test_the_words_of_the_outcome() -> None:
    finding = agent_differs.finding(AgentOutcome("10.0.0.5", State.DIFFERENT, "what was said"))
    assert (finding.rule, finding.message) == ("agent-differs", "what was said")
    assert "--resume" in finding.hint
