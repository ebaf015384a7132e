from __future__ import annotations

import pytest

from tests.migrate.package import making
from tests.migrate.package.making import FLAG, NAME, config_text, group
from tests.migrate.package.telling import Teller, release

CONFIG = config_text(db=group(**{"network-name": NAME, "on": FLAG}))
USER = (
    '{"id": "x", "container": {"type": "DOCKER", "docker": {"network": "USER"}},'
    ' "ipAddress": {"networkName": "{{db.network-name}}"}}'
)
NETWORKS = (
    '{"id": "x", "container": {"type": "DOCKER"},'
    ' "networks": [{"mode": "container", "name": "{{db.network-name}}"}]}'
)
HOST = (
    '{"id": "x", "container": {"type": "DOCKER", "docker": {"network": "HOST"}},'
    ' "env": {"VIRTUAL_NETWORK_NAME": "{{db.network-name}}"}}'
)
BEHIND_A_FLAG = (
    '{"id": "x", "container": {"type": "DOCKER"}'
    '{{#db.on}}, "networks": [{"mode": "container", "name": "dcos"}]{{/db.on}}}'
)


@pytest.mark.parametrize("template", [USER, NETWORKS, BEHIND_A_FLAG])
def test_an_app_that_joins_through_docker(told: Teller, template: str) -> None:
    found = told(release(making.texts(CONFIG, template))).one("docker-network-needed")
    assert (found.severity, found.file) == ("warning", "marathon.json.mustache")
    assert "needs a Docker network named 'calico'" in found.message
    assert "docker network ls" in found.hint
    assert "network generate" in found.hint


def test_the_network_is_the_one_of_the_map(told: Teller) -> None:
    report = told(release(making.texts(CONFIG, USER)), "--map", "dcos=blue")
    assert "named 'blue'" in report.one("docker-network-needed").message


@pytest.mark.parametrize(
    "template",
    [
        NETWORKS.replace("DOCKER", "MESOS"),
        NETWORKS.replace('"container": {"type": "DOCKER"}', '"cmd": "x"'),
        HOST,
    ],
)
def test_an_app_that_does_not(told: Teller, template: str) -> None:
    report = told(release(making.texts(CONFIG, template)))
    assert report.edit("network-option").new == "calico"
    assert "docker-network-needed" not in report.rules


def test_an_app_that_does_not_move(told: Teller) -> None:
    report = told(release(making.texts(CONFIG.replace("dcos", "calico"), USER)))
    assert report.edits == []
    assert "docker-network-needed" not in report.rules
