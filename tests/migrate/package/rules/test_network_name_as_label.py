from __future__ import annotations

import pytest

from tests.migrate.package import making
from tests.migrate.package.making import NAME, app_template, config_text, group
from tests.migrate.package.telling import Teller, release

CONFIG = config_text(
    s=group(virtual_network_name=NAME, virtual_network_plugin_labels={"type": "string", "default": ""})
)
VALUE = "{{s.virtual_network_name}}"


@pytest.mark.parametrize(
    ("template", "place"),
    [
        (
            app_template(f'[{{"name": "{VALUE}", "labels": {{"network_name": "{VALUE}"}}}}]'),
            "/networks/0/labels/network_name",
        ),
        (
            app_template(f'[{{"name": "{VALUE}"}}]', f'{{"VIRTUAL_NETWORK_LABELS": "{VALUE}"}}'),
            "the environment variable VIRTUAL_NETWORK_LABELS",
        ),
        (
            app_template(f'[{{"name": "{VALUE}"}}]').replace('"id"', f'"labels": {{"net": "{VALUE}"}}, "id"'),
            "/labels/net",
        ),
    ],
)
def test_the_value_is_a_label_too(told: Teller, template: str, place: str) -> None:
    report = told(release(making.texts(CONFIG, template)))
    found = report.one("network-name-as-label")
    assert (found.severity, found.file) == ("warning", "config.json")
    assert found.pointer == "/properties/s/properties/virtual_network_name/default"
    assert found.here == '"dcos"'
    assert f"also a label of the network, in {place}" in found.message
    assert "change what selects by the label" in found.hint
    assert report.edit("network-option").new == "calico"


def test_labels_have_an_option_of_their_own(told: Teller) -> None:
    template = app_template(
        f'[{{"name": "{VALUE}"}}]', '{"VIRTUAL_NETWORK_LABELS": "{{s.virtual_network_plugin_labels}}"}'
    )
    report = told(release(making.texts(CONFIG, template)))
    assert report.edit("network-option").new == "calico"
    assert "network-name-as-label" not in report.rules
