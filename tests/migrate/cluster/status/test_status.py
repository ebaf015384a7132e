"""`cluster status`: by Mesos' own list, and with a plan by each item."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

import pytest

from calico_migrate.cluster import mesos
from calico_migrate.cluster.pools import Pools
from tests.migrate.cluster.lab import app, pod
from tests.support.standin import faults
from tests.support.standin.cluster import OtherFramework

if TYPE_CHECKING:
    from tests.migrate.cluster.lab import Lab
    from tests.support.standin import Cluster


def test_without_a_plan(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.cluster.add({"id": "/host", "cmd": "x"})
    result = lab.run("status", "--format", "json", *lab.connection())
    assert result.code == 0
    document = result.json
    assert list(document) == [
        "version",
        "taken",
        "cluster",
        "tasks",
        "frameworks",
        "left",
        "items",
        "summary",
    ]
    assert document["tasks"] == {"(none)": 1, "(unknown)": 0, "calico": 0, "dcos": 2}
    assert document["items"] == {}
    assert document["summary"] == {}
    assert document["left"] == [
        {
            "framework": lab.cluster.framework,
            "name": "/web",
            "item": None,
            "state": None,
            "tasks": {"dcos": 2},
        }
    ]


def test_the_map_and_the_pools_of_the_line(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    assert lab.run("status", "--check", "--map", "old=new", *lab.connection()).code == 0
    assert lab.run("status", "--check", "--map", "old=dcos", *lab.connection()).code == 1
    document = lab.run("status", "--map", "old=dcos", "--format", "json", *lab.connection()).json
    assert document["tasks"]["(unknown)"] == 2
    pools = ("--map", "old=dcos", "--pool", "9.0.0.0/16")
    assert lab.run("status", "--check", *pools, *lab.connection()).code == 0


def test_every_state_of_an_item(lab: Lab) -> None:
    for name in ("/verified", "/reverted", "/drifted", "/gone", "/planned", "/back", "/failed"):
        lab.cluster.add(app(name))
    lab.cluster.add(app("/hand", healthChecks=[]))
    lab.planned("--canary", "none")
    lab.behave("/failed", unhealthy=True)
    for name in ("/verified", "/reverted", "/back"):
        assert lab.apply("--item", name).code == 0
    assert lab.apply("--item", "/failed", "--item-timeout", "100ms").code == 4
    assert lab.rollback("--item", "/back").code == 0
    lab.cluster.change("/reverted", lambda body: body["networks"][0].update(name="dcos"))
    lab.cluster.change("/drifted", lambda body: body.update(cmd="other"))
    del lab.cluster.specs["/gone"]
    document = lab.status("--check")
    assert {key.partition(":/")[2]: item["state"] for key, item in document["items"].items()} == {
        "verified": "verified",
        "reverted": "reverted",
        "drifted": "drifted",
        "gone": "drifted",
        "planned": "planned",
        "back": "rolled-back",
        "failed": "failed",
        "hand": "by-hand",
    }
    assert document["items"]["marathon:/verified"]["tasks"] == {"calico": 2}
    assert document["items"]["marathon:/verified"]["wave"] == "plain"
    assert document["items"]["marathon:/hand"]["wave"] is None
    assert document["summary"]["reverted"] == 1
    assert lab.run("status", str(lab.plan_path), "--check", *lab.connection()).code == 1


def test_everything_moved(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.cluster.add(pod("/pod"))
    lab.planned("--canary", "none")
    assert lab.apply().code == 0
    result = lab.run("status", str(lab.plan_path), "--check", *lab.connection())
    assert result.code == 0
    assert "nothing runs on an old network" in result.text


def test_verified_needs_its_tasks_too(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.planned("--canary", "none")
    assert lab.apply().code == 0
    lab.spec("/web").tasks[0].network = "dcos"
    assert lab.status()["items"]["marathon:/web"]["state"] == "rolling"


def test_put_back_by_hand_after_a_lost_answer_is_not_called_reverted(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.planned("--canary", "none")
    lab.fault("PATCH", "/v2/apps/web", "reset-before")
    assert lab.apply().code == 4
    assert lab.status()["items"]["marathon:/web"]["state"] == "unknown"


def test_mesos_is_needed(lab: Lab) -> None:
    lab.fault("GET", "/mesos/state", "answer", answered=faults.Answered(403, {}, b""))
    assert lab.run("status", *lab.connection()).code == 4


def test_another_cluster(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.planned()
    lab.cluster.id = "other"
    assert lab.run("status", str(lab.plan_path), *lab.connection()).code == 2


def test_other_frameworks(lab: Lab) -> None:
    tasks: list[tuple[str, str, str | None, str | None]] = [
        ("n__1", "node-0", "dcos", "9.0.1.1"),
        ("n__2", "node-0", "dcos", "9.0.1.2"),
        ("n__3", "node-1", "calico", "172.29.0.9"),
        ("n__4", "node-2", "calico", "10.0.0.9"),
    ]
    lab.cluster.others.append(OtherFramework("fw", "sdk", tasks))
    document = lab.run("status", "--format", "json", *lab.connection()).json
    assert [(each["name"], each["tasks"]) for each in document["left"]] == [
        ("node-0", {"dcos": 2}),
        ("node-2", {"(unknown)": 1}),
    ]
    assert document["tasks"] == {"(none)": 0, "(unknown)": 1, "calico": 1, "dcos": 2}


@pytest.mark.parametrize(
    ("identity", "name", "spec"),
    [
        ("shop_web.instance-9d9a8f3c-0000-11eb-8000-0242ac110002._app.1", "", "/shop/web"),
        ("shop_web.9d9a8f3c-0000-11eb-8000-0242ac110002", "web.shop", "/shop/web"),
        ("shop_web.9d9a8f3c-0000-11eb-8000-0242ac110002", "node-0", None),
        ("shop_my.app.instance-9d9a8f3c-0000-11eb-8000-0242ac110002._app.3", "", "/shop/my.app"),
        ("pod.instance-9d9a8f3c-0000-11eb-8000-0242ac110002.main.2", "main", "/pod"),
        ("pod.instance-9d9a8f3c-0000-11eb-8000-0242ac110002", "", "/pod"),
        ("node-0-server__9d9a8f3c-0000-11eb-8000-0242ac110002", "node-0-server", None),
        ("something", "x", None),
    ],
)
def test_ids_of_tasks(identity: str, name: str, spec: str | None) -> None:
    assert mesos.Task(identity, name, (), ()).run_spec == spec


def test_what_a_state_may_say() -> None:
    info = {"name": "calico", "ip_addresses": [{"ip_address": "172.29.0.1"}]}
    old = {
        "state": "TASK_RUNNING",
        "timestamp": 1.0,
        "container_status": {"network_infos": [{"name": "dcos"}]},
    }
    new = {"state": "TASK_RUNNING", "timestamp": 2.0, "container_status": {"network_infos": [info]}}
    state = {
        "frameworks": [
            {
                "id": "f",
                "name": "sdk",
                "executors": [{"executor_id": "e", "container": {"network_infos": [{"name": "dcos"}]}}],
                "tasks": [
                    {"id": "latest", "state": "TASK_RUNNING", "statuses": [new, old]},
                    {
                        "id": "request",
                        "state": "TASK_RUNNING",
                        "container": {"network_infos": [{"name": "dcos"}]},
                    },
                    {"id": "group", "state": "TASK_RUNNING", "executor_id": "e"},
                    {"id": "host", "state": "TASK_RUNNING", "statuses": []},
                    {"id": "gone", "state": "TASK_KILLED", "statuses": [old]},
                    "nonsense",
                ],
            },
            {"name": "no id"},
        ]
    }
    (framework,) = mesos.frameworks(state)
    assert [(task.id, task.networks) for task in framework.tasks] == [
        ("latest", ("calico",)),
        ("request", ("dcos",)),
        ("group", ("dcos",)),
        ("host", ()),
    ]
    assert framework.counts(["calico"], Pools.parse(())) == {"(none)": 1, "calico": 1, "dcos": 2}


def test_a_task_that_is_listed_twice_counts_once() -> None:
    task = {
        "id": "web.1",
        "state": "TASK_RUNNING",
        "statuses": [
            {"state": "TASK_RUNNING", "container_status": {"network_infos": [{"name": "dcos"}]}},
        ],
    }
    (framework,) = mesos.frameworks({"frameworks": [{"id": "f", "name": "sdk", "tasks": [task, task]}]})
    assert framework.counts(["calico"], Pools.parse(())) == {"dcos": 1}


def test_watching_shows_what_changed_until_nothing_is_left(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("calico_migrate.cli.cluster.status._WATCH_SECONDS", 0.0)
    lab.cluster.add(app("/web"))
    lab.cluster.add(app("/api"))
    lab.planned("--canary", "none")
    # Somebody else runs it meanwhile.
    for skip, item in ((2, "/web"), (4, "/api")):
        move = partial(move_by_hand, item=item)
        lab.fault("GET", "/mesos/state", "act", skip=skip, action=move)
    result = lab.run("status", str(lab.plan_path), "--watch", "--check", *lab.connection())
    assert result.code == 0, result.errors
    assert result.text.count("prod at ") == 3
    assert result.text.count("/api of marathon: 2 on dcos [planned]") == 1
    assert [line for line in result.text.splitlines() if line.startswith("left: ")] == [
        "left: 2 apps and tasks",
        "left: 1 app or task",
    ]
    assert result.text.endswith("nothing runs on an old network\n")


def move_by_hand(cluster: Cluster, item: str) -> None:
    cluster.change(item, lambda body: body["networks"][0].update(name="calico"))


def test_watching_as_json_has_a_document_for_each_change(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("calico_migrate.cli.cluster.status._WATCH_SECONDS", 0.0)
    lab.cluster.add(app("/web"))
    lab.planned("--canary", "none")
    lab.fault("GET", "/mesos/state", "act", skip=3, action=partial(move_by_hand, item="/web"))
    result = lab.run(
        "status", str(lab.plan_path), "--watch", "--check", "--format", "json", *lab.connection()
    )
    assert result.code == 0
    documents = [json.loads(line) for line in result.text.splitlines()]
    assert [document["tasks"]["calico"] for document in documents] == [0, 2]
