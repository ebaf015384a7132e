from __future__ import annotations

import pytest

from tests.migrate.package import making
from tests.migrate.package.making import NAME, app_template, config_text, group
from tests.migrate.package.telling import Teller, release


@pytest.mark.parametrize(
    ("template", "place"),
    [
        (app_template('[{"name": "{{s.overlay}}"}]'), "/networks/0/name"),
        (app_template("[]", '{"VIRTUAL_NETWORK_NAME": "{{s.overlay}}"}'), "VIRTUAL_NETWORK_NAME"),
    ],
)
def test_an_option_whose_own_name_does_not_say_so(told: Teller, template: str, place: str) -> None:
    report = told(release(making.texts(config_text(s=group(overlay=NAME)), template)))
    found = report.one("option-by-flow-only")
    assert (found.severity, found.file) == ("warning", "config.json")
    assert found.pointer == "/properties/s/properties/overlay/default"
    assert found.here == '"dcos"'
    assert "s.overlay" in found.message
    assert place in found.message
    assert "virtual_network_name" in found.hint
    assert report.edit("network-option").new == "calico"


@pytest.mark.parametrize(
    "name", ["virtual_network_name", "virtual_network", "cni_network_name", "network-name", "network_name"]
)
def test_an_option_with_one_of_the_usual_names(told: Teller, name: str) -> None:
    config = config_text(s=group(**{name: NAME}))
    report = told(release(making.texts(config, app_template('[{"name": "{{s.' + name + '}}"}]'))))
    assert report.edit("network-option").new == "calico"
    assert "option-by-flow-only" not in report.rules


def test_an_option_named_by_its_group(told: Teller) -> None:
    config = config_text(**{"virtual-network": group(name=NAME)})
    report = told(release(making.texts(config, app_template('[{"name": "{{virtual-network.name}}"}]'))))
    assert report.edit("network-option").new == "calico"
    assert "option-by-flow-only" not in report.rules
