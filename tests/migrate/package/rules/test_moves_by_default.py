from __future__ import annotations

from tests.migrate.package import making
from tests.migrate.package.making import FLAG, NAME, app_template, config_text, group
from tests.migrate.package.telling import Teller, release

ON = making.STANDARD.replace('"default": false', '"default": true')


def test_a_flag_that_is_on_by_default(told: Teller) -> None:
    report = told(release(making.texts(ON)))
    found = report.one("moves-by-default")
    assert (found.severity, found.file) == ("info", "config.json")
    assert found.here == '"dcos"'
    assert "a plain installation of demo 1.0.0 joins the network" in found.message
    assert "its flag service.virtual_network_enabled is on by default" in found.message
    assert {edit.rule for edit in report.edits} == {"network-option"}


def test_an_option_without_a_flag(told: Teller) -> None:
    config = config_text(s=group(virtual_network_name=NAME))
    template = app_template('[{"name": "{{s.virtual_network_name}}"}]')
    found = told(release(making.texts(config, template))).one("moves-by-default")
    assert "no flag switches it off" in found.message


def test_a_name_in_the_template(told: Teller) -> None:
    found = told(release(making.texts(config_text(), app_template('[{"name": "dcos"}]')))).one(
        "moves-by-default"
    )
    assert found.file == "marathon.json.mustache"
    assert found.here.startswith('dcos"')
    assert "by the name in the template" in found.message


def test_a_flag_that_is_off(told: Teller) -> None:
    report = told(release(making.texts()))
    assert report.edit("network-option").new == "calico"
    assert "moves-by-default" not in report.rules


def test_a_section_that_a_flag_switches_off(told: Teller) -> None:
    config = config_text(s=group(host=FLAG | {"default": True}, virtual_network_name=NAME))
    template = '{"id": "x"{{^s.host}}, "networks": [{"name": "{{s.virtual_network_name}}"}]{{/s.host}}}'
    report = told(release(making.texts(config, template)))
    assert report.edit("network-option").new == "calico"
    assert "moves-by-default" not in report.rules


def test_a_flag_against_networks_that_is_off(told: Teller) -> None:
    config = config_text(s=group(host=FLAG, on=FLAG | {"default": True}, virtual_network_name=NAME))
    inner = '{{^s.host}}, "networks": [{"name": "{{s.virtual_network_name}}"}]{{/s.host}}'
    found = told(release(making.texts(config, '{"id": "x"' + inner + "}"))).one("moves-by-default")
    assert found.message.endswith(": its flag s.host is off by default")
    nested = '{"id": "x"{{#s.on}}' + inner + "{{/s.on}}}"
    found = told(release(making.texts(config, nested))).one("moves-by-default")
    assert found.message.endswith(": its flag s.on is on by default and its flag s.host is off by default")
