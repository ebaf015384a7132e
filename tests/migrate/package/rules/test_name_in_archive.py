from __future__ import annotations

import pytest

from tests.migrate.package import making
from tests.migrate.package.making import FLAG, config_text, group
from tests.migrate.package.telling import LITERAL, Teller, framework, release

CONFIG = config_text(service=group(virtual_network=FLAG))
TEMPLATE = """{"id": "x", "labels": {"DCOS_COMMONS_API_VERSION": "v1"}, "env": {"A": "b"
  {{#service.virtual_network}},
  "ENABLE_VIRTUAL_NETWORK": "yes"
  {{/service.virtual_network}}
}}
"""


@pytest.mark.parametrize("flag", ["service.virtual_network", "service.virtual_networks"])
def test_a_flag_without_an_option_for_the_name(told: Teller, flag: str) -> None:
    config = config_text(service=group(**{flag.rpartition(".")[2]: FLAG}))
    template = TEMPLATE.replace("service.virtual_network}", flag + "}")
    report = told(release(making.texts(config, template)))
    found = report.one("name-in-archive")
    assert (found.severity, found.file) == ("error", "marathon.json.mustache")
    assert found.here == '"ENABLE_VIRTUAL_NETWORK": "yes"'
    assert "demo 1.0.0 switches virtual networks on with ENABLE_VIRTUAL_NETWORK" in found.message
    assert "source tree" in found.hint
    assert "scheduler.zip" in found.hint
    assert "assets.uris in resource.json" in found.hint
    assert (report.edits, report.code) == ([], 1)


def test_an_option_for_the_name(told: Teller) -> None:
    report = told(release(making.texts()))
    assert report.edit("network-option").new == "calico"
    assert "name-in-archive" not in report.rules


def test_the_specification_is_at_hand(told: Teller) -> None:
    report = told(framework(making.texts(CONFIG, TEMPLATE), LITERAL))
    assert report.edit("service-network").file == "svc.yml"
    assert "name-in-archive" not in report.rules
