from __future__ import annotations

from tests.migrate.package import making
from tests.migrate.package.making import FLAG, app_template, config_text, group
from tests.migrate.package.telling import Teller, release

CONFIG = config_text(service=group(virtual_networks=FLAG))
TEMPLATE = """{"id": "x", "env": {"A": "b"
  {{#service.virtual_networks}},
  "ENABLE_VIRTUAL_NETWORK": "yes",
  "VIRTUAL_NETWORK_NAME": "{{node.virtual_network}}"
  {{/service.virtual_networks}}
}}
"""


def test_a_variable_that_is_always_empty(told: Teller) -> None:
    report = told(release(making.texts(CONFIG, TEMPLATE)))
    found = report.one("option-from-nowhere")
    assert (found.severity, found.file) == ("warning", "marathon.json.mustache")
    assert found.here == '{{node.virtual_network}}"'
    assert "takes it from node.virtual_network" in found.message
    assert "config.json does not declare" in found.message
    assert "declare the option in config.json" in found.hint
    assert report.edits == []


def test_a_network_that_is_always_empty(told: Teller) -> None:
    template = app_template('[{"name": "{{node.net}}"}]')
    found = told(release(making.texts(CONFIG, template))).one("option-from-nowhere")
    assert "/networks/0/name is the name of a network and takes it from node.net" in found.message


def test_an_option_that_is_declared(told: Teller) -> None:
    config = config_text(
        service=group(virtual_networks=FLAG), node=group(virtual_network=making.NAME | {"default": ""})
    )
    report = told(release(making.texts(config, TEMPLATE)))
    assert (report.edits, report.errors) == ([], [])
    assert "option-from-nowhere" not in report.rules


def test_another_value_from_nowhere(told: Teller) -> None:
    template = app_template('[{"name": "dcos"}]', '{"TITLE": "{{node.title}}"}')
    report = told(release(making.texts(CONFIG, template)))
    assert report.edit("network-literal").new == "calico"
    assert "option-from-nowhere" not in report.rules
