from __future__ import annotations

from tests.migrate.package import making
from tests.migrate.package.making import app_template, config_text, group
from tests.migrate.package.telling import Teller, release

NAMELESS = {"type": "string"}
LISTED = {
    "type": "array",
    "items": {"type": "object", "properties": {"name": NAMELESS, "labels": NAMELESS}},
}


def test_a_list_of_networks_without_a_default(told: Teller) -> None:
    template = app_template(
        "[]", '{ {{#pool.networks}}"PARSENETWORK_NAME{{index}}": "{{name}}"{{/pool.networks}} }'
    )
    report = told(release(making.texts(config_text(pool=group(networks=LISTED)), template)))
    found = report.one("network-from-user-options")
    assert (found.severity, found.file) == ("info", "config.json")
    assert found.pointer == "/properties/pool/properties/networks"
    assert found.here.startswith("{")
    assert "pool.networks arrives in the environment variable PARSENETWORK_NAME" in found.message
    assert "stored options of each service" in found.hint
    assert report.edits == []


def test_a_name_that_has_no_default(told: Teller) -> None:
    config = config_text(service=group(virtual_network_name=NAMELESS))
    found = told(
        release(making.texts(config, app_template('[{"name": "{{service.virtual_network_name}}"}]')))
    )
    assert "service.virtual_network_name arrives in /networks/0/name" in (
        found.one("network-from-user-options").message
    )


def test_an_option_of_such_a_name_that_goes_elsewhere(told: Teller) -> None:
    config = config_text(marathon=group(**{"default-network-name": NAMELESS}))
    template = '{"id": "x", "cmd": "--default_network_name {{marathon.default-network-name}}"}'
    found = told(release(making.texts(config, template))).one("network-from-user-options")
    assert "marathon.default-network-name has the name of a network's name" in found.message


def test_an_option_with_a_default(told: Teller) -> None:
    report = told(release(making.texts()))
    assert report.edit("network-option").new == "calico"
    assert "network-from-user-options" not in report.rules


def test_an_option_without_a_default_that_is_none_of_a_network(told: Teller) -> None:
    config = config_text(service=group(title=NAMELESS))
    template = app_template('[{"name": "dcos"}]', '{"TITLE": "{{service.title}}"}')
    report = told(release(making.texts(config, template)))
    assert report.edit("network-literal").new == "calico"
    assert "network-from-user-options" not in report.rules
