"""`cluster verify`: all gates again for what is done."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.migrate.cluster.installing import ON, cassandra
from tests.migrate.cluster.lab import app, pod
from tests.support.standin import faults

if TYPE_CHECKING:
    from tests.migrate.cluster.lab import Lab
    from tests.support.command_line import Result


@pytest.fixture
def moved(lab: Lab) -> Lab:
    """An app and a pod that were moved."""
    lab.cluster.add(app("/a"))
    lab.cluster.add(pod("/p"))
    lab.planned("--canary", "none")
    assert lab.apply().code == 0
    return lab


def verify(lab: Lab, *options: str) -> Result:
    return lab.run("verify", str(lab.plan_path), *lab.connection(), *options)


def test_what_is_well(moved: Lab) -> None:
    sent = len(moved.served.writes())
    result = verify(moved)
    assert result.code == 0, result.text
    assert "2 items done, 2 well" in result.text
    assert len(moved.served.writes()) == sent
    lines = [json.loads(line) for line in verify(moved, "--format", "json").text.splitlines()]
    assert [(line["item"], line["gate"]) for line in lines][:4] == [
        ("marathon:/a", gate) for gate in ("tasks", "addresses", "network", "health")
    ]


def test_what_was_put_back(moved: Lab) -> None:
    moved.cluster.change("/a", lambda body: body["networks"][0].update(name="dcos"))
    result = verify(moved)
    assert result.code == 4
    assert "marathon:/a: tasks failed" in result.text


def test_what_is_not_certain(moved: Lab) -> None:
    moved.spec("/a").tasks[0].healthy = False
    moved.behave("/a", unhealthy=True)
    assert verify(moved).code == 1
    moved.cluster.behaviours.clear()
    moved.fault("GET", "/mesos/state", "answer", answered=faults.Answered(403, {}, b""))
    assert verify(moved).code == 1


def test_one_item_and_another_cluster(moved: Lab) -> None:
    assert verify(moved, "--item", "/a").code == 0
    assert verify(moved, "--item", "/x").code == 2
    moved.cluster.id = "other"
    assert verify(moved).code == 2


def test_nothing_is_done_yet(lab: Lab) -> None:
    lab.cluster.add(app("/a"))
    lab.planned()
    assert "0 items done" in verify(lab).text


def test_a_package_whose_plan_or_tasks_went_wrong_later(lab: Lab) -> None:
    lab.cluster.install(cassandra(), ON)
    lab.planned()
    assert lab.apply().code == 0
    scheduler = lab.cluster.schedulers["cassandra"]
    assert verify(lab).code == 0
    scheduler.errors = ["Message: 'not allowed'"]
    broken = verify(lab)
    assert broken.code != 0
    assert "it refuses the configuration" in broken.text
    scheduler.errors = []
    scheduler.pods[0].network = "dcos"
    left = verify(lab)
    assert left.code != 0
    assert "node-0-server" in left.text
