"""What counts as a definition, and what does not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_migrate.marathon.parsed.recognition import identity, in_group, places, recognise
from calico_migrate.marathon.rewriting import rewrite
from tests.migrate.marathon import strategies
from tests.migrate.marathon.test_checking import documents
from tests.support.definitions import definitions_in

APP = {"id": "/a", "cmd": "./run"}
POD = {"id": "/p", "containers": []}
POOL = {"name": "lb", "haproxy": {"frontends": [], "backends": []}}
DCOS = {"networks": [{"mode": "container", "name": "dcos"}]}


def kind_of(value: Any, *, needs_id: bool = True) -> str | None:
    found = recognise(value, needs_id=needs_id)
    return found and found.kind


@pytest.mark.parametrize(
    "value,kind",
    [
        (APP, "app"),
        ({"id": "a", "args": ["x"]}, "app"),
        ({"id": "a", "args": []}, "app"),
        ({"id": "a", "container": {}}, "app"),
        ({"id": "a", "container": {"docker": {"image": "web"}, "odd": 1}}, "app"),
        ({"id": "a", "ipAddress": {}}, "app"),
        ({"id": "a", "ipAddress": {"networkName": "dcos", "discovery": {}}}, "app"),
        ({"id": "a", **DCOS}, "app"),
        ({"id": "a", "networks": [{}]}, "app"),
        ({**DCOS, "cmd": "./run"}, "app"),
        ({**DCOS, "container": {"type": "MESOS"}}, "app"),
        ({"ipAddress": {"networkName": "dcos"}, "args": ["x"]}, "app"),
        (POD, "pod"),
        ({"id": "p", "containers": [{"name": "a"}], "networks": [{"mode": "host"}]}, "pod"),
        ({"id": "p", "spec": {"containers": []}}, "pod"),
        ({"spec": POD, "instances": []}, "pod"),
        ({"id": "j", "run": {}}, "job"),
        ({"id": "j", "run": {"cmd": "x", "docker": {"image": "a"}}, "schedules": []}, "job"),
        (POOL, "edgelb-pool"),
        ({"apiVersion": "V2", **POOL, "virtualNetworks": [{"name": "dcos", "labels": {}}]}, "edgelb-pool"),
        ({"name": "lb", "virtualNetworks": [{"name": "dcos"}]}, "edgelb-pool"),
        # Marathon's answers about running apps have tasks.
        ({**APP, "tasks": []}, "app"),
        ({**APP, "tasks": [{"id": "a.1", "appId": "/a", "host": "10.0.0.1"}]}, "app"),
        ({**APP, "services": None, "hosts": None, "tasks": None}, "app"),
        ({**APP, "kind": "web"}, "app"),
        ({**APP, "apiVersion": "1"}, "app"),
    ],
)
def test_definitions(value: Any, kind: str) -> None:
    assert kind_of(value) == kind


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"id": "/a"},
        {"cmd": "./run"},
        {"container": {}},
        DCOS,
        {"id": 7, **DCOS},
        {"id": None, "cmd": "./run"},
        {"id": 7, "cmd": "./run", **DCOS},
        {"id": "a", "cmd": 5},
        {"id": "a", "cmd": None},
        {"id": "a", "args": "x"},
        {"id": "a", "args": [1]},
        {"id": "a", "container": "0123abc"},
        {"id": "a", "container": {"image": "nginx"}},
        {"id": "a", "ipAddress": "10.0.0.1"},
        {"id": "a", "ipAddress": {"ip": "10.0.0.1", "networkName": "dcos"}},
        {"id": "a", "networks": ["dcos"]},
        {"id": "a", "networks": {"dcos": {}}},
        {"id": "a", "networks": [{"name": "dcos", "cidr": "9.0.0.0/8"}]},
        {"id": "a", "networks": [{"name": "dcos"}, 5]},
        {"id": "p", "containers": {}},
        {"id": "p", "containers": ["a"]},
        {"containers": []},
        {"id": "p", "spec": {"replicas": 2}},
        {"id": "j", "run": "make"},
        {"id": "j", "run": {"steps": []}},
        {"run": {"cmd": "x"}},
        {"haproxy": {}},
        {"haproxy": {"version": "2.0"}, "virtualNetworks": [{"name": "dcos"}]},
        {"virtualNetworks": [{"name": "dcos"}]},
        {"name": "lb", "virtualNetworks": []},
        {"name": "vnets", "virtualNetworks": [{"name": "dcos", "addressSpace": {}}]},
        {**APP, "apiVersion": "v1", "kind": "Pod"},
        {**APP, **DCOS, "services": {}},
        {**APP, **DCOS, "hosts": "all"},
        {**APP, **DCOS, "tasks": [{"shell": "x"}]},
        {**APP, **DCOS, "tasks": {}},
        {**APP, **DCOS, "tasks": "all"},
        {**POD, "services": []},
        {"id": "j", "run": {"cmd": "x"}, "hosts": "all"},
    ],
)
def test_what_is_none(value: Any) -> None:
    assert kind_of(value) is None


def test_where_another_file_says_which_app_it_is_for() -> None:
    assert kind_of({"cmd": "./run"}, needs_id=False) == "app"
    assert kind_of(DCOS, needs_id=False) == "app"
    assert kind_of({"containers": []}, needs_id=False) == "pod"
    assert kind_of({"cpus": 1}, needs_id=False) is None
    assert kind_of({"id": 7, "cmd": "./run"}, needs_id=False) is None
    assert kind_of({"id": 7, "containers": []}, needs_id=False) is None
    assert kind_of({**DCOS, "services": {}}, needs_id=False) is None


def placed(document: Any) -> list[tuple[str, str]]:
    return [(place.kind, "".join(f"/{step}" for step in place.path)) for place in places(document)]


@pytest.mark.parametrize(
    "document,expected",
    [
        (APP, [("app", "")]),
        ({"spec": {"containers": []}, "instances": []}, [("pod", "/spec")]),
        ({"app": APP}, [("app", "/app")]),
        ({"app": {"cmd": "./run"}}, []),
        ({"pod": POD}, [("pod", "/pod")]),
        ({"apps": [APP, 5, {"cmd": "x"}, {"id": "/b"}]}, [("app", "/apps/0"), ("app", "/apps/2")]),
        ({"*": [APP, {"cmd": "x"}]}, [("app", "/*/0")]),
        ({"queue": [{"count": 1, "app": APP}, {"pod": POD}]}, [("app", "/queue/0/app"), ("pod", "/queue/1/pod")]),
        ([APP, {"id": "j", "run": {}}, {"app": APP}], [("app", "/0"), ("job", "/1"), ("app", "/2/app")]),
        ({"id": "/", "apps": [], "groups": [{"id": "g", "apps": [APP], "pods": [{"id": "p", "spec": POD}],
                                             "groups": [{"apps": [{"args": []}]}]}]},
         [("app", "/groups/0/apps/0"), ("pod", "/groups/0/pods/0/spec"), ("app", "/groups/0/groups/0/apps/0")]),
        ({"pools": [POOL, POOL]}, [("edgelb-pool", "/pools/0"), ("edgelb-pool", "/pools/1")]),
        ({"v2": POOL}, [("edgelb-pool", "/v2")]),
        ([{"v2": POOL}, POOL], [("edgelb-pool", "/0/v2"), ("edgelb-pool", "/1")]),
        ({**APP, "apps": [1], "pools": 4}, [("app", "")]),
        ({"id": "/", "groups": []}, []),
        ({"name": "package", "version": "1"}, []),
        ([], []),
        ("dcos", []),
        ([[APP]], []),
    ],
)  # fmt: skip
def test_documents(document: Any, expected: list[tuple[str, str]]) -> None:
    assert placed(document) == expected


@given(documents() | strategies.documents | st.sampled_from([{"pools": [POOL]}, {"v2": POOL}, {"app": {}}]))
def test_a_walk_over_the_text_meets_the_same(document: Any) -> None:
    met = [(each.kind, each.path, each.value) for each in definitions_in(json.dumps(document))]
    assert met == [tuple(place) for place in places(document)]


@pytest.mark.parametrize(
    "kind,value,name",
    [
        ("app", {"id": "/a"}, "/a"),
        ("app", {}, None),
        ("app", {"id": ""}, None),
        ("pod", {"id": "/p", "name": "x"}, "/p"),
        ("job", {"id": "a.b"}, "a.b"),
        ("edgelb-pool", {"name": "lb", "id": "x"}, "lb"),
        ("edgelb-pool", {}, None),
    ],
)
def test_identities(kind: str, value: Any, name: str | None) -> None:
    assert identity(kind, value) == name


@pytest.mark.parametrize(
    "own,groups,name",
    [
        ("web", [], "web"),
        ("web", [None], "web"),
        ("/web", ["/g"], "/web"),
        ("web", ["/g"], "/g/web"),
        ("web", ["g"], "/g/web"),
        ("web", ["/"], "/web"),
        ("web", ["h", None, "/g"], "/g/h/web"),
        ("web", ["h", "/g", "/never"], "/g/h/web"),
        ("a/web", ["h/i", "/g"], "/g/h/i/a/web"),
        ("../web", ["h", "/g"], "/g/web"),
    ],
)
def test_ids_below_groups(own: str, groups: list[str | None], name: str) -> None:
    assert in_group(own, groups) == name


def test_edits_and_findings_name_what_they_are_about() -> None:
    first = {"id": "web", "cmd": "ping 9.0.1.2", **DCOS}
    document = {"groups": [{"apps": [first, {"cmd": "./run", **DCOS}], "id": "shop"}], "id": "/"}
    result = rewrite(json.dumps(document))
    assert [result.identities.at(edit.start) for edit in result.edits] == ["/shop/web", None]
    assert [finding.id for finding in result.findings] == ["/shop/web"]


# Files of other programs, with what may look like an app in them and a network of the old name.
FOREIGN: dict[str, Any] = {
    "compose": {"version": "3", "services": {"web": {"networks": ["dcos"]}}, "networks": {"dcos": {}}},
    "compose-with-id": {"id": "stack", "services": {}, "networks": [{"name": "dcos"}]},
    "kubernetes-pod": {"apiVersion": "v1", "kind": "Pod", "id": "x", "spec": {"containers": [{"name": "a"}]}},
    "kubernetes-list": {"apiVersion": "v1", "kind": "List", "items": [{"kind": "Pod", "spec": {"containers": []}}]},
    "pod-spec-of-kubernetes": {"containers": [{"name": "a"}], "networks": [{"name": "dcos"}]},
    "playbook": [{"hosts": "all", "tasks": [{"name": "x"}], "cmd": "x", "networks": [{"name": "dcos"}]}],
    "play-with-id": {"id": "site", "hosts": ["a"], "networks": [{"name": "dcos"}]},
    "netbox": {"id": 7, "networks": [{"cidr": "9.0.0.0/8", "name": "dcos"}]},
    "subnets": {"id": "corp", "networks": [{"cidr": "9.0.0.0/8", "name": "dcos"}]},
    "neutron": {"networks": [{"id": "6c0e", "name": "dcos", "subnets": []}]},
    "docker-network-inspect": [{"Name": "dcos", "Id": "77", "Containers": {}}],
    "docker-image": {"id": "0f3c", "container": "9a1b", "config": {"Cmd": ["sh"]}},
    "ecs-task": {"family": "web", "networkMode": "awsvpc", "containerDefinitions": [{"name": "dcos"}]},
    "azure-group": {"id": "/subscriptions/1", "ipAddress": {"type": "Public", "ip": "1.2.3.4"}, "name": "dcos"},
    "azure-networks": {"virtualNetworks": [{"name": "dcos", "addressSpace": {}}]},
    "vscode-tasks": {"version": "2", "tasks": [{"label": "dcos", "command": "x"}], "cmd": "x", "id": "a"},
    "npm": {"name": "dcos", "version": "1.0.0", "scripts": {"run": "x"}},
    "json-schema": {"id": "http://example.com/s", "properties": {"networks": {"default": "dcos"}}},
    "mesos-state": {"id": "1", "frameworks": [{"id": "2", "tasks": [{"container": {"network_infos": [{"name": "dcos"}]}}]}]},
    "chronos": {"name": "nightly", "schedule": "R/P1D", "container": {"networkInfos": [{"name": "dcos"}]}},
    "cni": {"cniVersion": "0.3.1", "name": "dcos", "type": "calico"},
    "terraform": {"resource": {"docker_network": {"dcos": {"name": "dcos"}}}},
    "nomad": {"Job": {"ID": "a", "TaskGroups": [{"Networks": [{"Mode": "dcos"}]}]}},
    "chef-node": {"id": "node-1", "haproxy": {"version": "2"}, "virtualNetworks": [{"name": "dcos"}]},
    "app-store": {"apps": [{"id": 3, "name": "dcos"}, {"name": "dcos", "networks": "all"}]},
    "workflow": {"id": "ci", "run": "make", "networks": [{"name": "dcos", "driver": "overlay"}]},
}  # fmt: skip


@pytest.mark.parametrize("name", FOREIGN)
def test_foreign_files_are_neither_edited_nor_judged(name: str) -> None:
    result = rewrite(json.dumps(FOREIGN[name]))
    assert (result.kind, result.edits, result.findings, result.after) == (None, [], [], None)
