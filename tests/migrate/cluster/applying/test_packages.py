"""Packages: moved through Cosmos by their options, and seen to have moved by their plan and their tasks."""

from __future__ import annotations

import json
import signal
from typing import TYPE_CHECKING, Any

import pytest

from tests.migrate.cluster.applying.test_killing import start, until
from tests.migrate.cluster.installing import ON, TEMPLATE, cassandra, plain
from tests.migrate.cluster.lab import app
from tests.support.standin import faults
from tests.support.standin.packages import stored_options

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.migrate.cluster.lab import Lab
    from tests.support.standin import Cluster
    from tests.support.standin.schedulers import Scheduler

KEY = "cosmos:/cassandra"
UPDATE = "/cosmos/service/update"


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
    (placed,) = [e for e in packaged.journal() if e["event"] == "gate" and e["gate"] == "addresses"]
    # The service's own tasks, and not the scheduler.
    assert placed["addresses"] == [pod.address for pod in scheduler(packaged).pods]
    assert (placed["new"], placed["old"]) == (3, 0)
    status = packaged.status()
    assert status["items"][KEY]["state"] == "verified"
    assert status["items"][KEY]["tasks"] == {"calico": 3}
    assert status["left"] == []


def deployments_of(cluster: Cluster) -> list[str]:
    """The deployments that run, as time has passed."""
    with cluster.lock:
        cluster.advance()
        return [each.id for each in cluster.deployments]


def stored(lab: Lab) -> dict[str, Any]:
    """The options that the service has now."""
    spec = lab.spec("/cassandra")
    return dict((stored_options(spec.body["labels"]) or {})["service"])


def test_a_package_without_a_scheduler_moves_as_its_app_does(lab: Lab) -> None:
    lab.cluster.install(plain(), {"service": {"name": "grafana"}})
    lab.planned()
    item = lab.read_plan()["items"]["cosmos:/grafana"]
    assert item["scheduler"] is None
    assert item["roll"]["instances"] == 2
    assert [each["pointer"] for each in item["rendered"]] == ["/networks/0/name"]
    result = lab.apply()
    assert result.code == 0, result.errors
    assert lab.network("/grafana") == "calico"
    assert lab.status()["items"]["cosmos:/grafana"]["tasks"] == {"calico": 2}
    assert lab.rollback("--all").code == 0
    assert lab.network("/grafana") == "dcos"


def test_an_instance_of_such_a_package_that_stays_outside_the_pools(lab: Lab) -> None:
    lab.cluster.install(plain(), {"service": {"name": "grafana"}})
    lab.planned()
    lab.behave("/grafana", stray_address=True)
    assert lab.apply("--item-timeout", "300ms").code == 4
    assert lab.states() == {"/grafana": "failed"}


# What no longer is as it was planned


def change_options(cluster: Cluster) -> None:
    cluster.update("/cassandra", {"service": {"cpus": 2}})


def change_app(cluster: Cluster) -> None:
    cluster.change("/cassandra", lambda body: body["env"].update(EXTRA="1"))


def change_definition(cluster: Cluster) -> None:
    cluster.packages["/cassandra"].template = TEMPLATE.replace('"mem": 1024', '"mem": 2048')


def change_version(cluster: Cluster) -> None:
    cluster.packages["/cassandra"].version = "1.1.0"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (change_options, "changed since: /cpus, /labels/DCOS_PACKAGE_OPTIONS"),
        (change_app, "an update would undo what somebody changed in its running app: /env/EXTRA"),
        (change_definition, "/mem"),
        (change_version, "changed since"),
        (lambda cluster: cluster.uninstall("/cassandra"), "it does not exist any more"),
    ],
)
def test_what_was_changed_since_the_plan_is_not_updated(
    packaged: Lab, change: Callable[[Cluster], None], said: str
) -> None:
    packaged.planned()
    change(packaged.cluster)
    dry = packaged.apply("--dry-run")
    assert dry.code == 1
    assert "would POST" not in dry.text
    result = packaged.apply()
    assert result.code == 1, result.errors
    assert packaged.served.writes() == []
    assert packaged.states() == {"/cassandra": "drifted"}
    assert said in packaged.why("/cassandra")


