from __future__ import annotations

import pytest

from tests.migrate.package import making
from tests.migrate.package.making import FLAG, app_template, config_text, group
from tests.migrate.package.telling import LITERAL, Teller, framework, release


def test_an_edited_package(told: Teller) -> None:
    found = told(release(making.texts())).one("version-update-enterprise")
    assert (found.severity, found.file) == ("info", "config.json")
    assert "open DC/OS refuses to update a running service to another version" in found.message
    assert "update the options of the running service" in found.hint
    assert "install it anew" in found.hint


def test_an_edited_specification(told: Teller) -> None:
    config = config_text(service=group(virtual_network=FLAG))
    template = (
        '{"id": "x", "env": {"A": "b"{{#service.virtual_network}}, "B": "c"{{/service.virtual_network}}}}'
    )
    report = told(framework(making.texts(config, template), LITERAL))
    assert [edit.file for edit in report.edits] == ["svc.yml"]
    assert "version-update-enterprise" in report.rules


@pytest.mark.parametrize(
    ("config", "template"),
    [
        (making.STANDARD.replace('"dcos"', '"calico"'), making.STANDARD_TEMPLATE),
        (config_text(), app_template('[{"mode": "host"}]')),
    ],
)
def test_a_package_that_stays_as_it_is(told: Teller, config: str, template: str) -> None:
    report = told(release(making.texts(config, template)))
    assert (report.edits, report.errors) == ([], [])
    assert "version-update-enterprise" not in report.rules
