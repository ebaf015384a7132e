"""`cluster apply` where nothing goes wrong."""

from __future__ import annotations

import json
import os
import stat
from typing import TYPE_CHECKING, Any

import pytest

from tests.migrate.cluster.lab import app, pod

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.migrate.cluster.lab import Lab


def shop(lab: Lab) -> Lab:
    lab.cluster.add(app("/shop/web", instances=3))
    lab.cluster.add(app("/shop/worker"))
    lab.cluster.add(pod("/shop/sessions"))
    return lab.planned()


def test_the_canary_first_then_the_rest(lab: Lab) -> None:
    shop(lab)
    first = lab.apply()
    assert first.code == 1
    assert "canary done; run apply again" in first.errors
    assert lab.states() == {"/shop/sessions": "verified"}
    second = lab.apply()
    assert second.code == 0, second.errors
    assert set(lab.states().values()) == {"verified"}
    assert {lab.network(item) for item in lab.cluster.specs} == {"calico"}
    assert [spec.updates for spec in lab.cluster.specs.values()] == [1, 1, 1]


def test_once_more_sends_nothing(lab: Lab) -> None:
    shop(lab)
    lab.apply()
    lab.apply()
    sent = len(lab.served.writes())
    assert lab.apply().code == 0
    assert len(lab.served.writes()) == sent


def test_an_app_is_sent_whole_and_without_instances(lab: Lab) -> None:
    lab.cluster.add(app("/web", executorResources={"cpus": 0.1, "mem": 32, "disk": 0}))
    lab.planned("--canary", "none")
    before = dict(lab.spec("/web").body)
    assert lab.apply().code == 0
    (write,) = lab.served.writes()
    assert (write.method, write.path) == ("PATCH", "/service/marathon/v2/apps/web")
    body = json.loads(write.body)
    assert body == {
        **{key: value for key, value in before.items() if key != "instances"},
        "networks": [{"mode": "container", "name": "calico"}],
    }
    assert lab.spec("/web").body["container"]["docker"]["image"] == "nginx"
    assert "executorResources" in lab.spec("/web").body


def test_a_pod_is_put_with_its_present_scaling_and_without_its_version(lab: Lab) -> None:
    lab.cluster.add(pod("/sessions"))
    lab.planned("--canary", "none")
    lab.cluster.scale("/sessions", 3)
    assert lab.apply().code == 0
    (write,) = lab.served.writes()
    assert (write.method, write.path) == ("PUT", "/service/marathon/v2/pods/sessions")
    body = json.loads(write.body)
    assert body["scaling"]["instances"] == 3
    assert "version" not in body
    assert lab.spec("/sessions").instances == 3


