"""`cluster plan` and `cluster show`: what is moved in which wave, and what stays by hand and why."""

from __future__ import annotations

import base64
import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tests.migrate.cluster.lab import app, pod
from tests.support import command_line
from tests.support.standin.faults import Answered

if TYPE_CHECKING:
    from tests.migrate.cluster.lab import Lab

VIP = {"containerPort": 80, "labels": {"VIP_0": "/x:80"}}


def container(**fields: Any) -> dict[str, Any]:
    return {"type": "MESOS", "docker": {"image": "nginx"}, **fields}


def waves(lab: Lab) -> dict[str, list[str]]:
    return {
        wave["name"]: [key.partition(":")[2] for key in wave["items"]] for wave in lab.read_plan()["waves"]
    }


def by_hand(lab: Lab) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entry in lab.read_plan()["by_hand"]:
        found.setdefault(entry["item"].partition(":")[2], []).append(entry["rule"])
    return found


def test_the_waves(lab: Lab) -> None:
    lab.cluster.add(app("/plain-b", instances=3))
    lab.cluster.add(app("/plain-a", instances=3))
    lab.cluster.add(app("/vip", container=container(portMappings=[VIP])))
    lab.cluster.add(app("/one", instances=1))
    lab.cluster.add(app("/zero", instances=0, healthChecks=[]))
    lab.cluster.add(app("/small"))
    lab.planned()
    assert waves(lab) == {
        "canary": ["/small"],
        "plain": ["/plain-a", "/plain-b", "/zero"],
        "vip": ["/vip"],
        "stateful": ["/one"],
    }
    assert [wave["pause_after"] for wave in lab.read_plan()["waves"]] == [True, False, False, False]


@pytest.mark.parametrize(
    "fields",
    [
        {"healthChecks": [], "readinessChecks": [{"name": "r"}]},
        {"instances": 1},
        {"container": container(portMappings=[VIP])},
        {"container": container(volumes=[{"containerPath": "/x", "hostPath": "/x", "mode": "RO"}])},
        {"dependencies": ["/other"]},
    ],
)
def test_who_is_no_canary(lab: Lab, fields: dict[str, Any]) -> None:
    lab.cluster.add(app("/web", **fields))
    lab.cluster.add({"id": "/other", "cmd": "x"})
    assert lab.snapshot().code == 0
    result = lab.plan("--allow", "outage")
    assert "canary" not in waves(lab)
    assert "no canary" in result.errors


def test_several_canaries_and_none(lab: Lab) -> None:
    for name, instances in (("/c", 2), ("/a", 3), ("/b", 2)):
        lab.cluster.add(app(name, instances=instances))
    lab.planned("--canary", "2")
    assert waves(lab) == {"canary": ["/b", "/c"], "plain": ["/a"]}
    lab.plan("--canary", "none")
    assert list(waves(lab)) == ["plain"]
    for text in ("0", "-1", "x", "1.5"):
        assert lab.plan("--canary", text).code == 2


def test_no_item_comes_before_what_it_depends_on(lab: Lab) -> None:
    lab.cluster.add(app("/a-front", dependencies=["/z-db"]))
    lab.cluster.add(app("/z-db", instances=1))
    lab.planned("--canary", "none")
    assert waves(lab) == {"stateful": ["/z-db", "/a-front"]}
    assert lab.read_plan()["items"]["marathon:/a-front"]["depends_on"] == ["marathon:/z-db"]


