"""The record of a definition: what the parsed value says, read once, with marks for the rules."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given

from calico_migrate.marathon.parsed import attachments, recognition
from calico_migrate.marathon.parsed.record import Mark, Record
from tests.migrate.marathon.test_checking import documents

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


@given(documents())
def test_it_says_what_the_value_says(document: Any) -> None:
    for kind, _, value in recognition.places(document):
        record = Record(kind, value)
        assert record.attachments == attachments.attachments(kind, value)
        assert record.ports == attachments.port_mappings(value)
        assert record.endpoints == attachments.pod_endpoints(value)
        assert record.parameters == attachments.docker_parameters(value)
        assert record.network_names == attachments.port_network_names(kind, value)
        assert record.labels == attachments.own_labels(value)
        assert record.runtime == attachments.runtime(kind, value)


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
        ((), None),
        (("networks",), None),
        (("networks",), []),
        (("networks",), [{"mode": "container/bridge"}]),
        (("networks",), [{"name": "calico"}]),
        (("container",), None),
        (("container", "portMappings", 0, "hostPort"), None),
        (("container", "portMappings", 0, "labels"), {"owner": "web"}),
        (("container", "portMappings"), None),
        (("ipAddress",), None),
        (("ports",), []),
        (("uris",), None),
    ],
)
def test_most_apps_have_no_mark(path: tuple[str | int, ...], value: Any) -> None:
    app = changed(path, value) if path else APP
    expected = [Mark.ADDRESS] if path == ("ipAddress",) else []
    assert Record("app", app).marks == expected


@pytest.mark.parametrize(
    "path,value,mark",
    [
        (("networks",), [{"mode": "container"}], Mark.UNNAMED),
        (("networks",), [{"mode": "host", "name": "dcos"}], Mark.UNUSUAL),
        (("networks",), [{"mode": "host"}], Mark.UNUSUAL),
        (("networks",), [{"mode": "container/bridge", "name": "dcos"}], Mark.UNUSUAL),
        (("networks",), [{"name": "Not A Name"}], Mark.UNUSUAL),
        (("networks",), [{"name": "${NETWORK}"}], Mark.UNUSUAL),
        (("networks",), [{"name": "dcos6"}], Mark.IPV6),
        (("networks",), [{"name": "dcos"}, {"name": "other"}], Mark.SEVERAL_NETWORKS),
        (("networks",), 0, Mark.UNUSUAL),
        (("networks", 0, "labels"), {"role": "web"}, Mark.POLICY_LABELS),
        (("labels",), {"org.projectcalico.label.role": "web"}, Mark.POLICY_LABELS),
        (("labels",), {"DCOS_PACKAGE_NAME": "kafka"}, Mark.PACKAGE),
        (("ipAddress",), {}, Mark.UNUSUAL),
        (("residency",), {}, Mark.VOLUMES),
        (("dependencies",), None, Mark.NO_DEPENDENCIES),
        (("container", "docker", "network"), "USER", Mark.UNUSUAL),
        (("container", "docker", "credential"), {}, Mark.UNUSUAL),
        (("container", "docker", "parameters"), [{"key": "net", "value": "x"}], Mark.PARAMETERS),
        (("container", "docker", "parameters"), {}, Mark.PARAMETERS),
        (("container", "portMappings", 0, "labels"), {"VIP_0": "/web:80"}, Mark.VIPS),
        (("container", "portMappings", 0, "hostPort"), 0, Mark.HOST_PORT),
        (("container", "portMappings", 0, "networkNames"), ["dcos"], Mark.UNUSUAL),
        (("container", "volumes"), [{"persistent": {}}], Mark.VOLUMES),
        (("portDefinitions",), [{"port": 80}], Mark.VIPS),
        (("portDefinitions",), [{"port": 80}], Mark.UNUSUAL),
        (("ports",), [80], Mark.FIELDS),
        (("uris",), ["a"], Mark.FIELDS),
        (("cmd",), "", Mark.FIELDS),
        (("acceptedResourceRoles",), [], Mark.FIELDS),
        (("healthChecks", 0, "ipProtocol"), "IPv6", Mark.FIELDS),
        (("upgradeStrategy", "maximumOverCapacity"), 0, Mark.STRATEGY),
    ],
)
def test_what_is_marked(path: tuple[str | int, ...], value: Any, mark: str) -> None:
    assert mark in Record("app", changed(path, value)).marks


def test_old_ports_and_networks_of_docker_are_usual_where_docker_runs_them() -> None:
    docker = {"image": "web", "network": "BRIDGE", "portMappings": [{"containerPort": 80}]}
    app = {"id": "/old", "container": {"type": "DOCKER", "docker": docker}}
    assert Record("app", app).marks == []
    app["container"] = {"type": "MESOS", "docker": docker}
    assert Record("app", app).marks == [Mark.UNUSUAL]
