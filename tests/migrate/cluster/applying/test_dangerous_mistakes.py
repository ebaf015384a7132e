"""The mistakes that would hurt most on a live cluster, and what prevents each."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import calico_migrate.cluster
from calico_core.errors import VerificationError
from calico_migrate.cluster.connection.access import Access
from calico_migrate.cluster.connection.client import Client
from calico_migrate.cluster.connection.tokens import Token
from tests.migrate.cluster.installing import ON, cassandra, pool
from tests.migrate.cluster.lab import app, pod
from tests.support.standin import faults
from tests.support.standin.cluster import OtherFramework

if TYPE_CHECKING:
    from tests.migrate.cluster.lab import Lab
    from tests.support.standin import Cluster

SOURCES = sorted(Path(calico_migrate.cluster.__file__).parent.rglob("*.py"))


def client(url: str) -> Client:
    return Client(Access(url, Token("test", lambda: "good-token"), "", False, False, None, None, ()), 5.0)


# 1 networks alone


def test_a_partial_body_would_lose_the_container_and_is_never_sent(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.planned("--canary", "none")
    assert lab.apply().code == 0
    (write,) = lab.served.writes()
    assert json.loads(write.body)["container"]["docker"] == {
        "image": "nginx", "forcePullImage": False, "parameters": [],
    }  # fmt: skip
    # What the stand-in, and Marathon, make of a partial body:
    partial = json.dumps({"networks": [{"mode": "container", "name": "calico"}]}).encode()
    assert client(lab.served.url).write("PATCH", "/service/marathon/v2/apps/web", partial).status == 200
    assert "docker" not in lab.spec("/web").body["container"]


def test_a_body_that_is_not_the_planned_one_does_not_leave(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.planned("--canary", "none")
    lab.change_plan(lambda plan: plan["items"]["marathon:/web"]["after"].update(sha256="sha256:" + "0" * 64))
    assert lab.apply().code == 1
    assert lab.served.writes() == []


# 2 the wrong cluster


def test_the_plan_is_bound_to_its_cluster_and_the_name_is_asked_for(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.planned()
    lab.cluster.id = "test-cluster"
    assert lab.apply().code == 2
    assert lab.served.writes() == []
    without = lab.run("apply", str(lab.plan_path), *lab.connection())
    assert without.code == 2
    assert "--yes" in without.errors


# 3 sending again


def test_a_write_without_an_answer_is_not_sent_again(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.planned("--canary", "none")
    lab.fault("PATCH", "/v2/apps/web", "reset-before", times=100)
    assert lab.apply().code == 4
    assert lab.served.count("PATCH", "/v2/apps/web") == 1


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/cosmos/service/update"), ("PUT", "/v2/pools/front"), ("PUT", "/v1/jobs/report")],
)
def test_no_write_of_any_kind_is_sent_again(lab: Lab, method: str, path: str) -> None:
    networks = [{"mode": "container", "name": "dcos"}]
    run = {"cmd": "x", "ucr": {"image": {"id": "x"}}, "cpus": 0.1, "mem": 32, "disk": 0, "networks": networks}
    lab.cluster.jobs["report"] = {"id": "report", "run": run}
    lab.cluster.install(cassandra(), ON)
    lab.cluster.balance(pool("front"))
    lab.planned()
    lab.fault(method, path, "reset-before", times=100)
    assert lab.apply().code == 4
    assert lab.served.count(method, path) == 1
    # What is unknown lets nothing else begin.
    assert lab.served.writes()[-1].path.endswith(path)


def test_the_library_sends_once_and_follows_nothing(lab: Lab) -> None:
    lab.fault("PATCH", "/v2/apps/web", "reset-before", times=100)
    assert client(lab.served.url).write("PATCH", "/service/marathon/v2/apps/web", b"{}").status is None
    assert lab.served.count("PATCH", "/v2/apps/web") == 1
    elsewhere = f"{lab.served.url}/elsewhere"
    lab.fault("GET", "/moved", "answer", answered=faults.redirect(elsewhere))
    assert client(lab.served.url).get("/moved").is_redirect
    assert lab.served.count("GET", "/elsewhere") == 0


# 4 somebody else's change


def test_a_change_since_the_plan_is_kept(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.planned("--canary", "none")
    lab.cluster.change("/web", lambda body: body["container"]["docker"].update(image="nginx:2"))
    assert lab.apply().code == 1
    assert lab.spec("/web").body["container"]["docker"]["image"] == "nginx:2"
    assert lab.served.writes() == []


# 5 instances


def test_instances_are_never_sent(lab: Lab) -> None:
    lab.cluster.add(app("/web", instances=2))
    lab.planned("--canary", "none")
    lab.fault("PATCH", "/v2/apps/web", "act", action=lambda cluster: cluster.scale("/web", 7))
    lab.apply()
    assert "instances" not in json.loads(lab.served.writes()[0].body)
    assert lab.spec("/web").instances == 7
    lab.rollback("--all")
    assert lab.spec("/web").instances == 7


# 6 the deployment is gone


def test_a_deployment_that_is_gone_is_no_success(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.planned("--canary", "none")
    lab.behave("/web", hang=True)

    def cancel(cluster: Cluster) -> None:
        cluster.deployments.clear()

    lab.fault("GET", "/v2/apps/web$", "act", skip=2, times=1000, action=cancel)
    assert lab.apply("--item-timeout", "300ms").code == 4
    assert lab.states() == {"/web": "failed"}


def test_a_deployment_that_is_over_is_no_success_of_a_package(lab: Lab) -> None:
    lab.cluster.install(cassandra(), ON)
    lab.planned()
    lab.cluster.schedulers["cassandra"].refuses = "Message: 'not allowed'"
    assert lab.apply().code == 4
    assert lab.cluster.deployments == []
    assert lab.states() == {"/cassandra": "failed"}
    assert lab.spec("/cassandra").body["env"]["VIRTUAL_NETWORK_NAME"] == "calico"


# 7 no health check


def test_without_checks_an_item_stays_by_hand_until_it_is_allowed(lab: Lab) -> None:
    lab.cluster.add(app("/web", healthChecks=[]))
    assert lab.snapshot().code == 0
    assert lab.plan().code == 1
    assert lab.read_plan()["items"] == {}
    assert [(e["rule"], e["do"]) for e in lab.read_plan()["by_hand"]] == [("unchecked", "--allow unchecked")]
    assert lab.plan("--allow", "unchecked").code == 0


# 8, 10, 12: calls that do not exist


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_the_client_knows_no_force_no_group_and_no_restart(path: Path) -> None:
    strings = [
        node.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value
    ]
    for text in strings:
        assert "force" not in text.lower(), text
        assert "partialUpdate" not in text
        assert not re.search(r"/restart\b|/replace\b|/delay\b", text), text
    if path.name != "client.py":
        assert "DELETE" not in strings or path.name == "sending.py"
        assert "PUT" not in strings or path.name == "sending.py"
        assert "POST" not in strings or path.name == "sending.py"


def test_group_reads_are_the_only_word_of_groups(lab: Lab) -> None:
    lab.cluster.add(pod("/team/web"))
    lab.planned("--canary", "none")
    lab.apply()
    lab.rollback("--all")
    assert [write for write in lab.served.writes() if "groups" in write.path] == []
    assert all("?" not in write.path for write in lab.served.writes())
    assert all(isinstance(json.loads(write.body), dict) for write in lab.served.writes())


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/service/marathon/v2/groups/shop"),
        ("PUT", "/service/marathon/v2/apps"),
        ("PUT", "/service/marathon/v2/apps/web"),
        ("PATCH", "/service/marathon/v2/apps"),
        ("PATCH", "/service/marathon/v2/apps/web?force=true"),
        ("PUT", "/service/marathon/v2/pods/web?force=true"),
        ("POST", "/service/marathon/v2/apps/web/restart"),
        ("DELETE", "/service/marathon/v2/apps/web"),
        ("DELETE", "/service/marathon/v2/deployments/x?force=true"),
        ("DELETE", "/service/marathon/v2/pods/web"),
        ("DELETE", "/service/marathon/v2/queue/web/delay"),
        ("POST", "/package/install"),
        ("POST", "/package/uninstall"),
        ("POST", "/package/list"),
        ("POST", "/cosmos/service/describe"),
        ("POST", "/cosmos/service/update?x=y"),
        ("POST", "/cosmos/service/updates"),
        ("PUT", "/cosmos/service/update"),
        ("PUT", "/service/edgelb/v2/pools"),
        ("PUT", "/service/edgelb/v2/pools/front/lbtemplate"),
        ("POST", "/service/edgelb/v2/pools"),
        ("DELETE", "/service/edgelb/v2/pools/front"),
        ("POST", "/service/cassandra/v1/pod/node-0/replace"),
        ("POST", "/service/cassandra/v1/plans/deploy/continue"),
    ],
)
def test_other_writes_do_not_leave(lab: Lab, method: str, path: str) -> None:
    with pytest.raises(VerificationError):
        client(lab.served.url).write(method, path, b"{}")
    assert lab.served.requests == []


@pytest.mark.parametrize("path", ["/package/install", "/package/render", "/cosmos/service/update", "/x"])
def test_questions_only_read(lab: Lab, path: str) -> None:
    with pytest.raises(VerificationError):
        client(lab.served.url).ask(path, b"{}")
    assert lab.served.requests == []


# 9 rolling everything back


def test_a_failure_rolls_nothing_back(lab: Lab) -> None:
    lab.cluster.add(app("/a"))
    lab.cluster.add(app("/b"))
    lab.planned("--canary", "none")
    lab.behave("/b", unhealthy=True)
    assert lab.apply("--item-timeout", "200ms").code == 4
    assert (lab.network("/a"), lab.network("/b")) == ("calico", "calico")
    assert len(lab.served.writes()) == 2


# 11 packages


def test_the_scheduler_of_a_package_is_not_edited(lab: Lab) -> None:
    labels = {"DCOS_PACKAGE_NAME": "cassandra", "DCOS_SERVICE_NAME": "cass"}
    lab.cluster.add({"id": "/cass", "cmd": "s", "labels": labels, "env": {"VIRTUAL_NETWORK_NAME": "dcos"}})
    lab.cluster.add(app("/direct", labels=labels))
    assert lab.snapshot().code == 0
    assert lab.plan().code == 1
    plan = lab.read_plan()
    assert plan["items"] == {}
    assert {entry["rule"] for entry in plan["by_hand"]} == {"package"}


@pytest.mark.parametrize("when", ["before the plan", "after the plan"])
def test_an_update_that_would_undo_a_hand_edit_is_not_sent(lab: Lab, when: str) -> None:
    lab.cluster.install(cassandra(), ON)

    def tune() -> None:
        lab.cluster.change("/cassandra", lambda body: body["env"].update(TUNED="yes"))

    if when == "before the plan":
        tune()
        lab.planned()
        (entry,) = lab.read_plan()["by_hand"]
        assert "/env/TUNED" in entry["why"]
        return
    lab.planned()
    tune()
    assert lab.apply().code == 1
    assert lab.served.writes() == []
    assert lab.spec("/cassandra").body["env"]["TUNED"] == "yes"


def test_other_options_of_a_package_are_kept(lab: Lab) -> None:
    lab.cluster.install(cassandra(), {"service": {**ON["service"], "cpus": 3}})
    lab.planned()
    assert lab.apply().code == 0
    (write,) = lab.served.writes()
    assert json.loads(write.body)["replace"] is False
    assert lab.spec("/cassandra").body["cpus"] == 3


# 13 declaring it done


def test_what_nothing_explains_is_left(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    tasks: list[tuple[str, str, str | None, str | None]] = [("x", "custom-task", "dcos", "9.0.1.9")]
    lab.cluster.others.append(OtherFramework("fw-2", "custom", tasks))
    assert lab.snapshot().code == 0
    assert lab.plan("--canary", "none").code == 1
    assert lab.apply().code == 0
    result = lab.run("status", str(lab.plan_path), "--check", *lab.connection())
    assert result.code == 1
    assert "custom-task of custom: 1 on dcos" in result.text


# 14 policies


def test_nothing_is_written_to_calico_or_an_agent(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.planned("--canary", "none")
    lab.apply()
    assert lab.read_plan()["references"] == {"networks": [], "policies": []}
    assert {write.path for write in lab.served.writes()} == {"/service/marathon/v2/apps/web"}


# 15 secrets


def test_no_secret_is_in_any_file_or_output(lab: Lab) -> None:
    lab.cluster.add(app("/web", env={"PASSWORD": "s3cr3t-value"}))
    results = [lab.snapshot(), lab.plan("--canary", "none"), lab.apply("--format", "json")]
    results.append(lab.run("show", str(lab.plan_path)))
    lab.cluster.change("/web", lambda body: body["env"].update(PASSWORD="s3cr3t-other"))
    results += [lab.rollback("--all"), lab.run("status", str(lab.plan_path), *lab.connection())]
    for result in results:
        for said in (result.text, result.errors):
            assert "good-token" not in said
            assert "s3cr3t" not in said
    kept = [lab.plan_path, Path(f"{lab.plan_path}.journal"), lab.path / "snapshot" / "cluster.json"]
    for path in (*kept, lab.path / "snapshot" / "MANIFEST.json"):
        assert "s3cr3t" not in path.read_text()
    for path in lab.path.rglob("*"):
        if path.is_file() and path != lab.token:
            assert b"good-token" not in path.read_bytes()


def test_no_secret_of_a_package_or_pool_is_in_any_file_or_output(lab: Lab) -> None:
    package = cassandra()
    secret = {"type": "string", "default": "s3cr3t-default"}
    package.config["properties"]["service"]["properties"]["password"] = secret
    package.template = package.template.replace(
        '"env": {', '"env": {\n    "PASSWORD": "{{service.password}}",'
    )
    lab.cluster.install(package, {"service": {**ON["service"], "password": "s3cr3t-value"}})
    lab.cluster.balance(pool("front", environmentVariables={"ELB_FILE_KEY": "s3cr3t-key"}))
    results = [lab.snapshot(), lab.plan("--diff"), lab.plan("--html", str(lab.path / "plan.html"))]
    results += [lab.apply("--dry-run"), lab.apply("--format", "json")]
    lab.cluster.change("/cassandra", lambda body: body["env"].update(PASSWORD="s3cr3t-other"))
    results += [lab.run("show", str(lab.plan_path)), lab.rollback("--all")]
    for result in results:
        assert "s3cr3t" not in result.text + result.errors
    assert lab.states()["/cassandra"] == "drifted"
    for path in lab.path.rglob("*"):
        if path.is_file() and "snapshot" not in path.parts:
            assert b"s3cr3t" not in path.read_bytes()


def test_the_token_goes_to_every_path_but_the_open_one(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.planned("--canary", "none")
    lab.apply()
    for request in lab.served.requests:
        wanted = "" if request.path.startswith("/dcos-metadata/") else "token=good-token"
        assert request.authorization == wanted
