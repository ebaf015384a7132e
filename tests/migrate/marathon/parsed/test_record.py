"""The record of a definition: what the parsed value says, read once, with marks for the rules."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given

from calico_migrate.marathon.parsed import attachments, recognition
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.parsed.record import Record
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
        assert list(record.network_names) == attachments.port_network_names(kind, value)
        assert record.labels == attachments.own_labels(value)
        assert record.runtime == attachments.runtime(kind, value)


def marked(kind: str, value: Any) -> list[str]:
    """All marks: in any case, of a move, and on Calico."""
    record = Record(kind, value)
    return record.marks + record.marks_of_a_move() + record.marks_on_calico()


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
        (("ports",), [80]),
        (("uris",), None),
        (("uris",), ["a"]),
        (("networks",), [{"mode": "container"}]),
        (("networks",), [{"mode": "container", "name": "dcos"}, {"mode": "container", "name": "other"}]),
        (("residency",), None),
        (("container", "volumes"), [{"hostPath": "/a"}]),
        (("ipAddress",), {}),
        (("scheduling",), {"placement": {}}),
    ],
)
def test_most_apps_have_no_mark(path: tuple[str | int, ...], value: Any) -> None:
    app = changed(path, value) if path else APP
    if value == {}:
        del app["networks"]
    assert marked("app", app) == []


@pytest.mark.parametrize(
    "path,value,mark",
    [
        (("networks",), [{"mode": "host", "name": "dcos"}], Mark.UNUSUAL),
        (("networks",), [{"mode": "host"}], Mark.EXCLUSIVE),
        (("networks",), [{"mode": "container/bridge", "name": "dcos"}], Mark.UNUSUAL),
        (("networks",), [{"name": "Not A Name"}], Mark.UNUSUAL),
        (("networks",), [{"name": "${NETWORK}"}], Mark.UNUSUAL),
        (("networks",), [{"name": "dcos6"}], Mark.IPV6),
        (("networks",), [{"name": "dcos"}, {"mode": "host"}], Mark.UNUSUAL),
        (("networks",), 0, Mark.UNUSUAL),
        (("networks", 0, "labels"), {"role": "web"}, Mark.POLICY_LABELS),
        (("labels",), {"org.projectcalico.label.role": "web"}, Mark.POLICY_LABELS_ELSEWHERE),
        (("labels",), {"DCOS_PACKAGE_NAME": "kafka"}, Mark.PACKAGE),
        (("ipAddress",), {}, Mark.EXCLUSIVE),
        (("ipAddress",), {"network": "dcos"}, Mark.ADDRESS_KEY),
        (("ipAddress",), {"discovery": {"ports": [{"labels": {"VIP_0": "/a:80"}}]}}, Mark.VIPS),
        (("residency",), {}, Mark.VOLUMES),
        (("dependencies",), None, Mark.NO_DEPENDENCIES),
        (("container", "docker", "network"), "USER", Mark.EXCLUSIVE),
        (("container", "docker", "credential"), {}, Mark.EXCLUSIVE),
        (("container", "docker", "parameters"), [{"key": "net", "value": "x"}], Mark.PARAMETERS),
        (("container", "docker", "parameters"), {}, Mark.PARAMETERS),
        (("container", "docker", "parameters"), {}, Mark.PARAMETERS_ON_CALICO),
        (("container", "docker", "parameters"), {}, Mark.EXCLUSIVE),
        (("container", "portMappings", 0, "labels"), {"VIP_0": "/web:80"}, Mark.VIPS),
        (("container", "portMappings", 0, "hostPort"), 80, Mark.FIXED_HOST_PORT),
        (("container", "portMappings", 0, "networkNames"), ["other"], Mark.NETWORK_NAMES),
        (("container", "portMappings", 0, "networkNames"), ["Not A Name"], Mark.UNUSUAL),
        (("container", "volumes"), [{"persistent": {}}], Mark.VOLUMES),
        (("portDefinitions",), [{"labels": {"VIP_0": "/a:80"}}], Mark.VIPS),
        (("portDefinitions",), [{"port": 80}], Mark.EXCLUSIVE),
        (("cmd",), "", Mark.FIELDS),
        (("acceptedResourceRoles",), [], Mark.FIELDS),
        (("healthChecks", 0, "ipProtocol"), "IPv6", Mark.FIELDS),
        (("upgradeStrategy", "maximumOverCapacity"), 0, Mark.STRATEGY),
    ],
)
def test_what_is_marked(path: tuple[str | int, ...], value: Any, mark: str) -> None:
    assert mark in marked("app", changed(path, value))


def test_old_ports_and_networks_of_docker_are_usual_where_docker_runs_them() -> None:
    docker = {"image": "web", "network": "BRIDGE", "portMappings": [{"containerPort": 80}]}
    app = {"id": "/old", "container": {"type": "DOCKER", "docker": docker}}
    assert marked("app", app) == []
    app["container"] = {"type": "MESOS", "docker": docker}
    assert marked("app", app) == [Mark.EXCLUSIVE]


DOCKER: dict[str, Any] = {
    "id": "/web",
    "container": {"type": "DOCKER", "portMappings": [{"containerPort": 80, "hostPort": 0}]},
    "networks": [{"name": "dcos"}],
}


def test_under_docker_a_random_port_of_the_host_counts_too() -> None:
    assert marked("app", DOCKER) == [Mark.DOCKER_HOST_PORT]
    assert marked("app", {**DOCKER, "container": {**DOCKER["container"], "type": "MESOS"}}) == []


def test_labels_of_a_network_are_looked_at_where_they_are_read() -> None:
    labelled = {"id": "/web", "networks": [{"name": "dcos", "labels": {"role": "web"}}]}
    assert marked("app", labelled) == [Mark.POLICY_LABELS]
    assert marked("app", {**labelled, "container": {"type": "DOCKER"}}) == [Mark.POLICY_LABELS_ELSEWHERE]


def test_an_address_beside_a_network_of_docker() -> None:
    app = {"id": "/old", "container": {"docker": {"network": "BRIDGE"}}, "ipAddress": {"networkName": "dcos"}}
    assert marked("app", app) == [Mark.DEAD_ADDRESS]
    assert marked("app", {**app, "ipAddress": {"labels": {}}}) == []


def test_under_docker_several_networks_count() -> None:
    marks = marked("app", {**DOCKER, "networks": [{"name": "dcos"}, {"name": "other"}]})
    assert Mark.DOCKER_NETWORKS in marks
    assert Mark.EXCLUSIVE in marks


@pytest.mark.parametrize(
    "members,marks",
    [
        ({}, []),
        ({"ports": [80]}, [Mark.EXCLUSIVE]),
        ({"portDefinitions": [{"port": 80}]}, [Mark.EXCLUSIVE]),
        ({"ports": [80], "portDefinitions": [{"port": 80}]}, [Mark.EXCLUSIVE, Mark.FIELDS]),
        ({"uris": ["a"], "fetch": [{"uri": "a"}]}, [Mark.FIELDS]),
    ],
)
def test_a_user_network_of_docker_beside_ports(members: dict[str, Any], marks: list[str]) -> None:
    app = {"id": "/old", "container": {"type": "DOCKER", "docker": {"network": "USER"}}, **members}
    assert marked("app", app) == marks


@pytest.mark.parametrize(
    "pod,marks",
    [
        ({}, []),
        ({"networks": [{"name": "dcos"}]}, []),
        ({"networks": [{"mode": "host"}]}, [Mark.EXCLUSIVE]),
        ({"containers": [{"endpoints": [{"name": "web"}]}]}, [Mark.EXCLUSIVE]),
        ({"scheduling": {"upgrade": {"maximumOverCapacity": 0}}}, [Mark.STRATEGY]),
        ({"volumes": [{"persistent": {}}]}, [Mark.VOLUMES]),
    ],
)
def test_the_marks_of_pods(pod: dict[str, Any], marks: list[str]) -> None:
    endpoint = {"name": "web", "containerPort": 80, "hostPort": 0}
    assert marked("pod", {"id": "/pod", "containers": [{"endpoints": [endpoint]}], **pod}) == marks


def test_the_marks_of_jobs() -> None:
    assert marked("job", {"id": "job", "run": {"cmd": "x"}}) == []
    assert marked("job", {"id": "job", "run": {"networks": []}}) == [Mark.JOB_NETWORKS]
