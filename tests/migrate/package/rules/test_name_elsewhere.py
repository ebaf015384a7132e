from __future__ import annotations

import pytest

from tests.migrate.package import making
from tests.migrate.package.making import NAME, config_text, group
from tests.migrate.package.telling import Teller, release

CONFIG = config_text(s=group(virtual_network_name=NAME, title=NAME))
NETWORKS = '"networks": [{"name": "{{s.virtual_network_name}}"}]'


@pytest.mark.parametrize(
    ("member", "place"),
    [
        ('"cmd": "./start --interface {{s.virtual_network_name}}"', "/cmd"),
        ('"env": {"PEERS": "http://{{s.virtual_network_name}}.example"}', "environment variable PEERS"),
    ],
)
def test_a_name_that_arrives_in_another_text(told: Teller, member: str, place: str) -> None:
    found = told(release(making.texts(CONFIG, f'{{"id": "x", {member}, {NETWORKS}}}'))).one("name-elsewhere")
    assert (found.severity, found.file) == ("warning", "config.json")
    assert found.pointer == "/properties/s/properties/virtual_network_name/default"
    assert found.here == '"dcos"'
    assert place in found.message
    assert "changes with it" in found.message
    assert "check that the changed text" in found.hint


def test_a_name_that_arrives_at_networks_alone(told: Teller) -> None:
    template = (
        f'{{"id": "x", "cmd": "./start {{{{s.title}}}}", {NETWORKS},'
        ' "env": {"VIRTUAL_NETWORK_NAME": "{{s.virtual_network_name}}"}}'
    )
    report = told(release(making.texts(CONFIG, template)))
    assert report.edit("network-option").new == "calico"
    assert "name-elsewhere" not in report.rules


def test_a_name_that_does_not_change(told: Teller) -> None:
    config = config_text(s=group(virtual_network_name=NAME | {"enum": ["dcos"]}))
    report = told(
        release(making.texts(config, f'{{"id": "x", "cmd": "{{{{s.virtual_network_name}}}}", {NETWORKS}}}'))
    )
    assert report.edits == []
    assert "name-elsewhere" not in report.rules
