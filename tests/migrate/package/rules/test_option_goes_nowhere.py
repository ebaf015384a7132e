from __future__ import annotations

from tests.migrate.package import making
from tests.migrate.package.making import NAME, app_template, config_text, group
from tests.migrate.package.telling import VARIABLE, Teller, framework, release, specification

CONFIG = config_text(n=group(cni_network_name=NAME))


def test_an_option_that_the_template_never_uses(told: Teller) -> None:
    report = told(release(making.texts(CONFIG, app_template('[{"name": "dcos"}]'))))
    found = report.one("option-goes-nowhere")
    assert (found.severity, found.file) == ("warning", "config.json")
    assert found.pointer == "/properties/n/properties/cni_network_name/default"
    assert found.here == '"dcos"'
    assert "n.cni_network_name is the name of a network by its own name only" in found.message
    assert "the template never uses it" in found.message
    assert "pass the option on in marathon.json.mustache" in found.hint
    assert {edit.rule for edit in report.edits} == {"network-option", "network-literal"}


def test_an_option_that_arrives_elsewhere(told: Teller) -> None:
    template = '{"id": "x", "cmd": "run {{n.cni_network_name}}"}'
    found = told(release(making.texts(CONFIG, template))).one("option-goes-nowhere")
    assert "it arrives in /cmd, which is none of a network" in found.message


def test_a_variable_that_the_specification_does_not_use(told: Teller) -> None:
    unused = specification("      {{OTHER_NETWORK}}:\n")
    found = told(framework(making.texts(), unused)).one("option-goes-nowhere")
    assert "VIRTUAL_NETWORK_NAME, which no service specification at hand uses" in found.message


def test_a_variable_that_the_specification_uses(told: Teller) -> None:
    report = told(framework(making.texts(), VARIABLE))
    assert report.edit("network-option").new == "calico"
    assert "option-goes-nowhere" not in report.rules


def test_an_option_that_arrives(told: Teller) -> None:
    report = told(release(making.texts(CONFIG, app_template('[{"name": "{{n.cni_network_name}}"}]'))))
    assert report.edit("network-option").new == "calico"
    assert "option-goes-nowhere" not in report.rules
