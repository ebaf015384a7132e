"""`cluster snapshot`: everything as received, and a manifest that names what is missing."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.migrate.cluster.installing import ON, cassandra
from tests.migrate.cluster.lab import app, pod
from tests.support.standin import faults

if TYPE_CHECKING:
    from tests.migrate.cluster.lab import Lab

FORBIDDEN = faults.Answered(403, {"Content-Type": "text/html"}, b"<html>403</html>")
ABSENT = faults.Answered(404, {"Content-Type": "text/html"}, b"<html>404</html>")


def manifest(lab: Lab) -> Any:
    return json.loads((lab.path / "snapshot" / "MANIFEST.json").read_text())


def test_bytes_as_received_and_where_they_came_from(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.cluster.add(pod("/pod"))
    assert lab.snapshot().code == 0
    found = manifest(lab)
    assert found["version"] == 1
    assert sorted(set(found["parts"]) - {"edgelb/pools.json", "metronome/jobs.json"}) == [
        "health/dcos-calico-bird.json", "health/dcos-calico-confd.json", "health/dcos-calico-felix.json",
        "marathon/marathon/apps.json", "marathon/marathon/deployments.json", "marathon/marathon/groups.json",
        "marathon/marathon/info.json", "marathon/marathon/pods.json", "mesos/state.json",
    ]  # fmt: skip
    for name in ("edgelb/pools.json", "metronome/jobs.json"):
        assert found["parts"].pop(name)["state"] == "absent"
    for name, part in found["parts"].items():
        data = (lab.path / "snapshot" / name).read_bytes()
        assert part["sha256"] == hashlib.sha256(data).hexdigest()
        assert part["bytes"] == len(data)
        assert part["status"] == 200
        assert part["url"].startswith(lab.served.url + "/")
    cluster = json.loads((lab.path / "snapshot" / "cluster.json").read_text())
    assert {key: cluster[key] for key in ("id", "framework", "name", "url", "dcos", "variant")} == {
        "id": lab.cluster.id,
        "framework": lab.cluster.framework,
        "name": "prod",
        "url": lab.served.url,
        "dcos": "2.2.0",
        "variant": "open",
    }
    assert set(cluster) == {"id", "framework", "name", "url", "dcos", "variant", "taken", "tool", "user"}


def test_cosmos_is_asked_only_where_something_is_a_package(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    assert lab.snapshot().code == 0
    assert {request.method for request in lab.served.requests} == {"GET"}


@pytest.mark.parametrize(
    "answered",
    [
        ABSENT,
        faults.Answered(404, {"Content-Type": "text/plain"}, b"404 Not Found: service not found.\n"),
        faults.Answered(405, {"Content-Type": "text/plain"}, b""),
        faults.Answered(501, {"Content-Type": "text/html"}, b"Unsupported method ('POST')"),
    ],
)
def test_a_cluster_without_cosmos(lab: Lab, answered: faults.Answered) -> None:
    lab.cluster.install(cassandra(), ON)
    lab.fault("POST", "", "answer", answered=answered, times=99)
    assert lab.snapshot("--outage-timeout", "20s").code == 0
    assert manifest(lab)["parts"]["cosmos/packages.json"]["state"] == "absent"
    assert lab.served.count("POST", "") == 1
    assert lab.plan().code == 1
    (entry,) = lab.read_plan()["by_hand"]
    assert (entry["item"], entry["rule"]) == ("marathon:/cassandra", "package")


def test_only_reads_are_sent(lab: Lab) -> None:
    lab.cluster.install(cassandra(), ON)
    assert lab.snapshot().code == 0
    sent = {(request.method, request.path) for request in lab.served.requests if request.method != "GET"}
    assert sent == {("POST", "/package/list"), ("POST", "/cosmos/service/describe")}


@pytest.mark.parametrize("part", ["pods", "groups", "deployments"])
def test_a_refused_part_is_unread_and_an_absent_one_absent(lab: Lab, part: str) -> None:
    lab.fault("GET", f"/v2/{part}$", "answer", answered=FORBIDDEN)
    assert lab.snapshot().code == 1
    entry = manifest(lab)["parts"][f"marathon/marathon/{part}.json"]
    assert entry["state"] == "unread"
    assert "403" in entry["why"]
    lab.served.faults.clear()
    lab.fault("GET", f"/v2/{part}$", "answer", answered=ABSENT)
    assert lab.snapshot(name="second").code == 0


def test_mesos_unread(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.fault("GET", "/mesos/state", "answer", answered=FORBIDDEN, times=9)
    assert lab.snapshot().code == 1
    assert lab.plan("--canary", "none").code == 1
    plan = lab.read_plan()
    assert plan["coverage"]["frameworks"] is None
    assert plan["cluster"]["framework"] == lab.cluster.framework


@pytest.mark.parametrize("part", ["info", "apps"])
def test_what_is_needed(lab: Lab, part: str) -> None:
    lab.fault("GET", f"/v2/{part}$", "answer", answered=ABSENT)
    assert lab.snapshot().code == 4
    assert not (lab.path / "snapshot").exists()


def test_refused_info_needs_the_default_network(lab: Lab) -> None:
    body = {"id": "/web", "cmd": "run", "instances": 2, "container": {"type": "MESOS"}, "healthChecks": [{}]}
    spec = lab.cluster.add({**body, "networks": [{"mode": "container", "name": "dcos"}]})
    del spec.body["networks"][0]["name"]
    lab.fault("GET", "/v2/info$", "answer", answered=FORBIDDEN, times=99)
    refused = lab.snapshot()
    assert refused.code == 4
    assert "--default-network" in refused.errors
    assert lab.snapshot("--default-network", "dcos").code == 1
    assert lab.plan().code == 3
    assert lab.plan("--default-network", "dcos").code == 1
    plan = lab.read_plan()
    assert plan["cluster"]["framework"] == lab.cluster.framework
    assert plan["items"]["marathon:/web"]["edits"] == [
        {"pointer": "/networks/0/name", "old": None, "new": "calico", "rule": "name-default-network"}
    ]
    assert lab.apply("--item", "/web").code == 0


def test_the_directory_must_be_empty(lab: Lab) -> None:
    folder = lab.path / "snapshot"
    folder.mkdir()
    assert lab.snapshot().code == 0
    assert lab.snapshot().code == 2


def test_a_cluster_that_cannot_be_reached(lab: Lab) -> None:
    result = lab.run(
        "snapshot", "-o", str(lab.path / "s"), "--url", "http://127.0.0.1:9", "--token-file", str(lab.token),
        "--outage-timeout", "100ms",
    )  # fmt: skip
    assert result.code == 4
    assert not (lab.path / "s").exists()


def test_a_refused_token(lab: Lab) -> None:
    lab.token.write_text("bad-token")
    result = lab.snapshot()
    assert result.code == 3
    assert "bad-token" not in result.errors


def test_html_instead_of_json(lab: Lab) -> None:
    lab.fault("GET", "/v2/apps$", "html", times=1000)
    assert lab.snapshot().code == 4


def test_a_redirect(lab: Lab) -> None:
    lab.fault("GET", "/v2/apps$", "answer", answered=faults.redirect("https://login.example.com/"))
    assert lab.snapshot().code == 4


def test_the_place_cannot_be_written(lab: Lab) -> None:
    (lab.path / "file").write_text("")
    assert lab.snapshot(name="file/below").code in (2, 5)


@pytest.mark.parametrize("text", ["1", "2 s", "s", "1.5s", "-1s", "1h30m", "1d", "", "１s"])
def test_what_is_no_duration(lab: Lab, text: str) -> None:
    assert lab.run("snapshot", "-o", "x", *lab.connection(), "--timeout", text).code == 2


@pytest.mark.parametrize("path", ["../x", "a//b", "A", "", "a/.."])
def test_what_is_no_marathon(lab: Lab, path: str) -> None:
    assert lab.snapshot("--marathon", path).code == 2


# What `plan` makes of a snapshot that is not whole


def test_a_changed_file_is_refused(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    assert lab.snapshot().code == 0
    path = lab.path / "snapshot" / "marathon" / "marathon" / "apps.json"
    path.write_bytes(path.read_bytes().replace(b"nginx", b"other"))
    result = lab.plan()
    assert result.code == 3
    assert "SHA-256" in result.errors


@pytest.mark.parametrize("name", ["MANIFEST.json", "cluster.json", "marathon/marathon/apps.json"])
def test_a_missing_file_is_refused(lab: Lab, name: str) -> None:
    assert lab.snapshot().code == 0
    (lab.path / "snapshot" / name).unlink()
    assert lab.plan().code == 3


@pytest.mark.parametrize("change", [{"version": 2}, {"parts": []}, {"parts": {"../../x": {"sha256": ""}}}])
def test_a_manifest_that_is_none(lab: Lab, change: dict[str, Any]) -> None:
    assert lab.snapshot().code == 0
    path = lab.path / "snapshot" / "MANIFEST.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    assert lab.plan().code == 3


def test_no_snapshot_at_all(lab: Lab) -> None:
    result = lab.plan()
    assert result.code == 3
    assert "snapshot: there is no such directory; name a directory that `cluster snapshot`" in result.errors


def test_a_file_is_no_snapshot(lab: Lab) -> None:
    (lab.path / "snapshot").write_text("{}")
    result = lab.plan()
    assert result.code == 3
    assert "snapshot: is no snapshot; name a directory that `cluster snapshot` wrote" in result.errors