def test_scaling_between_plan_and_apply_is_kept(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.planned("--canary", "none")
    lab.cluster.scale("/web", 4)
    assert lab.apply().code == 0
    assert lab.spec("/web").instances == 4


def test_no_instances_need_only_the_definition(lab: Lab) -> None:
    lab.cluster.add(app("/idle", instances=0))
    lab.planned()
    assert lab.apply().code == 0
    assert [e["gate"] for e in lab.journal() if e["event"] == "gate"] == ["tasks"]


def test_what_is_there_already_is_adopted_without_a_request(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.planned("--canary", "none")
    lab.cluster.change("/web", lambda body: body["networks"][0].update(name="calico"))
    assert lab.apply().code == 0
    assert lab.served.writes() == []
    assert lab.states() == {"/web": "verified"}


def test_several_in_flight_and_one_write_at_a_time(lab: Lab) -> None:
    for number in range(6):
        lab.cluster.add(app(f"/app-{number}"))
    lab.planned("--canary", "none")
    lab.cluster.start_delay = 0.1
    assert lab.apply("--max-in-flight", "3").code == 0
    open_ones: set[str] = set()
    most = 0
    for event in lab.journal():
        if event["event"] == "intent":
            open_ones.add(event["item"])
        elif event["event"] == "state" and event["state"] == "verified":
            open_ones.discard(event["item"])
        most = max(most, len(open_ones))
    assert most == 3


def test_what_is_depended_on_goes_first(lab: Lab) -> None:
    lab.cluster.add(app("/a", dependencies=["/z"]))
    lab.cluster.add(app("/z"))
    lab.planned("--canary", "none")
    assert lab.apply("--max-in-flight", "2").code == 0
    assert [write.path.rpartition("/")[2] for write in lab.served.writes()] == ["z", "a"]


def test_one_item_and_one_wave(lab: Lab) -> None:
    shop(lab)
    assert lab.apply("--item", "/shop/web").code == 0
    assert lab.states() == {"/shop/web": "verified"}
    assert lab.apply("--wave", "canary").code == 0
    assert lab.apply("--item", "nothing").code == 2
    assert lab.apply("--wave", "vip").code == 2


def test_the_files_are_for_their_owner_alone(lab: Lab) -> None:
    shop(lab)
    lab.apply()
    for path in (lab.plan_path, f"{lab.plan_path}.journal", f"{lab.plan_path}.lock"):
        assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    for folder, _, files in os.walk(lab.path / "snapshot"):
        assert stat.S_IMODE(os.stat(folder).st_mode) == 0o700
        assert {stat.S_IMODE(os.stat(os.path.join(folder, name)).st_mode) for name in files} <= {0o600}


def test_the_journal_says_what_is_about_to_happen(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.planned("--canary", "none")
    assert lab.apply().code == 0
    events = lab.journal()
    assert [event["n"] for event in events] == list(range(1, len(events) + 1))
    assert [event["event"] for event in events] == [
        "open", "intent", "answer", "state", "gate", "gate", "gate", "gate", "state", "gate", "state", "close",
    ]  # fmt: skip
    item = lab.read_plan()["items"]["marathon:/web"]
    intent, answer = events[1], events[2]
    assert intent["request"]["path"] == "/service/marathon/v2/apps/web"
    assert intent["request"]["body"] == item["after"]["sha256"]
    assert intent["saw"] == {
        "version": item["before"]["version"],
        "config": item["before"]["config"],
        "sha256": item["before"]["sha256"],
    }
    assert answer["status"] == 200
    assert answer["error"] is None
    assert [event["gate"] for event in events if event["event"] == "gate"] == [
        "tasks", "addresses", "network", "health", "settle",
    ]  # fmt: skip
    assert events[-1]["exit"] == 0
    assert events[-1]["counts"] == {"verified": 1}


def test_json_is_the_journal_and_the_waits(lab: Lab) -> None:
    shop(lab)
    lab.cluster.start_delay = 0.1
    result = lab.apply("--format", "json")
    lines = [json.loads(line) for line in result.text.splitlines()]
    waits = [line for line in lines if line["event"] == "wait"]
    assert [line for line in lines if line["event"] != "wait"] == lab.journal()
    assert waits
    assert all(set(wait) == {"event", "item", "for", "since"} for wait in waits)


def test_a_dry_run_sends_and_writes_nothing(lab: Lab) -> None:
    shop(lab)
    result = lab.apply("--dry-run", "--format", "json")
    assert result.code == 0
    lines = [json.loads(line) for line in result.text.splitlines()]
    assert [(line["event"], line["method"], line["path"]) for line in lines] == [
        ("would", "PUT", "/service/marathon/v2/pods/shop/sessions"),
        ("would", "PATCH", "/service/marathon/v2/apps/shop/web"),
        ("would", "PATCH", "/service/marathon/v2/apps/shop/worker"),
    ]
    assert lines[1]["edits"][0]["new"] == "calico"
    assert lab.served.writes() == []
    assert not os.path.exists(f"{lab.plan_path}.journal")
    lab.cluster.change(
        "/shop/web", lambda body: body["env"].update(A="1") if "env" in body else body.update(env={"A": "1"})
    )
    changed = lab.apply("--dry-run", "--format", "json")
    assert changed.code == 1
    assert json.loads(changed.text.splitlines()[1])["state"] == "drifted"


def test_waiting_reads_one_item_once_per_look_and_mesos_once_per_item(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.planned("--canary", "none")
    lab.cluster.start_delay = 0.5
    before = lab.served.count("GET", "/mesos/state")
    began = len(lab.served.requests)
    assert lab.apply().code == 0
    assert lab.served.count("GET", "/mesos/state") == before + 1
    reads = [each.path for each in lab.served.requests[began:] if each.method == "GET"]
    looks = [path for path in reads if path == "/service/marathon/v2/apps/web"]
    assert len(looks) > 5
    assert len([path for path in reads if path.endswith("/v2/deployments")]) == 1


def put_back(lab: Lab, item: str, **fields: Any) -> None:
    def change(body: dict[str, Any]) -> None:
        body["networks"][0]["name"] = "dcos"
        for container in body.get("containers", ()):
            container["endpoints"][0]["networkNames"] = ["dcos"]
        body.update(fields)

    lab.cluster.change(item, change)


@pytest.mark.parametrize("make", [app, pod])
def test_what_somebody_put_back_is_no_success_and_sent_again_only_by_name(
    lab: Lab, make: Callable[[str], dict[str, Any]]
) -> None:
    lab.cluster.add(make("/a"))
    lab.cluster.add(app("/b"))
    lab.planned("--canary", "none")
    assert lab.apply().code == 0
    put_back(lab, "/a")
    sent = len(lab.served.writes())
    plain = lab.apply()
    assert plain.code == 1
    assert "reverted: marathon:/a" in plain.errors
    dry = lab.apply("--dry-run")
    assert dry.code == 1
    assert "verified: it was moved, and somebody put it back since" in dry.text
    assert len(lab.served.writes()) == sent
    assert lab.status()["items"]["marathon:/a"]["state"] == "reverted"
    assert lab.apply("--item", "/a", "--dry-run").code == 0
    assert lab.apply("--item", "/a").code == 0
    assert lab.network("/a") == "calico"
    assert lab.apply().code == 0


def test_what_depends_on_what_was_put_back_waits(lab: Lab) -> None:
    lab.cluster.add(app("/a"))
    lab.cluster.add(app("/b", dependencies=["/a"]))
    lab.planned("--canary", "none")
    assert lab.apply("--item", "/a").code == 0
    put_back(lab, "/a")
    assert lab.apply().code == 1
    assert lab.network("/b") == "dcos"
    assert "marathon:/a, which is reverted" in lab.why("/b")


def test_what_was_put_back_and_changed_besides_is_never_overwritten(lab: Lab) -> None:
    lab.cluster.add(app("/a"))
    lab.planned("--canary", "none")
    assert lab.apply().code == 0
    put_back(lab, "/a", cmd="newer")
    sent = len(lab.served.writes())
    for options in ([], ["--item", "/a"], ["--dry-run"]):
        assert lab.apply(*options).code == 1
    assert lab.states()["/a"] == "drifted"
    assert len(lab.served.writes()) == sent


def test_a_release_since_is_no_way_back(lab: Lab) -> None:
    lab.cluster.add(app("/a"))
    lab.planned("--canary", "none")
    assert lab.apply().code == 0
    lab.cluster.change("/a", lambda body: body.update(cmd="newer"))
    assert lab.apply().code == 0
