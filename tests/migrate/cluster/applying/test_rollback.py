"""`cluster rollback`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.migrate.cluster.lab import app, pod

if TYPE_CHECKING:
    from tests.migrate.cluster.lab import Lab


@pytest.fixture
def moved(lab: Lab) -> Lab:
    """Two apps and a pod that were moved."""
    lab.cluster.add(app("/a"))
    lab.cluster.add(app("/b", instances=1))
    lab.cluster.add(pod("/p"))
    lab.planned("--canary", "none", "--allow", "outage")
    assert lab.apply().code == 0
    return lab


def test_everything_goes_back_in_reverse_order(moved: Lab) -> None:
    sent = [write.path for write in moved.served.writes()]
    before = len(sent)
    assert moved.rollback("--all").code == 0
    assert [write.path for write in moved.served.writes()[before:]] == sent[::-1]
    assert {moved.network(item) for item in ("/a", "/b", "/p")} == {"dcos"}
    assert set(moved.states().values()) == {"rolled-back"}


def test_one_item(moved: Lab) -> None:
    assert moved.rollback("--item", "/a").code == 0
    assert [moved.network(item) for item in ("/a", "/b", "/p")] == ["dcos", "calico", "calico"]
    assert moved.status()["items"]["marathon:/a"]["state"] == "rolled-back"


def test_one_wave(moved: Lab) -> None:
    assert moved.rollback("--wave", "stateful").code == 0
    assert [moved.network(item) for item in ("/a", "/b")] == ["calico", "dcos"]


@pytest.mark.parametrize("options", [[], ["--all", "--item", "/a"], ["--item", "/a", "--wave", "plain"]])
def test_exactly_one_choice(moved: Lab, options: list[str]) -> None:
    assert moved.rollback(*options).code == 2


def test_the_scale_of_now_is_kept(moved: Lab) -> None:
    moved.cluster.scale("/a", 5)
    moved.cluster.scale("/p", 4)
    assert moved.rollback("--all").code == 0
    assert (moved.spec("/a").instances, moved.spec("/p").instances) == (5, 4)


def test_what_was_changed_since_is_refused_and_named(moved: Lab) -> None:
    moved.cluster.change("/a", lambda body: body.update(cmd="newer"))
    assert moved.rollback("--all").code == 1
    assert moved.network("/a") == "calico"
    assert moved.states()["/a"] == "drifted"
    assert "/cmd" in moved.why("/a")
    assert moved.network("/b") == "dcos"


def test_three_ways_keep_what_others_changed(moved: Lab) -> None:
    moved.cluster.change("/a", lambda body: body.update(cmd="newer"))
    moved.cluster.change("/b", lambda body: body["networks"][0].update(name="other"))
    assert moved.rollback("--all", "--three-way").code == 1
    assert moved.spec("/a").body["cmd"] == "newer"
    assert (moved.network("/a"), moved.network("/b"), moved.network("/p")) == ("dcos", "other", "dcos")
    assert moved.states()["/a"] == "rolled-back"
    assert moved.states()["/b"] == "drifted"


def test_what_is_as_before_needs_nothing(moved: Lab) -> None:
    moved.cluster.change("/a", lambda body: body["networks"][0].update(name="dcos"))
    sent = len(moved.served.writes())
    assert moved.rollback("--item", "/a").code == 0
    assert len(moved.served.writes()) == sent


def test_nothing_to_do(lab: Lab) -> None:
    lab.cluster.add(app("/a"))
    lab.planned("--canary", "none")
    assert lab.rollback("--all").code == 0
    assert lab.served.writes() == []


def test_a_dry_run(moved: Lab) -> None:
    sent = len(moved.served.writes())
    result = moved.rollback("--all", "--dry-run", "--format", "json")
    assert result.code == 0
    lines = [json.loads(line) for line in result.text.splitlines()]
    assert {line["event"] for line in lines} == {"would"}
    assert lines[0]["edits"][0]["old"] == "calico"
    assert len(moved.served.writes()) == sent


def test_a_roll_that_hangs_locks_itself(lab: Lab) -> None:
    lab.cluster.add(app("/a"))
    lab.planned("--canary", "none")
    lab.behave("/a", no_room=True)
    assert lab.apply("--item-timeout", "200ms").code == 4
    stuck = lab.rollback("--item", "/a")
    assert stuck.code == 4
    dry = lab.rollback("--item", "/a", "--dry-run")
    assert dry.code == 1
    assert "failed: locked by its own deployment" in dry.text
    dry = lab.rollback("--item", "/a", "--dry-run", "--revert-stuck")
    assert dry.code == 0
    assert "would DELETE /service/marathon/v2/deployments/" in dry.text
    (ours,) = [each.id for each in lab.cluster.deployments]
    assert ours in stuck.errors
    assert "--revert-stuck" in stuck.errors
    assert lab.network("/a") == "calico"
    assert lab.rollback("--item", "/a", "--revert-stuck").code == 0
    (delete,) = [write for write in lab.served.writes() if write.method == "DELETE"]
    assert delete.path == f"/service/marathon/v2/deployments/{ours}"
    assert lab.network("/a") == "dcos"
    assert lab.states() == {"/a": "rolled-back"}


def test_the_deployment_of_a_stranger_is_never_taken_back(lab: Lab) -> None:
    lab.cluster.add(app("/a"))
    lab.planned("--canary", "none")
    assert lab.apply().code == 0
    lab.cluster.lock_by_stranger("/a")
    assert lab.rollback("--item", "/a", "--revert-stuck", "--lock-timeout", "100ms").code == 1
    assert [write.method for write in lab.served.writes()] == ["PATCH"]


def test_a_lost_answer_on_the_way_back(moved: Lab) -> None:
    moved.fault("PATCH", "/v2/apps/a$", "504-after")
    assert moved.rollback("--item", "/a").code == 0
    assert moved.network("/a") == "dcos"


def test_a_lost_request_on_the_way_back(moved: Lab) -> None:
    moved.fault("PATCH", "/v2/apps/a$", "reset-before")
    assert moved.rollback("--item", "/a").code == 4
    assert moved.network("/a") == "calico"
    # The next run forward finds it as it was moved.
    assert moved.apply().code == 0
    assert moved.states()["/a"] == "verified"
    assert moved.rollback("--item", "/a").code == 0
    assert moved.network("/a") == "dcos"


def test_a_way_back_that_fails_its_gates(moved: Lab) -> None:
    moved.behave("/a", network="dcos", unhealthy=True)
    assert moved.rollback("--item", "/a", "--item-timeout", "200ms").code == 4
    assert moved.states()["/a"] == "failed"
    moved.cluster.behaviours.clear()
    assert moved.rollback("--item", "/a").code == 0


def test_the_pause_file_keeps_a_rollback_from_beginning(moved: Lab) -> None:
    assert moved.run("pause", str(moved.plan_path)).code == 0
    held = moved.rollback("--all")
    assert held.code == 1
    assert "`cluster resume` removes it" in held.errors
    assert moved.network("/a") == "calico"
    assert moved.run("resume", str(moved.plan_path)).code == 0
    assert moved.rollback("--all").code == 0


def test_a_rollback_without_a_journal_says_that_nothing_was_sent(moved: Lab) -> None:
    Path(f"{moved.plan_path}.journal").unlink()
    done = moved.rollback("--all")
    assert done.code == 0
    assert "no item was sent by this plan" in done.errors
    assert moved.network("/a") == "calico"


def test_what_went_back_is_sent_again_only_by_name(moved: Lab) -> None:
    assert moved.rollback("--item", "/a").code == 0
    assert moved.apply().code == 1
    assert moved.network("/a") == "dcos"
    assert moved.apply("--item", "/a").code == 0
    assert moved.network("/a") == "calico"


def test_a_dry_run_knows_what_is_sent_again_only_by_name(moved: Lab) -> None:
    assert moved.rollback("--item", "/a").code == 0
    plain = moved.apply("--dry-run", "--format", "json")
    assert plain.code == 1
    lines = {line["item"]: line for line in map(json.loads, plain.text.splitlines())}
    assert lines["marathon:/a"]["event"] == "state"
    assert lines["marathon:/a"]["state"] == "rolled-back"
    named = moved.apply("--dry-run", "--format", "json", "--item", "/a")
    assert (named.code, json.loads(named.text)["event"]) == (0, "would")


def test_after_everything_went_back_a_plan_begins_anew(lab: Lab) -> None:
    lab.cluster.add(app("/a"))
    lab.cluster.add(app("/b"))
    lab.planned()
    assert lab.apply().code == 1
    assert lab.rollback("--all").code == 0
    assert lab.states() == {"/a": "rolled-back"}
    dry = lab.apply("--dry-run")
    assert (dry.code, dry.text.count("would PATCH")) == (0, 2)
    # With its canary, and with the pause after it.
    again = lab.apply()
    assert (again.code, lab.network("/a"), lab.network("/b")) == (1, "calico", "dcos")
    assert "canary done" in again.errors
    assert lab.apply().code == 0
    assert set(lab.states().values()) == {"verified"}
    assert lab.rollback("--all").code == 0
    assert lab.apply().code == 1
    assert lab.apply().code == 0
    assert (lab.network("/a"), lab.network("/b")) == ("calico", "calico")
