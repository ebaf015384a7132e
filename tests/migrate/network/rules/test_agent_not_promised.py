"""Agents that the promise does not name."""

from __future__ import annotations

from calico_migrate.network.rules import agent_not_promised
from tests.migrate.network.samples import seen


def test_promised_or_not() -> None:
    assert list(agent_not_promised.check(seen(), {"10.0.0.5"})) == []
    (finding,) = agent_not_promised.check(seen(), {"10.0.0.6"})
    assert finding.severity.value == "info"
    assert "'10.0.0.5'" in finding.message
