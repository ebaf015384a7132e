from __future__ import annotations

from tests.migrate.package import making
from tests.migrate.package.making import FLAG, NAME, config_text, group
from tests.migrate.package.telling import Teller, framework, release, specification

SPECIFICATION = specification("      {{VIRTUAL_NETWORK_NAME}}:\n        labels: {{CNI_PLUGIN_LABELS}}\n")
CONFIG = config_text(
    service=group(
        virtual_network_enabled=FLAG,
        virtual_network_name=NAME,
        virtual_network_plugin_labels={"type": "string", "default": ""},
    )
)
TEMPLATE = """{"id": "x", "env": {
  {{#service.virtual_network_enabled}}
  "ENABLE_VIRTUAL_NETWORK": "yes",
  "VIRTUAL_NETWORK_NAME": "{{service.virtual_network_name}}",
  "VIRTUAL_NETWORK_PLUGIN_LABELS": "{{service.virtual_network_plugin_labels}}",
  {{/service.virtual_network_enabled}}
  "A": "b"
}}
"""


def test_labels_that_the_template_sends_under_another_name(told: Teller) -> None:
    report = told(framework(making.texts(CONFIG, TEMPLATE), SPECIFICATION))
    found = report.one("label-variable-from-nowhere")
    assert (found.severity, found.file) == ("warning", "marathon.json.mustache")
    assert "labels of a network from CNI_PLUGIN_LABELS, which this template never sets" in found.message
    assert "use one name for the variable in both files" in found.hint


def test_labels_that_arrive(told: Teller) -> None:
    template = TEMPLATE.replace("VIRTUAL_NETWORK_PLUGIN_LABELS", "CNI_PLUGIN_LABELS")
    report = told(framework(making.texts(CONFIG, template), SPECIFICATION))
    assert report.edit("network-option").new == "calico"
    assert "label-variable-from-nowhere" not in report.rules


def test_without_a_specification_nothing_is_known(told: Teller) -> None:
    assert "label-variable-from-nowhere" not in told(release(making.texts(CONFIG, TEMPLATE))).rules
