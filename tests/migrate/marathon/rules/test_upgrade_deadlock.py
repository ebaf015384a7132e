"""Deployments that can wait for ever."""

from __future__ import annotations

from typing import Any

import pytest

from calico_core.findings import Severity
from tests.migrate.marathon.rules.asked import ON_CALICO, ON_DCOS, found, pointers

RULE = "upgrade-deadlock"
FIXED: dict[str, Any] = {
    "container": {"type": "MESOS", "portMappings": [{"containerPort": 80, "hostPort": 8080}]}
}
FULL = {"upgradeStrategy": {"minimumHealthCapacity": 1, "maximumOverCapacity": 0}}


def test_a_fixed_host_port() -> None:
    text = '{"networks": [{"name": "dcos"}],\n "container": {"type": "MESOS", "portMappings": [{"hostPort": 80}]}}'
    (finding,) = found(RULE, text)
    assert finding.severity is Severity.WARNING
    assert (finding.line, finding.column) == (2, 63)
    assert finding.pointer == "/container/portMappings/0/hostPort"
    assert finding.message == "host port 80 stays taken by the old instance until the new one is healthy"


def test_an_upgrade_strategy_without_room() -> None:
    (finding,) = found(RULE, {**ON_DCOS, "instances": 3, **FULL})
    assert finding.pointer == "/upgradeStrategy"
    assert "none may be added but one at a time" in finding.message


@pytest.mark.parametrize(
    "document,expected",
    [
        ({**ON_DCOS, **FIXED, "instances": 3}, ["/container/portMappings/0/hostPort"]),
        ({"container": {"docker": {"network": "USER", "portMappings": [{"hostPort": 80}]}}},
         ["/container/docker/portMappings/0/hostPort"]),
        # Three instances with a tenth more are three.
        ({**ON_DCOS, "instances": 3, "upgradeStrategy": {"maximumOverCapacity": 0.1}}, ["/upgradeStrategy"]),
        ({**ON_DCOS, "upgradeStrategy": {"maximumOverCapacity": 0.5, "minimumHealthCapacity": 0.6}},
         ["/upgradeStrategy"]),
        ({**ON_DCOS, **FULL, **FIXED}, ["/container/portMappings/0/hostPort", "/upgradeStrategy"]),
        ({**ON_DCOS, "containers": [{"endpoints": [{"hostPort": 80}]}], "scheduling": {"instances": 2}},
         ["/containers/0/endpoints/0/hostPort"]),
        ({**ON_DCOS, "containers": [], "scheduling": {"upgrade": {"maximumOverCapacity": 0}}},
         ["/scheduling/upgrade"]),
    ],
)  # fmt: skip
def test_what_can_wait(document: dict[str, Any], expected: list[str]) -> None:
    assert pointers(RULE, document) == expected


@pytest.mark.parametrize(
    "document",
    [
        {**ON_CALICO, **FIXED, **FULL},
        ON_DCOS,
        {**ON_DCOS, "upgradeStrategy": {"minimumHealthCapacity": 1, "maximumOverCapacity": 1}},
        {**ON_DCOS, **FIXED, "upgradeStrategy": {"minimumHealthCapacity": 0, "maximumOverCapacity": 0}},
        {**ON_DCOS, **FIXED, "instances": 4, "upgradeStrategy": {"minimumHealthCapacity": 0.5}},
        {**ON_DCOS, **FIXED, **FULL, "instances": 0},
        {**ON_DCOS, "container": {"type": "MESOS", "portMappings": [{"hostPort": 0}, {"containerPort": 80}]}},
        {**ON_DCOS, "container": {"volumes": [{"persistent": {}}], "portMappings": [{"hostPort": 80}]}, **FULL},
        {"run": {**ON_DCOS, **FULL}},
    ],
    ids=["does-not-move", "defaults", "room", "killed-first", "half", "no-instances", "random-port", "resident", "job"],
)  # fmt: skip
def test_what_goes_on(document: dict[str, Any]) -> None:
    assert found(RULE, document) == []


def test_an_app_with_an_external_volume_stops_half_of_its_instances_first() -> None:
    volumes: dict[str, Any] = {
        "volumes": [{"external": {"name": "data"}, "containerPath": "data", "mode": "RW"}]
    }
    app: dict[str, Any] = {**ON_DCOS, "container": {**FIXED["container"], **volumes}}
    assert pointers(RULE, {**app, "instances": 2}) == []
    assert pointers(RULE, {**app, "instances": 1}) == ["/container/portMappings/0/hostPort"]
    full: dict[str, Any] = {"upgradeStrategy": {"minimumHealthCapacity": 1}}
    assert pointers(RULE, {**app, "instances": 2, **full}) == ["/container/portMappings/0/hostPort"]
