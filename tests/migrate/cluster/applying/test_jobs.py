"""Jobs: sent whole, without a restart, and before everything that restarts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.migrate.cluster.lab import app

if TYPE_CHECKING:
    from tests.migrate.cluster.lab import Lab


@pytest.fixture
def jobs(lab: Lab) -> Lab:
    """A job on the network dcos with a schedule, and one on the host."""
    networks = [{"mode": "container", "name": "dcos"}]
    lab.cluster.jobs["team.report"] = {
        "id": "team.report",
        "description": "",
        "run": {
            "cmd": "report",
            "ucr": {"image": {"id": "x"}},
            "cpus": 0.1,
            "mem": 32,
            "disk": 0,
            "networks": networks,
        },
        "schedules": [{"id": "nightly", "cron": "0 1 * * *"}],
        "activeRuns": [],
    }
    lab.cluster.jobs["host"] = {"id": "host", "run": {"cmd": "x", "cpus": 0.1, "mem": 32, "disk": 0}}
    return lab


def test_a_job_moves_without_a_restart(jobs: Lab) -> None:
    jobs.cluster.add(app("/web"))
    jobs.planned("--canary", "none")
    plan = jobs.read_plan()
    assert [wave["name"] for wave in plan["waves"]] == ["jobs", "plain"]
    item = plan["items"]["metronome:team.report"]
    assert (item["kind"], item["service"], item["team"], item["action"]) == (
        "job",
        "metronome",
        "team",
        "put",
    )
    assert item["edits"][0]["pointer"] == "/run/networks/0/name"
    assert jobs.apply().code == 0
    put = jobs.served.writes()[0]
    assert (put.method, put.path) == ("PUT", "/service/metronome/v1/jobs/team.report")
    assert set(json.loads(put.body)) == {"id", "description", "run"}
    assert jobs.cluster.jobs["team.report"]["schedules"]
    assert jobs.status()["items"]["metronome:team.report"]["state"] == "verified"


def test_a_job_goes_back(jobs: Lab) -> None:
    jobs.planned()
    assert jobs.apply().code == 0
    assert jobs.rollback("--all").code == 0
    assert jobs.cluster.jobs["team.report"]["run"]["networks"][0]["name"] == "dcos"
    assert jobs.status()["items"]["metronome:team.report"]["state"] == "rolled-back"


def test_a_job_that_was_changed_is_skipped(jobs: Lab) -> None:
    jobs.planned()
    jobs.cluster.jobs["team.report"]["run"]["cmd"] = "other"
    assert jobs.apply().code == 1
    assert jobs.served.writes() == []


@pytest.mark.parametrize("kind", ["504-after", "reset-after"])
def test_a_lost_answer(jobs: Lab, kind: str) -> None:
    jobs.planned()
    jobs.fault("PUT", "/v1/jobs/", kind)
    assert jobs.apply().code == 0
    assert len(jobs.served.writes()) == 1


def test_no_metronome_is_absent(lab: Lab) -> None:
    assert lab.snapshot().code == 0
    manifest = json.loads((lab.path / "snapshot" / "MANIFEST.json").read_text())
    assert manifest["parts"]["metronome/jobs.json"]["state"] == "absent"
