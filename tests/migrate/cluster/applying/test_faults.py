"""`cluster apply` where something goes wrong on the way, at every step of it."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.migrate.cluster.lab import app, pod
from tests.support.standin import Behaviour, faults

if TYPE_CHECKING:
    from tests.migrate.cluster.lab import Lab
    from tests.support.standin import Cluster

APP = r"/v2/apps/web$"
ITEM = "marathon:/web"


@pytest.fixture
def one(lab: Lab) -> Lab:
    """One app, planned."""
    lab.cluster.add(app("/web"))
    lab.planned("--canary", "none")
    return lab


@pytest.fixture
def two(lab: Lab) -> Lab:
    """Two apps, planned."""
    lab.cluster.add(app("/a"))
    lab.cluster.add(app("/b"))
    lab.planned("--canary", "none")
    return lab


# A request without a clear answer


@pytest.mark.parametrize("kind", ["reset-after", "504-after", "malformed", "html", "cut"])
def test_lost_after_the_write_is_found_by_reading(one: Lab, kind: str) -> None:
    one.fault("PATCH", APP, kind)
    assert one.apply().code == 0
    assert one.intents("/web") == 1
    assert one.spec("/web").updates == 1
    assert one.states() == {"/web": "verified"}


@pytest.mark.parametrize("kind", ["reset-before", "502-before"])
def test_lost_before_the_write_is_unknown_and_the_next_run_sends_it(two: Lab, kind: str) -> None:
    two.fault("PATCH", r"/v2/apps/a$", kind)
    result = two.apply()
    assert result.code == 4
    assert two.states() == {"/a": "unknown"}
    assert two.intents("/a") == 1
    assert two.intents("/b") == 0
    assert "cluster apply" in result.errors
    assert "cluster rollback" in result.errors
    assert two.apply().code == 0
    assert [two.spec(item).updates for item in ("/a", "/b")] == [1, 1]


def test_an_answer_that_comes_too_late(one: Lab) -> None:
    one.fault("PATCH", APP, "reset-after", seconds=3.0)
    began = time.monotonic()
    assert one.apply("--timeout", "300ms").code == 0
    assert time.monotonic() - began < 3
    answer = next(event for event in one.journal() if event["event"] == "answer")
    assert (answer["status"], answer["error"]) == (None, "timeout")
    assert one.spec("/web").updates == 1


def test_a_write_that_takes_effect_late(one: Lab) -> None:
    """Accepted behind a front door that has given up: seen by reading, within --unknown-wait."""
    one.fault("PATCH", APP, "answer", answered=faults.GATEWAY_TIMEOUT)

    def late(cluster: Cluster) -> None:
        cluster.change("/web", lambda body: body["networks"][0].update(name="calico"))

    one.fault("GET", APP, "act", skip=2, action=late)
    assert one.apply().code == 0
    assert one.intents("/web") == 1


# The token


def test_the_token_is_read_again_once(one: Lab) -> None:
    one.served.tokens = {"new-token"}
    one.fault("GET", "/metadata", "act", action=lambda _: one.token.write_text("new-token\n"))
    assert one.apply().code == 0


def test_a_refused_token_before_the_first_write(one: Lab) -> None:
    one.served.tokens = set()
    assert one.apply().code == 3
    assert one.served.writes() == []


def test_a_refused_token_after_the_first_write_leaves_it_rolling(one: Lab) -> None:
    one.fault("PATCH", APP, "act", action=lambda _: None)
    one.cluster.start_delay = 0.1

    def expire(_: Cluster) -> None:
        one.served.tokens = set()

    one.fault("GET", APP, "act", skip=2, action=expire)
    assert one.apply().code == 4
    assert one.states() == {"/web": "rolling"}
    one.served.tokens = {"good-token"}
    assert one.apply().code == 0
    assert one.intents("/web") == 1


def test_a_write_that_was_refused_with_401_is_sent_with_the_new_token(one: Lab) -> None:
    def expire(_: Cluster) -> None:
        one.served.tokens = {"new-token"}
        one.token.write_text("new-token")

    one.fault("PATCH", APP, "act", action=expire)
    assert one.apply().code == 0
    assert one.intents("/web") == 2
    assert one.spec("/web").updates == 1


def test_two_refusals_of_a_write_end_the_run(one: Lab) -> None:
    one.fault("PATCH", APP, "answer", answered=faults.UNAUTHORISED, times=5)
    assert one.apply().code == 3
    assert one.spec("/web").updates == 0


# Reading


@pytest.mark.parametrize("kind", ["reset-before", "502-before", "malformed", "html", "cut", "504-after"])
def test_reads_are_tried_again(one: Lab, kind: str) -> None:
    one.fault("GET", "/v2/", kind, times=2)
    one.fault("GET", APP, kind, skip=2, times=2)
    assert one.apply("--outage-timeout", "5s").code == 0


def test_a_success_without_a_body_is_tried_again(one: Lab) -> None:
    one.fault("GET", APP, "answer", answered=faults.Answered(204, {}, b""), times=2)
    one.fault("GET", "/mesos/state", "answer", answered=faults.Answered(206, {}, b"{"))
    assert one.apply("--outage-timeout", "5s").code == 0


def test_an_outage_beyond_the_limit(one: Lab) -> None:
    one.fault("GET", APP, "502-before", skip=1, times=1000)
    assert one.apply().code == 4
    assert one.states() == {"/web": "rolling"}
    one.served.faults.clear()
    assert one.apply().code == 0
    assert one.spec("/web").updates == 1


def test_a_redirect_is_a_finding_and_gets_no_token(one: Lab) -> None:
    one.fault("GET", APP, "answer", answered=faults.redirect("http://evil.example/v2"))
    result = one.apply()
    assert result.code == 4
    assert "evil.example" in result.errors
    assert one.served.writes() == []


def test_a_leader_that_changes_in_mid_roll(one: Lab) -> None:
    one.cluster.start_delay = 0.2

    def lose(cluster: Cluster) -> None:
        cluster.leaderless_until = time.monotonic() + 0.5

    one.fault("GET", APP, "act", skip=2, action=lose)
    assert one.apply("--outage-timeout", "5s").code == 0


# Other hands


def test_what_was_changed_since_the_plan_is_skipped(two: Lab) -> None:
    two.cluster.change("/a", lambda body: body.update(cmd="other"))
    assert two.apply().code == 1
    assert two.states() == {"/a": "drifted", "/b": "verified"}
    assert "/cmd" in two.why("/a")
    assert two.spec("/a").body["cmd"] == "other"


def test_what_vanished_is_skipped(two: Lab) -> None:
    del two.cluster.specs["/a"]
    assert two.apply().code == 1
    assert two.states() == {"/a": "drifted", "/b": "verified"}


def test_dependants_of_what_was_not_moved_are_not_sent(lab: Lab) -> None:
    lab.cluster.add(app("/base"))
    lab.cluster.add(app("/top", dependencies=["/base"]))
    lab.planned("--canary", "none")
    lab.cluster.change("/base", lambda body: body.update(cmd="other"))
    assert lab.apply().code == 1
    assert lab.intents("/top") == 0
    assert "drifted" in lab.why("/top")


def test_a_foreign_write_between_the_look_and_the_request_is_said(one: Lab) -> None:
    def foreign(cluster: Cluster) -> None:
        cluster.change("/web", lambda body: body.update(cmd="theirs"))

    one.fault("PATCH", APP, "act", action=foreign)
    result = one.apply()
    assert result.code == 1
    assert one.states() == {"/web": "inconclusive"}
    assert "overwrote" in one.why("/web")


def test_scaling_between_the_look_and_the_request_overwrites_nothing(one: Lab) -> None:
    one.fault("PATCH", APP, "act", action=lambda cluster: cluster.scale("/web", 3))
    assert one.apply().code == 0
    assert one.spec("/web").instances == 3


def test_scaling_during_the_roll_is_followed(one: Lab) -> None:
    one.cluster.start_delay = 0.1
    one.fault("GET", APP, "act", skip=3, action=lambda cluster: cluster.scale("/web", 3))
    assert one.apply().code == 0
    assert len(one.spec("/web").tasks) == 3


def test_somebody_elses_deployment_is_waited_for(one: Lab) -> None:
    held = one.cluster.lock_by_stranger("/web")

    def end(_: Cluster) -> None:
        held.endless = False

    one.fault("GET", "/v2/deployments", "act", skip=3, action=end)
    result = one.apply("--format", "json")
    assert result.code == 0
    assert held.id in result.text
    assert one.intents("/web") == 1


def test_somebody_elses_deployment_that_never_ends(two: Lab) -> None:
    held = two.cluster.lock_by_stranger("/a")
    assert two.apply("--lock-timeout", "200ms").code == 1
    assert two.states() == {"/a": "planned", "/b": "verified"}
    assert held.id in two.why("/a")
    assert held in two.cluster.deployments


def test_a_lock_that_comes_between_the_look_and_the_request(one: Lab) -> None:
    held: list[Any] = []

    def lock(cluster: Cluster) -> None:
        held.append(cluster.lock_by_stranger("/web"))

    def unlock(_: Cluster) -> None:
        for each in held:
            each.endless = False

    one.fault("PATCH", APP, "act", action=lock)
    one.fault("GET", "/v2/deployments", "act", skip=3, action=unlock)
    assert one.apply().code == 0
    assert one.intents("/web") == 2
    assert one.spec("/web").updates == 1


def test_too_many_deployments_are_waited_for(one: Lab) -> None:
    one.cluster.max_deployments = 0

    def calm(cluster: Cluster) -> None:
        cluster.max_deployments = 100

    one.fault("GET", "/v2/deployments", "act", skip=2, action=calm)
    assert one.apply().code == 0
    assert one.spec("/web").updates == 1


def test_a_change_by_somebody_else_during_the_roll(one: Lab) -> None:
    one.cluster.start_delay = 0.2
    one.fault(
        "GET", APP, "act", skip=2,
        action=lambda cluster: cluster.change("/web", lambda body: body.update(cmd="theirs")),
    )  # fmt: skip
    assert one.apply().code == 1
    assert one.states() == {"/web": "drifted"}


# Marathon refuses


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (422, {"message": "Object is not valid", "details": [{"path": "/networks", "errors": ["no"]}]}),
        (400, {"message": "Invalid JSON", "details": "Unexpected end-of-input"}),
        (403, {"message": "Not Authorized to perform this action!"}),
        (409, {"message": "An app with id [/web] already exists."}),
    ],
)
def test_a_refusal_is_a_failure_and_nothing_was_done(two: Lab, status: int, body: Any) -> None:
    answered = faults.Answered(status, {"Content-Type": "application/json"}, json.dumps(body).encode())
    two.fault("PATCH", r"/v2/apps/a$", "answer", answered=answered)
    assert two.apply().code == 4
    assert two.states() == {"/a": "failed"}
    assert body["message"] in two.why("/a")
    assert two.apply().code == 0
    assert two.intents("/a") == 2


def test_a_refusal_because_of_another_app_stops_the_run(two: Lab) -> None:
    body = {"message": "Object is not valid", "details": [{"path": "/legacy/apps", "errors": ["old"]}]}
    answered = faults.Answered(422, {"Content-Type": "application/json"}, json.dumps(body).encode())
    two.fault("PATCH", r"/v2/apps/a$", "answer", answered=answered)
    result = two.apply("--max-failures", "5")
    assert result.code == 4
    assert two.intents("/b") == 0
    assert "another app" in result.errors


# Instances that do not do well


def test_a_crash_loop_without_a_health_check(lab: Lab) -> None:
    lab.cluster.add(app("/web", healthChecks=[]))
    lab.cluster.add(app("/zeta"))
    lab.planned("--allow", "unchecked", "--canary", "none")
    lab.behave("/web", crash_after=1e-6)
    result = lab.apply()
    assert result.code == 4
    assert lab.states() == {"/web": "failed"}
    assert lab.intents("/zeta") == 0


def test_a_crash_while_it_settles(lab: Lab) -> None:
    lab.cluster.add(app("/web", healthChecks=[]))
    lab.planned("--allow", "unchecked", "--canary", "none")
    lab.behave("/web", crash_after=0.3)
    assert lab.apply("--settle", "2s").code == 4
    assert lab.states() == {"/web": "failed"}
    assert "settle" in lab.why("/web")


def test_a_health_check_that_never_passes(one: Lab) -> None:
    one.behave("/web", unhealthy=True)
    result = one.apply("--item-timeout", "300ms")
    assert result.code == 4
    assert one.states() == {"/web": "failed"}
    assert "cluster rollback" in result.errors


def test_no_room_for_more_says_why_offers_are_declined(one: Lab) -> None:
    one.behave("/web", no_room=True)
    assert one.apply("--item-timeout", "300ms").code == 4
    assert "InsufficientCpus 3 of 3" in one.why("/web")


def test_an_address_outside_the_pools(one: Lab) -> None:
    one.behave("/web", stray_address=True)
    assert one.apply().code == 4
    assert one.states() == {"/web": "failed"}
    assert "outside 172.29.0.0/16" in one.why("/web")


def test_mesos_names_another_network(one: Lab) -> None:
    one.behave("/web", reported_network="dcos")
    assert one.apply().code == 4
    assert "network" in one.why("/web")


def test_mesos_cannot_be_read(one: Lab) -> None:
    one.fault("GET", "/mesos/state", "answer", times=100, answered=faults.Answered(403, {}, b""))
    assert one.apply().code == 1
    assert one.states() == {"/web": "inconclusive"}
    one.served.faults.clear()
    assert one.apply().code == 0
    assert one.spec("/web").updates == 1


def test_a_failed_item_that_recovers_is_verified_by_the_next_run(one: Lab) -> None:
    one.behave("/web", unhealthy=True)
    assert one.apply("--item-timeout", "200ms").code == 4
    assert one.apply("--item-timeout", "200ms").code == 4
    one.cluster.behaviours.clear()
    assert one.apply().code == 0
    assert one.spec("/web").updates == 1


def test_more_failures_may_be_allowed(two: Lab) -> None:
    two.behave("/a", unhealthy=True)
    result = two.apply("--max-failures", "1", "--item-timeout", "300ms")
    assert result.code == 4
    assert two.states() == {"/a": "failed", "/b": "verified"}


def test_a_pod_that_fails(lab: Lab) -> None:
    lab.cluster.add(pod("/sessions"))
    lab.planned("--canary", "none")
    lab.behave("/sessions", unhealthy=True)
    assert lab.apply("--item-timeout", "300ms").code == 4
    assert lab.states() == {"/sessions": "failed"}


# Pre-flight


def test_calico_that_is_not_well_stops_before_the_first_write(one: Lab) -> None:
    one.cluster.unit_health = 1
    result = one.apply()
    assert result.code == 1
    assert "10.0.0.2" in result.errors
    assert one.served.writes() == []
    assert one.apply("--no-preflight").code == 0


# Our own side


def test_a_journal_that_cannot_be_written_stops_before_the_request(
    one: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write

    def full(descriptor: int, data: Any) -> int:
        if b'"event": "intent"' in bytes(data):
            raise OSError(28, "No space left on device")
        return real(descriptor, data)

    monkeypatch.setattr(os, "write", full)
    result = one.apply()
    assert result.code == 5
    assert "no space left" in result.errors
    assert one.served.writes() == []
    monkeypatch.undo()
    assert one.apply().code == 0


def test_a_journal_in_a_place_where_nobody_may_write(one: Lab) -> None:
    Path(f"{one.plan_path}.journal").mkdir()
    assert one.apply().code in (3, 5)
    assert one.served.writes() == []


def test_a_second_run_is_kept_out(one: Lab) -> None:
    import fcntl

    with open(f"{one.plan_path}.lock", "w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        result = one.apply()
    assert result.code == 2
    assert one.served.writes() == []
    assert one.apply().code == 0


def test_a_torn_last_line_is_cut(one: Lab) -> None:
    path = Path(f"{one.plan_path}.journal")
    assert one.apply().code == 0
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"n": 99, "event": "int')
    assert one.apply().code == 0
    assert path.read_bytes().startswith(whole + b'{"n": ')
    assert [event["n"] for event in one.journal()] == list(range(1, len(one.journal()) + 1))


@pytest.mark.parametrize(
    "damage",
    [
        b"nonsense\n",
        b"\0\0\n",
        b'{"n": 7, "event": "note"}\n',
        b'{"n": 1, "event": "state", "item": "marathon:/web", "state": "nonsense", "why": ""}\n',
        b'{"n": 1, "event": "state", "item": "marathon:/web"}\n',
        b'{"n": 1, "event": "state", "item": "marathon:/web", "state": []}\n',
        b'{"n": 1, "event": "intent", "item": 5}\n',
        b'{"n": 1, "event": "open", "command": "apply", "plan": "x"}\n',
        b'{"n": 1, "event": "open", "command": "apply", "cluster": null}\n',
    ],
)
def test_a_damaged_journal_is_refused_with_its_line(one: Lab, damage: bytes) -> None:
    Path(f"{one.plan_path}.journal").write_bytes(damage)
    result = one.apply()
    assert result.code == 3
    assert ".journal:1: " in result.errors
    assert one.run("show", str(one.plan_path)).code == 3
    assert one.run("status", str(one.plan_path), *one.connection()).code == 3
    assert one.served.writes() == []


def test_another_cluster_is_refused(one: Lab) -> None:
    one.cluster.id = "another"
    result = one.apply()
    assert result.code == 2
    assert "another cluster" in result.errors
    assert not os.path.exists(f"{one.plan_path}.journal")
    one.cluster.id = None
    assert one.apply().code == 0


def test_a_leader_that_has_no_framework_yet_is_no_other_cluster(one: Lab) -> None:
    early = faults.Answered(
        200, {"Content-Type": "application/json"}, b'{"name": "marathon", "elected": true}'
    )
    fault = one.fault("GET", "/v2/info$", "answer", answered=early, times=2)
    assert one.apply("--outage-timeout", "10s").code == 0
    assert fault.met == 3
    one.fault("GET", "/v2/info$", "answer", answered=early, times=10**6)
    done = one.apply()
    assert done.code == 4
    assert "/v2/info gave no usable answer" in done.errors
    assert one.run("status", str(one.plan_path), *one.connection()).code == 4
    assert one.run("status", *one.connection()).code == 0


def test_another_marathon_is_refused(one: Lab) -> None:
    one.cluster.framework = "another-0001"
    assert one.apply().code == 2
    assert one.served.writes() == []


def test_what_depends_on_it_and_is_not_well_any_more(lab: Lab) -> None:
    lab.cluster.add(app("/base"))
    lab.cluster.add(app("/top", dependencies=["/base"]))
    lab.planned("--canary", "none")

    def break_it(cluster: Cluster) -> None:
        cluster.behaviours["/top"] = Behaviour(network="dcos", unhealthy=True)
        cluster.specs["/top"].config_version = cluster.specs["/top"].tasks[0].version

    lab.fault("GET", "/v2/apps/base$", "act", skip=3, action=break_it)
    # Long enough for four looks on any machine.
    lab.cluster.start_delay = 0.7
    result = lab.apply()
    assert result.code == 1
    assert lab.states() == {"/base": "inconclusive"}
    assert "neighbours" in lab.why("/base")
    assert lab.intents("/top") == 0


@pytest.mark.parametrize(("health", "code"), [(0.0, 0), (0.5, 1), (False, 1), ("0", 1), (None, 1)])
def test_a_units_health_is_a_number(lab: Lab, health: object, code: int) -> None:
    lab.cluster.add(app("/web"))
    lab.planned("--canary", "none")
    lab.cluster.unit_health = health
    assert lab.apply().code == code
    assert len(lab.served.writes()) == (1 if code == 0 else 0)


def test_what_was_changed_after_it_was_sent_is_named(one: Lab) -> None:
    """By somebody, or by a Marathon that adds what the new definition did not say."""
    one.fault(
        "GET", "/v2/apps/web$", "act", skip=1, action=lambda c: c.change("/web", lambda b: b.update(tty=True))
    )
    assert one.apply().code == 1
    assert one.states() == {"/web": "drifted"}
    assert one.why("/web") == "somebody else changed it after it was sent: /tty"
