"""Lists of agents that cannot be used."""

from __future__ import annotations

import pytest

from calico_migrate.network.rules import unusable_agents
from calico_migrate.network.settings import GenerationSettings

WEB = GenerationSettings("web", "10.1.0.0/16")


def _messages(settings: GenerationSettings) -> list[str]:
    return [f"{finding.severity}: {finding.message}" for finding in unusable_agents.check(settings)]


def test_agents_that_are_fine() -> None:
    assert _messages(WEB) == []
    agents = ("10.0.0.1", "node-2.example.com")
    assert _messages(WEB._replace(agents=agents, create_on="node-2.example.com")) == []


@pytest.mark.parametrize(
    "agent", ["", "-oProxyCommand=x", "../../etc", "a b", "a\n", "$(reboot)", "a/b", ".", "..", "a@b"]
)
def test_addresses_that_are_none(agent: str) -> None:
    (message,) = _messages(WEB._replace(agents=["10.0.0.1", agent]))
    assert message.startswith("error: ")
    assert message.isprintable()


def test_duplicates() -> None:
    assert _messages(WEB._replace(agents=["10.0.0.1", "10.0.0.1"])) == ["error: '10.0.0.1' is there twice"]


def test_many_bad_ones_are_counted() -> None:
    messages = _messages(WEB._replace(agents=["a b"] * 500))
    assert len(messages) == 11
    assert messages[-1] == "error: 490 more agents cannot be used"


@pytest.mark.parametrize("agents", [(), ("10.0.0.1",)])
def test_a_creator_that_is_no_agent(agents: tuple[str, ...]) -> None:
    (message,) = _messages(WEB._replace(agents=agents, create_on="10.0.0.9"))
    assert message == "error: --create-on names '10.0.0.9', which is not among the agents"
