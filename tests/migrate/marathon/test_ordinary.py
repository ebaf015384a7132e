"""Ordinary apps are told at a glance, and the thorough look would have said the same of them."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_migrate.marathon import planning
from calico_migrate.marathon.ordinary import Ordinary
from calico_migrate.network_map import NetworkMap
from tests.migrate.marathon.test_checking import FIELDS, MAPS, by_every_rule, documents
from tests.support.definitions import definitions_in

APP: dict[str, Any] = {
    "id": "/web",
    "cmd": "serve",
    "container": {
        "type": "MESOS",
        "docker": {"image": "example/web:1", "parameters": []},
        "portMappings": [{"containerPort": 80, "labels": {}}],
        "volumes": [],
    },
    "healthChecks": [{"protocol": "MESOS_HTTP", "ipProtocol": "IPv4"}],
    "labels": {"owner": "web"},
    "networks": [{"mode": "container", "name": "dcos"}],
    "upgradeStrategy": {"maximumOverCapacity": 1, "minimumHealthCapacity": 1},
}

OTHERS: list[dict[str, Any]] = [
    {**APP, "networks": [{"mode": "host"}], "container": None, "portDefinitions": [{"port": 80}]},
    {"id": "/old", "container": {"docker": {"network": "BRIDGE", "portMappings": [{"hostPort": 80}]}}},
    {"id": "/old", "args": [], "ports": [10_000], "uris": ["https://example.com/a"], "ipAddress": None},
]


def looked_at(app: Any, network_map: NetworkMap = MAPS[0]) -> Any:
    (definition,) = definitions_in(app if isinstance(app, str) else json.dumps(app))
    return Ordinary(network_map).edits(definition)


@st.composite
def nearly_ordinary(draw: st.DrawFn) -> Any:
    """An ordinary app with one or two members that may be worth a look."""
    app = draw(st.sampled_from([APP, APP, APP, *OTHERS]))
    names = draw(st.lists(st.sampled_from(sorted(FIELDS)), max_size=2, unique=True))
    return {**app, **{name: draw(FIELDS[name]) for name in names}}


@given(documents() | nearly_ordinary(), st.sampled_from(MAPS), st.booleans(), st.booleans())
def test_the_thorough_look_says_the_same(
    document: Any, network_map: NetworkMap, move_labels: bool, escaped: bool
) -> None:
    text = json.dumps(document)
    if escaped:
        text = text.replace("dcos", "d\\u0063os").replace("9.0", "\\u0039.0")
    ordinary = Ordinary(network_map)
    for definition in definitions_in(text):
        edits = ordinary.edits(definition)
        if edits is not None:
            assert list(edits) == planning.plan(definition, network_map).edits
            alone = text[definition.start : definition.end]
            assert by_every_rule(alone, network_map, move_labels=move_labels) == []


def test_an_app_that_moves() -> None:
    ((edit,),) = (looked_at(APP),)
    assert (edit.pointer, edit.old, edit.new, edit.rule) == (
        "/networks/0/name", "dcos", "calico", "rename-network",
    )  # fmt: skip
    assert json.dumps(APP)[edit.start : edit.end] == '"dcos"'


@pytest.mark.parametrize(
    "networks",
    [None, [], [{"mode": "container/bridge"}], [{"mode": "container", "name": "calico"}]],
    ids=["none", "empty", "bridge", "there-already"],
)
def test_an_app_that_stays(networks: Any) -> None:
    assert looked_at({**APP, "networks": networks}) == ()


def changed(path: tuple[str | int, ...], value: Any) -> Any:
    app: Any = copy.deepcopy(APP)
    holder = app
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return app


@pytest.mark.parametrize(
    "path,value",
    [
        (("networks",), [{"name": "dcos"}]),
        (("container",), None),
        (("container", "portMappings", 0, "hostPort"), 0),
        (("container", "portMappings", 0, "labels"), {"owner": "web"}),
        (("container", "volumes"), [{"hostPath": "/data"}]),
        (("ipAddress",), None),
        (("portDefinitions",), []),
        (("ports",), []),
        (("uris",), None),
        (("residency",), None),
    ],
)
def test_what_makes_no_difference_to_an_app_that_moves(path: tuple[str | int, ...], value: Any) -> None:
    assert [edit.new for edit in looked_at(changed(path, value))] == ["calico"]


@pytest.mark.parametrize("app", OTHERS, ids=["host", "bridge-of-old", "host-of-old"])
def test_apps_on_other_networks_stay(app: Any) -> None:
    assert looked_at(app) == ()


@pytest.mark.parametrize(
    "path,value",
    [
        (("networks",), [{"mode": "container"}]),
        (("networks",), [{"mode": "host", "name": "dcos"}]),
        (("networks",), [{"mode": "container", "name": "other"}]),
        (("networks",), [{"mode": "container", "name": "dcos"}] * 2),
        (("networks", 0, "labels"), {"role": "web"}),
        (("networks",), 0),
        (("ipAddress",), {}),
        (("residency",), {}),
        (("dependencies",), None),
        (("labels", "DCOS_PACKAGE_NAME"), "kafka"),
        (("env",), {"DB": "9.0.0.1"}),
        (("env",), {"NETWORK": "dcos"}),
        (("container", "docker", "network"), "USER"),
        (("container", "docker", "parameters"), [{"key": "net", "value": "x"}]),
        (("container", "portMappings", 0, "labels"), {"VIP_0": "/web:80"}),
        (("container", "portMappings", 0, "hostPort"), 8080),
        (("container", "portMappings", 0, "labels"), ["VIP_0"]),
        (("container", "portMappings", 0, "networkNames"), ["dcos"]),
        (("container", "volumes"), [{"persistent": {}}]),
        (("container", "volumes"), "all"),
        (("container",), "web"),
        (("container",), {"type": "DOCKER", "portMappings": [{"hostPort": 0}]}),
        (("container",), {"type": "MESOS", "portMappings": {"hostPort": 0}}),
        (("portDefinitions",), [{"port": 80}]),
        (("ports",), [80]),
        (("cmd",), ""),
        (("acceptedResourceRoles",), []),
        (("upgradeStrategy", "maximumOverCapacity"), 0),
        (("healthChecks", 0, "ipProtocol"), "IPv6"),
    ],
)
def test_what_is_worth_a_thorough_look(path: tuple[str | int, ...], value: Any) -> None:
    assert looked_at(changed(path, value)) is None


def test_a_name_that_is_spelled_in_another_way() -> None:
    assert looked_at(json.dumps(APP).replace('"dcos"', '"d\\u0063os"')) is None


def test_a_map_that_marathon_would_not_take() -> None:
    assert looked_at(APP, NetworkMap({"dcos": "Not A Name"})) is None
