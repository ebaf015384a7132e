"""Marathons on Marathon: found, planned and moved as the root one's apps are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.migrate.cluster.lab import app
from tests.support.standin import Cluster

if TYPE_CHECKING:
    from tests.migrate.cluster.lab import Lab


@pytest.fixture
def several(lab: Lab) -> Lab:
    """A root Marathon with an app, and one on it with another."""
    inner = Cluster(start_delay=0.01, health_delay=0.01)
    inner.framework = "mom-0001"
    inner.add(app("/inner"))
    lab.cluster.marathons["team/marathon"] = inner
    labels = {"DCOS_PACKAGE_NAME": "marathon", "DCOS_SERVICE_NAME": "team/marathon"}
    lab.cluster.add({"id": "/team/marathon", "cmd": "marathon", "labels": labels})
    lab.cluster.add(app("/web"))
    return lab


def test_the_ones_on_it_are_found(several: Lab) -> None:
    several.planned("--canary", "none")
    plan = several.read_plan()
    assert plan["coverage"]["marathons"] == ["marathon", "team/marathon"]
    assert set(plan["items"]) == {"marathon:/web", "team/marathon:/inner"}
    assert all(framework["read"] for framework in plan["coverage"]["frameworks"])
    assert several.apply().code == 0
    inner = several.cluster.marathons["team/marathon"].specs["/inner"]
    assert inner.body["networks"][0]["name"] == "calico"
    status = several.status("--check")
    assert {item["state"] for item in status["items"].values()} == {"verified"}
    assert status["items"]["team/marathon:/inner"]["tasks"] == {"calico": 2}
    assert status["left"] == []


def test_one_by_name(several: Lab) -> None:
    assert several.snapshot("--marathon", "team/marathon").code == 0
    assert several.plan("--canary", "none").code == 1
    assert set(several.read_plan()["items"]) == {"team/marathon:/inner"}
    assert several.apply().code == 0


def test_one_that_does_not_answer_is_not_read(several: Lab) -> None:
    several.fault("GET", "/service/team/marathon/v2/info", "502-before", times=99)
    assert several.snapshot().code == 0
    assert several.plan("--canary", "none").code == 1
    unread = [each for each in several.read_plan()["coverage"]["frameworks"] if not each["read"]]
    assert [each["id"] for each in unread] == ["mom-0001"]
