from __future__ import annotations

from typing import Any

import pytest

from tests.migrate.package import making
from tests.migrate.package.making import NAME, app_template, config_text, group
from tests.migrate.package.telling import Teller, release

TEMPLATE = app_template('[{"name": "{{s.virtual_network_name}}"}]')


@pytest.mark.parametrize(
    ("schema", "why"),
    [
        ({"enum": ["dcos", "mesos-bridge"]}, "its enum does not list the new name"),
        ({"pattern": "^d"}, "does not match its pattern ^d"),
        ({"maxLength": 5}, "longer than its maxLength 5"),
    ],
)
def test_a_schema_that_does_not_take_the_name(told: Teller, schema: dict[str, Any], why: str) -> None:
    config = config_text(s=group(virtual_network_name=NAME | schema))
    report = told(release(making.texts(config, TEMPLATE)))
    found = report.one("option-refuses-name")
    assert (found.severity, found.file) == ("error", "config.json")
    assert found.pointer == "/properties/s/properties/virtual_network_name/default"
    assert found.here == '"dcos",'
    assert "s.virtual_network_name stays 'dcos'" in found.message
    assert why in found.message
    assert "let its schema take 'calico'" in found.hint
    assert (report.edits, report.code) == ([], 1)


def test_a_name_that_is_too_short(told: Teller) -> None:
    config = config_text(s=group(virtual_network_name=NAME | {"minLength": 4}))
    report = told(release(making.texts(config, TEMPLATE)), "--map", "dcos=net")
    assert "shorter than its minLength 4" in report.one("option-refuses-name").message


@pytest.mark.parametrize(
    "schema",
    [{"enum": ["dcos", "calico"]}, {"pattern": "^[a-z]+$"}, {"maxLength": 6, "minLength": 4}],
)
def test_a_schema_that_takes_the_name(told: Teller, schema: dict[str, Any]) -> None:
    config = config_text(s=group(virtual_network_name=NAME | schema))
    report = told(release(making.texts(config, TEMPLATE)))
    assert report.edit("network-option").new == "calico"
    assert "option-refuses-name" not in report.rules
