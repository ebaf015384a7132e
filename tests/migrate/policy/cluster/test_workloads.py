from __future__ import annotations

import json
from typing import Any

import pytest

from calico_core.errors import InputError
from calico_migrate.policy.cluster.ports import Port, Vip, parse_vip
from calico_migrate.policy.cluster.workloads import Workload, nearest, read_workloads


def _one(value: Any) -> Workload:
    workloads, notes = read_workloads(json.dumps(value), "app.json")
    assert notes == []
    (workload,) = workloads
    return workload


UCR: dict[str, Any] = {
    "id": "/web",
    "container": {"type": "mesos", "portMappings": [{"containerPort": 80}]},
    "networks": [{"mode": "CONTAINER", "name": "calico", "labels": {"team/role": "web shop"}}],
}
DOCKER: dict[str, Any] = {
    "id": "/web",
    "container": {
        "docker": {
            "image": "x",
            "parameters": [
                {"key": "label", "value": "org.projectcalico.label.team/role=web"},
                {"key": "label", "value": "org.projectcalico.label.flag"},
                {"key": "label", "value": "other=1"},
                {"key": "net", "value": "org.projectcalico.label.a=b"},
            ],
        },
        "portMappings": [{"containerPort": 53, "protocol": "udp,tcp"}],
    },
    "networks": [{"name": "calico", "labels": {"ignored": "here"}}],
}


def test_a_ucr_app() -> None:
    web = _one(UCR)
    assert (web.id, web.kind, web.runtime, web.mode, web.networks) == (
        "/web",
        "app",
        "ucr",
        "container",
        ("calico",),
    )
    # On the way to the endpoint a slash becomes a dot, and other foreign characters a dash.
    assert web.labels("calico").arrived == {"team.role": "web-shop"}
    assert web.ports("calico") == (Port(80, 6),)
    assert (web.path, web.line) == ("app.json", 1)


def test_a_docker_app() -> None:
    web = _one(DOCKER)
    assert web.runtime == "docker"
    assert web.labels("calico").arrived == {"team/role": "web", "flag": ""}
    assert web.ports("calico") == (Port(53, 17), Port(53, 6))


def test_one_bad_label_loses_all_under_docker() -> None:
    bad = json.loads(json.dumps(DOCKER))
    bad["container"]["docker"]["parameters"].append(
        {"key": "label", "value": "org.projectcalico.label.x=not allowed"}
    )
    labels = _one(bad).labels("calico")
    assert labels.arrived == {}
    assert "loses all of its labels" in labels.problem


def test_a_bad_label_keeps_a_ucr_task_from_starting() -> None:
    labels = _one({**UCR, "networks": [{"name": "calico", "labels": {"/": "x"}}]}).labels("calico")
    assert "does not start" in labels.problem


def test_a_pod() -> None:
    pod = _one(
        {
            "id": "/pod",
            "networks": [{"name": "calico", "labels": {"a": "b"}}, {"name": "dcos"}],
            "containers": [
                {
                    "endpoints": [
                        {
                            "name": "web",
                            "containerPort": 80,
                            "protocol": ["tcp", "udp"],
                            "labels": {"VIP_0": "/pod:8080"},
                        },
                        {"name": "other", "containerPort": 81, "networkNames": ["dcos"]},
                        {"name": "late", "containerPort": 0},
                    ]
                },
            ],
        }
    )
    assert (pod.kind, pod.runtime, pod.networks) == ("pod", "ucr", ("calico", "dcos"))
    assert pod.labels("calico").arrived == {"a": "b"}
    assert pod.labels("dcos").arrived == {}
    vip = Vip("pod", 8080)
    assert pod.ports("calico") == (
        Port(80, 6, "web", (vip,)),
        Port(80, 17, "web", (vip,)),
        Port(None, 6, "late"),
    )


def test_the_status_of_a_pod() -> None:
    assert _one({"id": "/pod", "spec": {"id": "/pod", "containers": []}, "instances": []}).id == "/pod"


