"""Agents that the promise does not name."""

from __future__ import annotations

from calico_migrate.network.rules import agent_not_promised
from calico_migrate.network.verifying.subjects import AgentSeen
from tests.migrate.network.samples import PROMISE, seen


def test_promised_or_not() -> None:
    assert list(agent_not_promised.check(AgentSeen(PROMISE, seen(), {"10.0.0.5"}))) == []
    (finding,) = agent_not_promised.check(AgentSeen(PROMISE, seen(), {"10.0.0.6"}))
    assert finding.severity.value == "info"
    assert "'10.0.0.5'" in finding.message
