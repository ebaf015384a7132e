"""Which names count in a Chronos job, which no command rewrites."""

from __future__ import annotations

import pytest

from calico_migrate.survey.looking import look
from tests.migrate.survey.marked import SETTINGS, check

JOB = '{"name": "nightly", "schedule": "R/2020-01-01T00:00:00Z/P1D", "command": "run", %s}'

PLACES = [
    JOB % '"container": {"type": "MESOS", "networkInfos": [{"name": «"dcos"»}]}',
    JOB % '"container": {"type": "DOCKER", "parameters": [{"key": "net", "value": «"dcos"»}]}',
    JOB % '"container": {"type": "DOCKER", "parameters": [{"key": "network", "value": «"dcos"»}]}',
    JOB % '"container": {"networkName": «"dcos"»}',
    "[" + JOB % '"container": {"networkInfos": [{"name": «"dcos"»}, {"name": ‹"calico"›}]}' + "]",
    JOB % '"environmentVariables": [], "container": {"network": «"dcos"»}',
    '{"name": "after", "parents": ["nightly"], "command": "x", "container": {"networkInfos": [{"name": «"dcos"»}]}}',
    '{"schedule": "R", "name": "a", "container": {\n"networkInfos": [\n{"name":\n«"dcos"»}]}}',
]

LOOK_ALIKES = [
    JOB % '"owner": "dcos"',
    JOB % '"container": {"image": "dcos"}',
    JOB % '"container": {"parameters": [{"key": "user", "value": "dcos"}]}',
    JOB % '"container": {"networkInfos": [{"labels": {"vendor": "dcos"}}]}',
    JOB % '"environmentVariables": [{"name": "PLATFORM", "value": "dcos"}]',
    JOB % '"container": {"networkInfos": [{"name": "dcos6"}]}',
    JOB % '"container": {"volumes": [{"name": "dcos"}]}',
    JOB % '"constraints": [["dcos", "EQUALS", "dcos"]]',
]


@pytest.mark.parametrize("text", PLACES)
def test_places(text: str) -> None:
    check("job.json", text)


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_look_alikes(text: str) -> None:
    check("job.json", text)


def test_a_place_has_the_name_of_its_job() -> None:
    text = JOB % '"container": {"networkInfos": [{"name": "dcos"}]}'
    found = look("job.json", text, SETTINGS)
    assert found.kind == "chronos"
    assert [(spot.id, spot.pointer) for spot in found.spots if spot.id] == [
        ("nightly", "/container/networkInfos/0/name")
    ]