@pytest.mark.parametrize(
    ("value", "mode", "networks"),
    [
        ({"id": "/a", "cmd": "x"}, "host", ()),
        ({"id": "/a", "networks": []}, "host", ()),
        ({"id": "/a", "networks": [{"mode": "host"}]}, "host", ()),
        ({"id": "/a", "networks": [{"mode": "container/bridge"}]}, "bridge", ()),
        ({"id": "/a", "container": {"docker": {"network": "bridge"}}}, "bridge", ()),
        ({"id": "/a", "container": {"docker": {"network": "HOST"}}}, "host", ()),
        # A container network without a name is the cluster's default, the overlay.
        ({"id": "/a", "networks": [{"mode": "container"}]}, "container", ("dcos",)),
        ({"id": "/a", "container": {"docker": {"network": "USER"}}}, "container", ("dcos",)),
        ({"id": "/a", "ipAddress": {"networkName": "calico"}}, "container", ("calico",)),
    ],
)
def test_modes(value: Any, mode: str, networks: tuple[str, ...]) -> None:
    workload = _one(value)
    assert (workload.mode, workload.networks) == (mode, networks)


@pytest.mark.parametrize(
    ("value", "ports"),
    [
        ({"id": "/a", "networks": [{"mode": "host"}], "portDefinitions": [{"port": 8080}]}, [(8080, 6)]),
        ({"id": "/a", "cmd": "x", "ports": [0, 9090]}, [(None, 6), (9090, 6)]),
        (
            {
                "id": "/a",
                "networks": [{"mode": "container/bridge"}],
                "container": {
                    "portMappings": [{"containerPort": 80, "hostPort": 31080}, {"containerPort": 81}]
                },
            },
            [(31080, 6), (None, 6)],
        ),
        (
            {
                "id": "/a",
                "ipAddress": {
                    "networkName": "calico",
                    "discovery": {"ports": [{"number": 7000, "protocol": "udp", "name": "gossip"}]},
                },
            },
            [(7000, 17)],
        ),
        (
            {
                "id": "/a",
                "networks": [{"name": "calico"}],
                "container": {
                    "portMappings": [{"containerPort": 80}, {"containerPort": 80}, {"containerPort": "x"}, 7]
                },
            },
            [(80, 6), (None, 6)],
        ),
    ],
)
def test_ports(value: Any, ports: list[tuple[int | None, int]]) -> None:
    assert [(port.number, port.protocol) for port in _one(value).ports(None)] == ports


@pytest.mark.parametrize(
    ("text", "vip"),
    [
        ("/web:80", Vip("web", 80)),
        ("web:80", Vip("web", 80)),
        ("/shop/web:80", Vip("shop/web", 80)),
        ("1.2.3.4:5000", Vip("1.2.3.4", 5000)),
        ("[fd00::1]:80", Vip("fd00::1", 80)),
        ("/web", None),
        ("/web:0", None),
        ("/web:x", None),
        (":80", None),
    ],
)
def test_vips(text: str, vip: Vip | None) -> None:
    assert parse_vip(text) == vip


def test_groups_resolve_relative_ids() -> None:
    document = {
        "id": "/shop",
        "apps": [{"id": "web", "cmd": "x"}, {"id": "/else/where", "cmd": "x"}],
        "groups": [
            {"id": "back", "apps": [{"id": "db", "cmd": "x"}, {"id": "../top", "cmd": "x"}], "groups": []}
        ],
    }
    workloads, _ = read_workloads(json.dumps(document))
    assert [workload.id for workload in workloads] == [
        "/shop/web",
        "/else/where",
        "/shop/back/db",
        "/shop/top",
    ]


def test_what_would_move_the_cursor_is_left_out() -> None:
    workloads, notes = read_workloads(json.dumps([{"id": "/a\x1b[2J", "cmd": "x"}]), "evil.json")
    assert workloads == []
    assert notes[0].isprintable()
    assert parse_vip("/a\x1b:80") is None