@pytest.mark.parametrize("status", [403, 404])
def test_groups_that_were_not_read_are_warned_of(status: int, lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    warning = (
        "warning: the groups of marathon are not in the snapshot: what depends on what by group is unknown"
    )
    lab.fault("GET", "/v2/groups", "answer", answered=Answered(status, {}, b""))
    assert lab.snapshot().code == (0 if status == 404 else 1)
    assert warning in lab.plan().errors
    assert lab.snapshot(name="whole").code == 0
    assert warning not in lab.plan(name="whole").errors


def test_dependencies_of_groups_and_through_others(lab: Lab) -> None:
    lab.cluster.add(app("/shop/web"))
    lab.cluster.add(app("/db/primary"))
    lab.cluster.add(pod("/db/pod"))
    lab.cluster.add(app("/top", dependencies=["/between"]))
    lab.cluster.add({"id": "/between", "cmd": "x", "dependencies": ["/shop/web"]})
    lab.cluster.groups = {"/shop": ["../db"]}
    lab.planned("--canary", "none")
    items = lab.read_plan()["items"]
    assert items["marathon:/shop/web"]["depends_on"] == ["marathon:/db/pod", "marathon:/db/primary"]
    assert items["marathon:/top"]["depends_on"] == ["marathon:/shop/web"]
    assert waves(lab)["plain"] == ["/db/pod", "/db/primary", "/shop/web", "/top"]


def test_a_circle_stays_by_hand(lab: Lab) -> None:
    lab.cluster.add(app("/a", dependencies=["/b"]))
    lab.cluster.add(app("/b", dependencies=["/a"]))
    assert lab.snapshot().code == 0
    assert lab.plan().code == 1
    assert by_hand(lab) == {"/a": ["dependency-cycle"], "/b": ["dependency-cycle"]}


@pytest.mark.parametrize(
    ("fields", "needs"),
    [
        ({"healthChecks": []}, ["unchecked"]),
        ({"healthChecks": [], "readinessChecks": [{"name": "r"}]}, []),
        ({"upgradeStrategy": {"minimumHealthCapacity": 0, "maximumOverCapacity": 0}}, ["outage"]),
        ({"upgradeStrategy": {"minimumHealthCapacity": 0.5, "maximumOverCapacity": 0}}, []),
        (
            {
                "container": container(
                    volumes=[{"containerPath": "d", "persistent": {"size": 1}, "mode": "RW"}]
                )
            },
            ["resident"],
        ),
        (
            {
                "instances": 1,
                "container": container(
                    volumes=[{"containerPath": "d", "persistent": {"size": 1}, "mode": "RW"}]
                ),
            },
            ["resident", "outage"],
        ),
        ({"container": container(portMappings=[{"containerPort": 80, "hostPort": 8080}])}, ["host-port"]),
        ({"container": container(portMappings=[{"containerPort": 80, "hostPort": 0}])}, []),
        ({"healthChecks": [], "instances": 0}, []),
    ],
)
def test_needs(lab: Lab, fields: dict[str, Any], needs: list[str]) -> None:
    lab.cluster.add(app("/web", **fields))
    assert lab.snapshot().code == 0
    assert lab.plan().code == (1 if needs else 0)
    assert sorted(by_hand(lab).get("/web", [])) == sorted(needs)
    allowed = [word for need in needs for word in ("--allow", need)]
    assert lab.plan(*allowed).code == 0
    assert lab.read_plan()["items"]["marathon:/web"]["needs"] == needs


def test_a_pod_without_checks(lab: Lab) -> None:
    body = pod("/p")
    del body["containers"][0]["healthCheck"]
    lab.cluster.add(body)
    assert lab.snapshot().code == 0
    assert lab.plan().code == 1
    assert by_hand(lab) == {"/p": ["unchecked"]}


def test_the_roll_and_what_it_needs(lab: Lab) -> None:
    lab.cluster.add(app("/web", instances=3, cpus=0.5, mem=256))
    lab.cluster.add(pod("/pod"))
    lab.planned()
    items = lab.read_plan()["items"]
    assert items["marathon:/web"]["roll"] == {
        "instances": 3,
        "kill_at_once": 0,
        "max_capacity": 6,
        "extra": {"addresses": 3, "cpus": 1.5, "mem": 768, "disk": 0, "gpus": 0},
    }
    assert items["marathon:/pod"]["roll"]["extra"] == {
        "addresses": 2, "cpus": 0.2, "mem": 64, "disk": 0, "gpus": 0,
    }  # fmt: skip


def test_the_item_of_an_app_and_of_a_pod(lab: Lab) -> None:
    lab.cluster.add(app("/shop/web"))
    lab.cluster.add(pod("/shop/pod"))
    lab.planned()
    web, sessions = (lab.read_plan()["items"][f"marathon:/shop/{name}"] for name in ("web", "pod"))
    assert {key: web[key] for key in ("kind", "service", "id", "team", "action", "depends_on", "needs")} == {
        "kind": "app", "service": "marathon", "id": "/shop/web", "team": "shop", "action": "patch",
        "depends_on": [], "needs": [],
    }  # fmt: skip
    assert web["before"]["config"] == lab.spec("/shop/web").config_version
    assert (sessions["kind"], sessions["action"], sessions["before"]["config"]) == ("pod", "put", None)
    assert [edit["pointer"] for edit in sessions["edits"]] == [
        "/containers/0/endpoints/0/networkNames/0",
        "/networks/0/name",
    ]


def test_the_same_snapshot_gives_the_same_bytes(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.planned()
    first = lab.plan_path.read_bytes()
    shutil.move(lab.path / "snapshot", lab.path / "elsewhere")
    assert lab.plan(name="elsewhere").code == 0
    assert lab.plan_path.read_bytes() == first
    document = json.loads(first)
    assert first.decode() == json.dumps(document, indent=1, sort_keys=True) + "\n"
    assert str(lab.path) not in first.decode()


def test_packages_by_label_environment_and_options(lab: Lab) -> None:
    labels = {"DCOS_PACKAGE_NAME": "kafka", "DCOS_SERVICE_NAME": "kafka"}
    options = base64.b64encode(json.dumps({"service": {"virtual_network_name": "dcos"}}).encode()).decode()
    lab.cluster.add(app("/edited", labels=labels))
    lab.cluster.add({"id": "/env", "cmd": "x", "labels": labels, "env": {"VIRTUAL_NETWORK_NAME": "dcos"}})
    lab.cluster.add({"id": "/options", "cmd": "x", "labels": {**labels, "DCOS_PACKAGE_OPTIONS": options}})
    lab.cluster.add({"id": "/commons", "cmd": "x", "labels": {"DCOS_COMMONS_API_VERSION": "v1"},
                     "env": {"TASKCFG_ALL_VIRTUAL_NETWORK_NAME": "dcos"}})  # fmt: skip
    lab.cluster.add({"id": "/host", "cmd": "x", "labels": labels, "env": {"NAME": "dcos"}})
    assert lab.snapshot().code == 0
    assert lab.plan().code == 1
    assert by_hand(lab) == {name: ["package"] for name in ("/edited", "/env", "/options", "/commons")}
    assert lab.read_plan()["untouched"] == 1


def test_on_both_networks_at_once(lab: Lab) -> None:
    networks = [{"mode": "container", "name": "calico"}, {"mode": "container", "name": "dcos"}]
    lab.cluster.add(app("/both", networks=networks))
    assert lab.snapshot().code == 0
    assert lab.plan().code == 1
    assert by_hand(lab) == {"/both": ["merge-networks"]}


def test_an_id_that_is_an_address_of_the_api(lab: Lab) -> None:
    for name in ("/shop/versions", "/shop/versions/x", "/shop/restart", "/a/tasks"):
        lab.cluster.add(app(name))
    lab.cluster.add(app("/versions"))
    assert lab.snapshot().code == 0
    assert lab.plan().code == 1
    assert set(by_hand(lab)) == {"/shop/versions", "/shop/versions/x", "/shop/restart", "/a/tasks"}


def test_include_exclude_and_the_map(lab: Lab) -> None:
    for name in ("/shop/a", "/shop/b", "/other/c"):
        lab.cluster.add(app(name))
    lab.cluster.add(app("/shop/d", networks=[{"mode": "container", "name": "old"}]))
    lab.planned("--include", "/shop/*", "--exclude", "*/b")
    assert set(lab.read_plan()["items"]) == {"marathon:/shop/a"}
    assert lab.read_plan()["excluded"] == ["marathon:/other/c", "marathon:/shop/b"]
    lab.plan("--map", "old=new")
    assert set(lab.read_plan()["items"]) == {"marathon:/shop/d"}
    assert lab.plan("--map", "dcos").code == 2
    assert lab.plan("--pool", "nonsense").code == 2


def test_tasks_in_the_answer_are_no_findings(lab: Lab) -> None:
    spec = lab.cluster.add(app("/web"))
    spec.body["tasks"] = [{"id": "t", "appId": "/web", "ipAddresses": [{"ipAddress": "9.0.1.5"}]}]
    lab.fault("GET", "/v2/apps$", "act")
    lab.planned()
    assert lab.read_plan()["items"]["marathon:/web"]["findings"] == []


def test_show_says_what_a_plan_means(lab: Lab) -> None:
    lab.cluster.add(
        app("/web", instances=4, upgradeStrategy={"minimumHealthCapacity": 0.5, "maximumOverCapacity": 0})
    )
    lab.cluster.add(app("/unchecked", healthChecks=[]))
    assert lab.snapshot().code == 0
    lab.plan()
    result = lab.run("show", str(lab.plan_path))
    assert result.code == 0
    assert "at most 2 instances of one item down at once" in result.text
    assert '/networks/0/name: "dcos" -> "calico" (rename-network)' in result.text
    assert "--allow unchecked would let in 1 item" in result.text
    lab.apply("--item", "/web")
    assert "[verified]" in lab.run("show", str(lab.plan_path)).text


def test_names_from_the_cluster_are_made_legible(lab: Lab) -> None:
    lab.cluster.name = "prod\x1b[2J\nevil"
    lab.cluster.add(app("/web"))
    lab.planned()
    for result in (lab.run("show", str(lab.plan_path)), lab.run("status", *lab.connection())):
        assert "\x1b" not in result.text


def test_the_team_of_a_label(lab: Lab) -> None:
    lab.cluster.add(app("/shop/web", labels={"OWNER": "blue"}))
    lab.cluster.add(app("/shop/other"))
    lab.planned("--team-label", "OWNER")
    teams = {item["id"]: item["team"] for item in lab.read_plan()["items"].values()}
    assert teams == {"/shop/web": "blue", "/shop/other": "shop"}


def test_what_stops_too_many_at_once(lab: Lab) -> None:
    strategy = {"minimumHealthCapacity": 0.5, "maximumOverCapacity": 0}
    lab.cluster.add(app("/half", instances=4, upgradeStrategy=strategy))
    lab.cluster.add(app("/none", instances=4))
    assert lab.snapshot().code == 0
    assert lab.plan("--max-unavailable", "25%").code == 1
    assert by_hand(lab) == {"/half": ["max-unavailable"]}
    assert lab.plan("--max-unavailable", "50%").code == 0
    for text in ("50", "x%", "101%", "-1%"):
        assert lab.plan("--max-unavailable", text).code == 2


def test_what_each_item_becomes_without_secrets(lab: Lab) -> None:
    lab.cluster.add(app("/web", env={"API_TOKEN": "s3cr3t-value-9", "A": "x"}))
    lab.cluster.add(pod("/pod"))
    assert lab.snapshot().code == 0
    result = lab.plan("--diff", "--canary", "none")
    assert result.code == 0
    assert "+++ b/marathon/web.json" in result.text
    assert '-      "name": "dcos"' in result.text
    assert '+      "name": "calico"' in result.text
    assert "s3cr3t" not in result.text
    assert "2 items" in result.errors
    assert lab.plan("--diff", "--format", "json").code == 2


def test_the_page(lab: Lab) -> None:
    lab.cluster.add(app("/web", env={"API_TOKEN": "s3cr3t-value-9"}))
    lab.cluster.add(app("/hand<b>", healthChecks=[]) | {"id": "/hand"})
    assert lab.snapshot().code == 0
    lab.cluster.name = "x"
    page = lab.path / "plan.html"
    assert lab.plan("--html", str(page)).code == 1
    text = page.read_text()
    assert "marathon:/web" in text
    assert "--allow unchecked" in text
    assert "s3cr3t" not in text
    assert "<script" not in text


@pytest.mark.parametrize("form", ["json", "github", "sarif"])
def test_reports_of_what_stays_by_hand(lab: Lab, form: str) -> None:
    lab.cluster.add(app("/web", healthChecks=[]))
    assert lab.snapshot().code == 0
    result = lab.plan("--format", form)
    assert result.code == 1
    assert "unchecked" in result.text
    if form == "json":
        (file,) = result.json["files"]
        assert [(each["rule"], each["severity"]) for each in file["findings"]] == [("unchecked", "error")]


_POLICY = """apiVersion: projectcalico.org/v3
kind: {kind}
metadata:
  name: {name}
spec:
  selector: all()
"""


def test_policies_are_named_and_come_last(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    assert lab.snapshot().code == 0
    folder = lab.path / "policies"
    folder.mkdir()
    (folder / "store.yaml").write_text(_POLICY.format(kind="NetworkPolicy", name="store"))
    (folder / "all.yaml").write_text(_POLICY.format(kind="GlobalNetworkPolicy", name="all"))
    assert lab.plan("--policies", str(folder), "--canary", "none").code == 0
    assert lab.read_plan()["references"]["policies"] == ["GlobalNetworkPolicy/all", "NetworkPolicy/store"]
    shown = lab.run("show", str(lab.plan_path)).text
    assert shown.index("wave plain") < shown.index("policies, by hand") < shown.index("NetworkPolicy/store")


@pytest.mark.parametrize("text", ["", "kind: [", _POLICY.format(kind="NetworkPolicy", name="Not A Name")])
def test_what_is_no_policy_is_refused(lab: Lab, text: str) -> None:
    lab.cluster.add(app("/web"))
    assert lab.snapshot().code == 0
    file = lab.path / "policy.yaml"
    file.write_text(text)
    assert lab.plan("--policies", str(file)).code == 3
    assert not lab.plan_path.exists()


def test_a_network_that_was_generated(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    assert lab.snapshot().code == 0
    agents = lab.path / "agents"
    agents.write_text("10.0.0.2\n")
    made = command_line.run(
        "network", "generate", "blue", "--cidr", "10.7.0.0/16", "--agents", str(agents),
        "--output-dir", str(lab.path / "blue"), "--fail-on", "never",
    )  # fmt: skip
    assert (lab.path / "blue" / "network.json").exists(), made.errors
    assert lab.plan("--network", str(lab.path / "blue"), "--canary", "none").code == 0
    plan = lab.read_plan()
    assert (plan["map"], plan["pools"]) == ({"dcos": "blue"}, ["10.7.0.0/16"])
    assert plan["references"] == {"networks": ["blue"], "policies": []}
    assert lab.plan("--network", str(lab.path / "blue"), "--map", "a=b").code == 2
    assert lab.plan("--network", str(lab.path)).code == 3


def test_a_calico_that_was_not_well_is_warned_of(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.cluster.unit_health = 1
    assert lab.snapshot().code == 0
    result = lab.plan("--canary", "none")
    assert result.code == 0
    assert "dcos-calico-felix is not well on 1 node: 10.0.0.2; `cluster apply` looks again" in result.errors
