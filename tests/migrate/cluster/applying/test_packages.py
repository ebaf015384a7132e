"""Packages: moved through Cosmos by their options, and seen to have moved by their plan and their tasks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.migrate.cluster.installing import ON, cassandra

if TYPE_CHECKING:
    from tests.migrate.cluster.lab import Lab
    from tests.support.standin.schedulers import Scheduler

KEY = "cosmos:/cassandra"


@pytest.fixture
def packaged(lab: Lab) -> Lab:
    """A service of three pods on dcos."""
    lab.cluster.install(cassandra(), ON)
    return lab


def scheduler(lab: Lab) -> Scheduler:
    return lab.cluster.schedulers["cassandra"]


def networks(lab: Lab) -> list[str | None]:
    return [pod.network for pod in scheduler(lab).pods]


def test_a_package_moves_by_its_options(packaged: Lab) -> None:
    packaged.planned()
    plan = packaged.read_plan()
    assert [(wave["name"], wave["items"]) for wave in plan["waves"]] == [("packages", [KEY])]
    item = plan["items"][KEY]
    assert (item["kind"], item["service"], item["id"], item["action"]) == (
        "package",
        "cosmos",
        "/cassandra",
        "post",
    )
    assert [(e["pointer"], e["old"], e["new"]) for e in item["edits"]] == [
        ("/options/service/virtual_network_name", "dcos", "calico")
    ]
    assert item["rendered"] == [{"pointer": "/env/VIRTUAL_NETWORK_NAME", "old": "dcos", "new": "calico"}]
    assert item["scheduler"] == {"service": "cassandra", "framework": scheduler(packaged).framework}
    assert (item["roll"]["instances"], item["roll"]["kill_at_once"]) == (3, 1)
    assert plan["by_hand"] == []
    result = packaged.apply()
    assert result.code == 0, result.errors
    (sent,) = packaged.served.writes()
    assert json.loads(sent.body) == {
        "appId": "/cassandra",
        "options": {"service": {"virtual_network_name": "calico"}},
        "replace": False,
    }
    assert networks(packaged) == ["calico"] * 3
    gates = [(e["gate"], e["result"]) for e in packaged.journal() if e["event"] == "gate"]
    assert gates == [
        (gate, "passed") for gate in ("tasks", "plan", "addresses", "network", "health", "settle")
    ]
    status = packaged.status()
    assert status["items"][KEY]["state"] == "verified"
    assert status["items"][KEY]["tasks"] == {"calico": 3}
    assert status["left"] == []
