from __future__ import annotations

from tests.migrate.package import making
from tests.migrate.package.making import FLAG, NAME, config_text, group
from tests.migrate.package.telling import Teller, release

TEMPLATE = """{"id": "x", "env": {"A": "b"
  {{#service.virtual_network}},
  "ENABLE_VIRTUAL_NETWORK": "yes",
  "VIRTUAL_NETWORK_NAME": "{{nodes.virtual_network}}"
  {{/service.virtual_network}}
}}
"""


def test_a_flag_that_is_not_declared(told: Teller) -> None:
    config = config_text(nodes=group(virtual_network=NAME))
    found = told(release(making.texts(config, TEMPLATE))).one("flag-from-nowhere")
    assert (found.severity, found.file) == ("warning", "marathon.json.mustache")
    assert (found.line, found.column) == (2, 3)
    assert found.here.startswith("{{#service.virtual_network}}")
    assert "service.virtual_network needs an option" in found.message
    assert "declare the flag in config.json" in found.hint


def test_a_flag_of_another_name_around_a_network(told: Teller) -> None:
    config = config_text(nodes=group(virtual_network=NAME))
    template = TEMPLATE.replace("service.virtual_network", "service.overlay")
    assert "service.overlay" in told(release(making.texts(config, template))).one("flag-from-nowhere").message


def test_a_flag_that_is_declared(told: Teller) -> None:
    config = config_text(nodes=group(virtual_network=NAME), service=group(virtual_network=FLAG))
    report = told(release(making.texts(config, TEMPLATE)))
    assert report.edit("network-option").new == "calico"
    assert "flag-from-nowhere" not in report.rules


def test_an_unknown_flag_that_leaves_the_network_on(told: Teller) -> None:
    config = config_text(nodes=group(virtual_network=NAME))
    report = told(release(making.texts(config, TEMPLATE.replace("{{#", "{{^"))))
    assert report.edit("network-option").new == "calico"
    assert "flag-from-nowhere" not in report.rules


def test_the_section_that_can_never_show_is_pointed_at(told: Teller) -> None:
    config = config_text(nodes=group(virtual_network=NAME))
    host = '"HOST": "yes" {{^service.virtual_network}}, "B": "c"{{/service.virtual_network}}'
    report = told(release(making.texts(config, TEMPLATE.replace('"A": "b"', host))))
    assert report.one("flag-from-nowhere").line == 2


def test_an_unknown_section_that_is_none_of_a_network(told: Teller) -> None:
    template = making.STANDARD_TEMPLATE.replace(
        '"PACKAGE_VERSION"', '{{#service.debug}}"DEBUG": "1",{{/service.debug}}\n    "PACKAGE_VERSION"'
    )
    report = told(release(making.texts(template=template)))
    assert report.edit("network-option").new == "calico"
    assert "flag-from-nowhere" not in report.rules