def test_lines_and_places_in_a_list() -> None:
    text = '[\n  {"id": "/a", "cmd": "x"},\n  {"id": "/b", "cmd": "x"}\n]'
    workloads, _ = read_workloads(text)
    assert [(workload.id, workload.line, workload.place) for workload in workloads] == [
        ("/a", 2, (0,)),
        ("/b", 3, (1,)),
    ]


def test_what_is_no_workload_is_left_out() -> None:
    text = json.dumps(
        [
            {"app": {"id": "", "cmd": "x"}},
            {"haproxy": {"frontends": []}, "name": "pool"},
            {"id": "/job", "run": {"cmd": "x"}},
        ]
    )
    workloads, notes = read_workloads(text, "all.json")
    assert [(workload.id, workload.kind) for workload in workloads] == [("/job", "job")]
    assert len(notes) == 2
    assert all(note.startswith("all.json") for note in notes)


@pytest.mark.parametrize(("text", "line"), [('{"id": "/a",\n}', 1), ("[" * 100_000, None), ("", 1)])
def test_what_is_no_json_is_refused_with_its_place(text: str, line: int | None) -> None:
    with pytest.raises(InputError) as caught:
        read_workloads(text, "broken.json")
    assert caught.value.path == "broken.json"
    if line is not None:
        assert caught.value.line == line


def test_nearest_names() -> None:
    known = ["/bookstore/frontend", "/bookstore/server", "/fruitstore/frontend"]
    assert nearest("/bookstore/fronend", known)[0] == "/bookstore/frontend"
    assert nearest("/server", known)[0] == "/bookstore/server"
    assert nearest("/zzz", known) == []


def _pool(**fields: Any) -> dict[str, Any]:
    return {
        "apiVersion": "V2",
        "name": "front",
        "haproxy": {
            "stats": {"bindPort": 9090},
            "frontends": [{"bindPort": 80, "protocol": "HTTP"}, {"bindPort": 443, "protocol": "HTTPS"}],
            "backends": [],
        },
        **fields,
    }


def test_an_edge_lb_pool_on_a_virtual_network_is_an_endpoint() -> None:
    pool = _one(_pool(virtualNetworks=[{"name": "calico", "labels": {"role": "proxy"}}]))
    assert (pool.id, pool.runtime, pool.mode, pool.networks) == (
        "/dcos-edgelb/pools/front",
        "ucr",
        "container",
        ("calico",),
    )
    assert pool.labels("calico").arrived == {"role": "proxy"}
    assert [port.number for port in pool.ports("calico")] == [80, 443, 9090]
    own = _one(_pool(namespace="edge/own", virtualNetworks=[{"name": "calico"}]))
    assert own.id == "/edge/own/front"
    workloads, notes = read_workloads(json.dumps(_pool()), "pool.json")
    assert workloads == []
    assert notes == [
        "pool.json:1: an Edge-LB pool without a virtual network is left out; its addresses are those of agents"
    ]


@pytest.mark.parametrize(
    ("checks", "ports"),
    [
        ([{"protocol": "HTTP", "path": "/"}], (80,)),
        ([{"path": "/"}], (80,)),
        ([{"protocol": "TCP", "portIndex": 1}], (81,)),
        ([{"protocol": "HTTPS", "port": 8443}], (8443,)),
        ([{"protocol": "MESOS_HTTP", "path": "/"}, {"protocol": "COMMAND"}], ()),
        ([{"protocol": "HTTP", "portIndex": 7}], ()),
        ([{"protocol": "HTTP"}, {"protocol": "TCP"}], (80,)),
        ("none", ()),
    ],
)
def test_what_marathon_asks_for_an_apps_health(checks: Any, ports: tuple[int, ...]) -> None:
    mappings = [{"containerPort": 80}, {"containerPort": 81}]
    container = {"type": "MESOS", "portMappings": mappings}
    app = _one({**UCR, "container": container, "healthChecks": checks})
    assert app.checked_ports("calico") == ports
