"""Apps of packages."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from calico_core.findings import Severity
from tests.migrate.marathon.rules.asked import found

RULE = "package-scheduler"


def options(value: Any) -> str:
    return base64.b64encode(json.dumps(value).encode()).decode()


def test_says_where_the_definition_comes_from() -> None:
    text = (
        '{"id": "/kafka", "labels": {\n  "DCOS_PACKAGE_NAME": "kafka", "DCOS_SERVICE_NAME": "prod/kafka",'
        ' "DCOS_COMMONS_API_VERSION": "v1"}, "env": {"VIRTUAL_NETWORK_NAME": "dcos"}}'
    )
    (finding,) = found(RULE, text)
    assert finding.severity is Severity.INFO
    assert (finding.line, finding.column, finding.pointer) == (2, 24, "/labels/DCOS_PACKAGE_NAME")
    assert "the package kafka" in finding.message
    assert "`dcos kafka update start --name=prod/kafka --options=FILE`" in finding.hint


def test_names_the_environment_that_a_default_gave() -> None:
    app = {
        "labels": {"DCOS_COMMONS_API_VERSION": "v1"},
        "env": {"VIRTUAL_NETWORK_NAME": "dcos", "NETWORK_NAMES": "other", "ENABLE_VIRTUAL_NETWORK": "true"},
        "cmd": "run",
    }
    (finding,) = found(RULE, app)
    assert finding.pointer == "/labels/DCOS_COMMONS_API_VERSION"
    assert finding.message.endswith(
        "; its environment says VIRTUAL_NETWORK_NAME=dcos, a default of the package"
    )


@pytest.mark.parametrize(
    "labels",
    [
        {},
        {"team": "kafka"},
        {"DCOS_PACKAGE_NAME": 5},
        {"DCOS_PACKAGE_NAME": "kafka", "DCOS_PACKAGE_OPTIONS": options({"virtual_network_name": "dcos"})},
    ],
    ids=["none", "others", "no-text", "stored-options-name-it"],
)
def test_silent_elsewhere(labels: dict[str, Any]) -> None:
    assert found(RULE, {"id": "/a", "labels": labels}) == []


def test_options_that_name_another_network() -> None:
    labels = {"DCOS_PACKAGE_NAME": "kafka", "DCOS_PACKAGE_OPTIONS": options({"virtual_network_name": "x"})}
    assert len(found(RULE, {"id": "/a", "labels": labels})) == 1


def test_a_package_without_an_update_command_and_a_pool_of_edgelb() -> None:
    jenkins = {"id": "/j", "labels": {"DCOS_PACKAGE_NAME": "jenkins"}}
    (finding,) = found(RULE, {**jenkins, "env": {"NETWORK_NAME": "dcos"}})
    assert "no command" in finding.hint
    assert "update start" not in finding.hint
    pool = {"labels": {"DCOS_PACKAGE_NAME": "edgelb-pool"}, "env": {"PARSENETWORK_NAME0": "dcos"}}
    (finding,) = found(RULE, pool)
    assert "a default of the package" not in finding.message
    assert "dcos edgelb update" in finding.hint


def test_no_command_where_nothing_has_to_move() -> None:
    labels = {"DCOS_PACKAGE_NAME": "kafka", "DCOS_COMMONS_API_VERSION": "v1"}
    (finding,) = found(RULE, {"id": "/k", "labels": labels, "networks": [{"mode": "host"}]})
    assert "update start" not in finding.hint
    assert "nothing has to be done" in finding.hint
    (finding,) = found(RULE, {"id": "/k", "labels": labels, "networks": [{"name": "dcos"}]})
    assert "update start" in finding.hint