def test_an_app_that_would_become_something_else_is_not_updated(packaged: Lab) -> None:
    packaged.planned()
    packaged.change_plan(lambda plan: plan["items"][KEY]["rendered"].pop())
    assert packaged.apply().code == 1
    assert packaged.served.writes() == []
    assert packaged.why("/cassandra").endswith(
        "would not become what the plan shows: /env/VIRTUAL_NETWORK_NAME"
    )


def test_a_package_that_goes_between_the_look_and_the_request(packaged: Lab) -> None:
    packaged.planned()
    packaged.fault("POST", UPDATE, "act", action=lambda cluster: cluster.uninstall("/cassandra"))
    assert packaged.apply().code == 1
    assert packaged.states() == {"/cassandra": "drifted"}


def test_an_update_of_somebody_else_while_it_rolls_is_named(packaged: Lab) -> None:
    packaged.planned()
    scheduler(packaged).stuck_at = 1
    packaged.fault("GET", "/v1/plans/deploy", "act", skip=1, action=change_options)
    assert packaged.apply().code == 1
    assert packaged.states() == {"/cassandra": "drifted"}
    assert packaged.why("/cassandra") == "somebody else changed it after it was sent: /options/service/cpus"
    assert len(packaged.served.writes()) == 1


def test_a_running_deployment_of_its_scheduler_is_waited_for(packaged: Lab) -> None:
    packaged.planned()
    held = packaged.cluster.lock_by_stranger("/cassandra")
    assert packaged.apply("--lock-timeout", "100ms").code == 1
    assert packaged.served.writes() == []
    assert held in packaged.cluster.deployments
    packaged.cluster.deployments.clear()
    assert packaged.apply().code == 0


# Requests without a clear answer


@pytest.mark.parametrize("kind", ["reset-after", "504-after", "malformed", "html", "cut"])
def test_an_update_that_arrived_without_an_answer_is_found_and_not_sent_again(
    packaged: Lab, kind: str
) -> None:
    packaged.planned()
    packaged.fault("POST", UPDATE, kind, times=100)
    result = packaged.apply()
    assert result.code == 0, result.errors
    assert len(packaged.served.writes()) == 1
    assert packaged.spec("/cassandra").updates == 1
    assert networks(packaged) == ["calico"] * 3


@pytest.mark.parametrize("kind", ["reset-before", "502-before"])
def test_an_update_that_did_not_arrive_is_sent_by_the_next_run(packaged: Lab, kind: str) -> None:
    packaged.planned()
    packaged.fault("POST", UPDATE, kind, times=100)
    assert packaged.apply().code == 4
    assert packaged.states() == {"/cassandra": "unknown"}
    assert len(packaged.served.writes()) == 1
    packaged.served.faults.clear()
    assert packaged.apply().code == 0
    assert len(packaged.served.writes()) == 2
    assert packaged.spec("/cassandra").updates == 1


def test_a_token_that_is_refused_did_nothing(packaged: Lab) -> None:
    packaged.planned()
    packaged.fault("POST", UPDATE, "answer", answered=faults.UNAUTHORISED)
    assert packaged.apply().code == 3
    assert packaged.spec("/cassandra").updates == 0
    assert packaged.apply().code == 0
    assert packaged.spec("/cassandra").updates == 1


def test_what_cosmos_refuses_has_failed_with_its_words(packaged: Lab) -> None:
    packaged.planned()
    body = {"type": "JsonSchemaMismatch", "message": "Options JSON failed validation", "data": {}}
    refusal = faults.Answered(400, {"Content-Type": "application/json"}, json.dumps(body).encode())
    packaged.fault("POST", UPDATE, "answer", answered=refusal)
    assert packaged.apply().code == 4
    assert packaged.why("/cassandra") == "Cosmos refused it: HTTP 400: Options JSON failed validation"


