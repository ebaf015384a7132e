"""Host ports of Docker containers on Calico."""

from __future__ import annotations

from typing import Any

import pytest

from calico_core.findings import Severity
from tests.migrate.marathon.rules.asked import ON_CALICO, ON_DCOS, ON_HOST, found, pointers

RULE = "docker-host-port"


def docker(*ports: dict[str, Any]) -> dict[str, Any]:
    return {"container": {"type": "DOCKER", "docker": {"image": "web"}, "portMappings": list(ports)}}


def test_a_host_port_does_not_work() -> None:
    text = (
        '{"networks": [{"name": "dcos"}],\n "container": {"type": "DOCKER",\n'
        '  "portMappings": [{"containerPort": 80, "hostPort": 8080}]}}'
    )
    (finding,) = found(RULE, text)
    assert finding.severity is Severity.ERROR
    assert (finding.line, finding.column) == (3, 54)
    assert finding.pointer == "/container/portMappings/0/hostPort"
    assert finding.message.startswith("host port 8080 does not work for a Docker container on Calico")
    assert "UCR" in finding.hint


@pytest.mark.parametrize("network", [ON_DCOS, ON_CALICO, {"networks": [{"mode": "Container"}]}])
def test_nor_does_a_random_one(network: dict[str, Any]) -> None:
    app = {**network, **docker({"containerPort": 80}, {"containerPort": 81, "hostPort": 0})}
    assert pointers(RULE, app) == ["/container/portMappings/1/hostPort"]


def test_in_the_deprecated_place_and_without_a_type() -> None:
    app = {"container": {"docker": {"network": "USER", "portMappings": [{"hostPort": 0}]}}}
    assert pointers(RULE, app) == ["/container/docker/portMappings/0/hostPort"]


def published(key: str, value: object) -> dict[str, Any]:
    return {"image": "web", "parameters": [{"key": "label", "value": "a=b"}, {"key": key, "value": value}]}


@pytest.mark.parametrize("key,value", [("publish", "8080:80"), ("publish", "80"), ("publish-all", "true")])
def test_a_parameter_that_publishes(key: str, value: str) -> None:
    app = {**ON_DCOS, "container": {"docker": published(key, value)}}
    (finding,) = found(RULE, app)
    assert (finding.severity, finding.pointer) == (Severity.ERROR, "/container/docker/parameters/1")
    assert f"{key}={value} publishes nothing" in finding.message
    job = {
        "id": "j",
        "run": {"docker": published(key, value), "networks": [{"mode": "container", "name": "dcos"}]},
    }
    assert pointers(RULE, job) == ["/run/docker/parameters/1"]


@pytest.mark.parametrize("key,value", [("expose", "80"), ("publish-all", "false"), ("p", "80"), (5, "80")])
def test_a_parameter_that_publishes_nothing_anywhere(key: Any, value: str) -> None:
    assert found(RULE, {**ON_DCOS, "container": {"docker": published(key, value)}}) == []


@pytest.mark.parametrize(
    "app",
    [
        {**ON_HOST, "container": {"docker": published("publish", "80")}},
        {**ON_HOST, **docker({"hostPort": 80})},
        {"networks": [{"mode": "container/bridge"}], **docker({"hostPort": 80})},
        {"networks": [{"name": "other"}], **docker({"hostPort": 80})},
        {**ON_DCOS, **docker({"containerPort": 80}, {"hostPort": None})},
        {**ON_DCOS, "container": {"type": "MESOS", "portMappings": [{"hostPort": 80}]}},
        {"id": "/p", **ON_DCOS, "containers": [{"endpoints": [{"name": "e", "hostPort": 80}]}]},
    ],
    ids=["published-on-host", "host", "bridge", "another-network", "no-host-port", "ucr", "pod"],
)
def test_works_elsewhere(app: dict[str, Any]) -> None:
    assert found(RULE, app) == []
