"""Blocks for agents."""

from __future__ import annotations

from typing import Any

import pytest

from calico_config.facts.facts import facts_of
from calico_migrate.network.rules import pool_too_small_for_agents
from calico_migrate.network.settings import GenerationSettings

WEB = GenerationSettings("web", "10.1.0.0/16")


def _messages(settings: GenerationSettings) -> list[str]:
    return [f"{finding.severity}: {finding.message}" for finding in pool_too_small_for_agents.check(settings)]


def _with(agents: int, cidr: str, **others: Any) -> GenerationSettings:
    addresses = [f"192.0.2.{number}" for number in range(agents)]
    return WEB._replace(cidr=cidr, agents=addresses, **others)


@pytest.mark.parametrize(("agents", "cidr"), [(0, "10.1.0.0/26"), (20, "10.1.0.0/20"), (51, "10.1.0.0/20")])
def test_room_for_all(agents: int, cidr: str) -> None:
    assert _messages(_with(agents, cidr)) == []


def test_too_few_blocks() -> None:
    (message,) = _messages(_with(5, "10.1.0.0/24"))
    assert message == "error: 10.1.0.0/24 has 4 blocks of 64 addresses for 5 agents"


def test_few_blocks_left() -> None:
    (message,) = _messages(_with(52, "10.1.0.0/20"))
    assert message == (
        "warning: 10.1.0.0/20 has 64 blocks of 64 addresses for 52 agents:"
        " few are left for busy or new agents"
    )


def test_smaller_blocks_make_room() -> None:
    assert _messages(_with(5, "10.1.0.0/24", block_size=28)) == []


def test_a_shared_pool_is_for_masters_too() -> None:
    config = "master_list: [10.9.0.1, 10.9.0.2, 10.9.0.3]"
    (message,) = _messages(_with(62, "10.1.0.0/20", shared_pool=True, configuration=facts_of(config)))
    assert message == "error: 10.1.0.0/20 has 64 blocks of 64 addresses for 62 agents and 3 masters"