def test_what_marathon_refuses_is_no_clear_answer_of_cosmos_and_is_shown(packaged: Lab) -> None:
    packaged.planned()
    body = {"type": "unhandled_exception", "message": '{"message":"Object is not valid"}', "data": None}
    refusal = faults.Answered(500, {"Content-Type": "application/json"}, json.dumps(body).encode())
    packaged.fault("POST", UPDATE, "answer", answered=refusal)
    assert packaged.apply().code == 4
    assert packaged.states() == {"/cassandra": "unknown"}
    assert "Object is not valid" in packaged.why("/cassandra")


# The scheduler


def test_a_step_that_hangs(packaged: Lab) -> None:
    packaged.planned()
    scheduler(packaged).stuck_at = 1
    assert packaged.apply("--item-timeout", "400ms").code == 4
    assert packaged.states() == {"/cassandra": "failed"}
    assert (
        "plan: its deploy plan is IN_PROGRESS: 1 of 3 steps, node-1-server:[server] STARTING"
        in packaged.why("/cassandra")
    )
    status = packaged.status()
    assert status["items"][KEY]["state"] == "failed"
    assert status["left"] == [
        {
            "framework": scheduler(packaged).framework,
            "name": name,
            "item": KEY,
            "state": "failed",
            "tasks": {"dcos": 1},
        }
        for name in ("node-1-server", "node-2-server")
    ]
    # The way on: once the step ends, the next run sees it, and sends nothing.
    scheduler(packaged).stuck_at = None
    assert packaged.apply().code == 0
    assert len(packaged.served.writes()) == 1


def test_a_configuration_that_the_scheduler_refuses(packaged: Lab) -> None:
    packaged.planned()
    scheduler(packaged).refuses = "Field: 'PodSpec[name:node]'; Message: 'not allowed'; Fatal: false"
    assert packaged.apply().code == 4
    assert packaged.states() == {"/cassandra": "failed"}
    assert "it refuses the configuration, and the one before runs on: Field: 'PodSpec" in packaged.why(
        "/cassandra"
    )
    assert networks(packaged) == ["dcos"] * 3
    assert packaged.rollback("--all").code == 0
    assert stored(packaged)["virtual_network_name"] == "dcos"


def test_a_plan_that_waits_for_a_person_has_not_failed(packaged: Lab) -> None:
    packaged.planned()
    scheduler(packaged).waits = True
    result = packaged.apply("--item-timeout", "300ms")
    assert result.code == 1, result.errors
    assert packaged.states() == {"/cassandra": "inconclusive"}
    assert "its deploy plan is WAITING: 0 of 3 steps" in packaged.why("/cassandra")
    assert "plan continue deploy" in packaged.why("/cassandra")
    scheduler(packaged).waits = False
    assert packaged.apply().code == 0
    assert len(packaged.served.writes()) == 1


def test_a_plan_that_has_errors_before_is_left_alone(packaged: Lab) -> None:
    packaged.planned()
    scheduler(packaged).errors = ["Message: 'broken before'"]
    assert packaged.apply().code == 1
    assert packaged.served.writes() == []
    assert "its deploy plan has errors already" in packaged.why("/cassandra")


def test_a_plan_that_is_under_way_is_waited_for_before(packaged: Lab) -> None:
    packaged.planned()
    scheduler(packaged).todo = scheduler(packaged).pods[:1]
    scheduler(packaged).step = 10**6
    assert packaged.apply("--lock-timeout", "100ms").code == 1
    assert packaged.served.writes() == []
    assert "its deploy plan is IN_PROGRESS" in packaged.why("/cassandra")


def test_a_scheduler_that_is_silent_for_a_while_is_waited_for(packaged: Lab) -> None:
    packaged.planned()
    scheduler(packaged).silence = 0.5
    assert packaged.apply("--outage-timeout", "100ms").code == 0
    assert networks(packaged) == ["calico"] * 3


def test_another_scheduler_on_its_address_is_not_believed(packaged: Lab) -> None:
    packaged.planned()
    packaged.fault(
        "GET",
        "/v1/state/frameworkId",
        "answer",
        times=10**6,
        answered=faults.Answered(200, {"Content-Type": "application/json"}, b'["another"]'),
    )
    assert packaged.apply("--lock-timeout", "100ms").code == 1
    assert packaged.served.writes() == []
    assert "another scheduler answers on its address" in packaged.why("/cassandra")


def test_a_complete_plan_with_strange_addresses_has_failed(packaged: Lab) -> None:
    packaged.planned()
    scheduler(packaged).strays = True
    assert packaged.apply().code == 4
    assert "addresses: node-0-server" in packaged.why("/cassandra")


def test_a_task_that_ends_while_it_settles_is_seen_though_the_plan_stays_complete(packaged: Lab) -> None:
    packaged.planned()

    def crash(_: Cluster) -> None:
        scheduler(packaged).pods[1].task = "node-1-server__again"

    packaged.fault("GET", "/mesos/state", "act", skip=1, action=crash)
    assert packaged.apply("--settle", "100ms").code == 4
    assert packaged.states() == {"/cassandra": "failed"}
    assert "settle: 1 task went while it settled: node-1-server__" in packaged.why("/cassandra")


# Killed, and run again


@pytest.mark.parametrize("moment", ["intent", "answer", "rolling"])
def test_killed_in_mid_update_it_is_sent_once(packaged: Lab, moment: str) -> None:
    packaged.planned()
    scheduler(packaged).step = 0.2
    if moment == "intent":
        # Killed while Cosmos works: nobody reads its answer.
        packaged.fault("POST", UPDATE, "hang", seconds=1.0)
    process = start(packaged)
    if moment == "intent":
        until(lambda: packaged.spec("/cassandra").updates)
    else:
        until(lambda: any(e["event"] == "answer" for e in packaged.journal()))
    if moment == "rolling":
        until(lambda: networks(packaged)[0] == "calico")
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert packaged.status()["items"][KEY]["state"] == "rolling"
    result = packaged.apply()
    assert result.code == 0, result.errors
    assert len(packaged.served.writes()) == 1
    assert packaged.spec("/cassandra").updates == 1
    assert packaged.states() == {"/cassandra": "verified"}


# Back


@pytest.fixture
def moved(packaged: Lab) -> Lab:
    """A package and an app that were moved."""
    packaged.cluster.add(app("/web"))
    packaged.planned("--canary", "none")
    assert packaged.apply().code == 0
    return packaged


@pytest.mark.parametrize(
    "choice", [("--item", "/cassandra"), ("--item", KEY), ("--wave", "packages"), ("--all",)]
)
def test_back_by_its_own_options(moved: Lab, choice: tuple[str, ...]) -> None:
    before = moved.spec("/cassandra").body["env"]["VIRTUAL_NETWORK_NAME"]
    assert before == "calico"
    sent = len(moved.served.writes())
    result = moved.rollback(*choice)
    assert result.code == 0, result.errors
    back = [write for write in moved.served.writes()[sent:] if write.path == UPDATE]
    assert [json.loads(write.body) for write in back] == [
        {"appId": "/cassandra", "options": {"service": {"virtual_network_name": "dcos"}}, "replace": False}
    ]
    assert networks(moved) == ["dcos"] * 3
    assert moved.network("/web") == ("dcos" if choice == ("--all",) else "calico")
    # What was sent last goes back first.
    assert moved.served.writes()[sent].path == UPDATE
    assert moved.status()["items"][KEY]["state"] == "rolled-back"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (change_options, "neither the planned nor the expected one"),
        (change_app, "an update would undo what somebody changed in its running app: /env/EXTRA"),
        (change_version, "neither the planned nor the expected one"),
    ],
)
def test_what_somebody_changed_since_is_not_taken_back(
    moved: Lab, change: Callable[[Cluster], None], said: str
) -> None:
    change(moved.cluster)
    assert moved.rollback("--item", "/cassandra").code == 1
    assert networks(moved) == ["calico"] * 3
    assert moved.states()["/cassandra"] == "drifted"
    assert said in moved.why("/cassandra")


def test_three_ways_keep_other_options(moved: Lab) -> None:
    change_options(moved.cluster)
    assert moved.rollback("--item", "/cassandra", "--three-way").code == 0
    assert networks(moved) == ["dcos"] * 3
    assert stored(moved)["cpus"] == 2


def test_what_hangs_goes_back(packaged: Lab) -> None:
    packaged.planned()
    scheduler(packaged).stuck_at = 1
    assert packaged.apply("--item-timeout", "300ms").code == 4
    assert networks(packaged) == ["calico", "dcos", "dcos"]
    assert packaged.rollback("--item", "/cassandra").code == 0
    assert networks(packaged) == ["dcos"] * 3


def test_what_fails_goes_back_where_that_is_asked_for(packaged: Lab) -> None:
    packaged.planned()
    scheduler(packaged).stuck_at = 1
    assert packaged.apply("--on-failure", "rollback", "--item-timeout", "300ms").code == 4
    assert packaged.states() == {"/cassandra": "rolled-back"}
    assert networks(packaged) == ["dcos"] * 3


def test_a_probe_is_told_the_addresses_of_the_service(packaged: Lab) -> None:
    packaged.planned()
    out = packaged.path / "told"
    probe = packaged.path / "probe"
    probe.write_text(f'#!/bin/sh\necho "$CALICO_MIGRATE_ADDRESSES" > {out}\n')
    probe.chmod(0o755)
    assert packaged.apply("--probe", str(probe)).code == 0
    assert out.read_text().split() == [pod.address for pod in scheduler(packaged).pods]


# What people see


def test_status_sees_that_somebody_put_it_back(moved: Lab) -> None:
    moved.cluster.update("/cassandra", {"service": {"virtual_network_name": "dcos"}})
    until(lambda: networks(moved) == ["dcos"] * 3 or moved.status() is None)
    status = moved.status()
    assert status["items"][KEY]["state"] == "reverted"
    assert {each["item"] for each in status["left"]} == {KEY}
    assert moved.run("status", str(moved.plan_path), "--check", *moved.connection()).code == 1


def test_what_is_sent_and_what_becomes_of_the_app_are_shown(packaged: Lab) -> None:
    packaged.cluster.update("/cassandra", {"service": {"secret": "s3cr3t-value-9"}})
    until(lambda: not deployments_of(packaged.cluster))
    assert packaged.snapshot().code == 0
    page = packaged.path / "plan.html"
    result = packaged.plan("--diff", "--html", str(page))
    assert result.code == 0, result.errors
    assert "+++ b/cosmos/cassandra.json" in result.text
    assert '-      "virtual_network_name": "dcos"' in result.text
    assert '+      "VIRTUAL_NETWORK_NAME": "calico"' in result.text
    shown = page.read_text()
    assert KEY in shown
    assert "VIRTUAL_NETWORK_NAME" in shown
    for text in (result.text, shown, packaged.plan_path.read_text()):
        assert "s3cr3t" not in text


def test_a_service_below_a_group(lab: Lab) -> None:
    lab.cluster.install(cassandra(), {"service": {**ON["service"], "name": "team/cassandra"}})
    lab.planned()
    item = lab.read_plan()["items"]["cosmos:/team/cassandra"]
    scheduler = lab.cluster.schedulers["team/cassandra"]
    assert item["scheduler"] == {"service": "team/cassandra", "framework": scheduler.framework}
    assert item["team"] == "team"
    assert lab.apply().code == 0
    assert {pod.network for pod in scheduler.pods} == {"calico"}


@pytest.mark.parametrize(
    "change",
    [
        {"pointer": "/package/version"},
        {"pointer": "/options"},
        {"old": None},
        {"new": None},
        {"new": "elsewhere"},
    ],
)
def test_a_plan_that_would_change_anything_else_is_refused(packaged: Lab, change: dict[str, Any]) -> None:
    packaged.planned()
    packaged.change_plan(lambda plan: plan["items"][KEY]["edits"][0].update(change))
    result = packaged.apply()
    assert result.code == 3
    assert f"{packaged.plan_path}:" in result.errors
    assert packaged.served.writes() == []
