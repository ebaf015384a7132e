from __future__ import annotations

import pytest

from tests.migrate.package import making
from tests.migrate.package.making import FLAG, app_template, config_text, group
from tests.migrate.package.telling import Teller, release

CONFIG = config_text(on=group(cni=FLAG))


@pytest.mark.parametrize(
    ("template", "pointer"),
    [
        (app_template('[{"mode": "container", "name": "dcos"}]'), "/networks/0/name"),
        ('{"id": "x"{{#on.cni}}, "networks": [{"name": "dcos"}]{{/on.cni}}}', "/networks/0/name"),
        ('{"id": "x", "ipAddress": {"networkName": "dcos"}}', "/ipAddress/networkName"),
    ],
)
def test_a_name_in_the_apps_own_networks(told: Teller, template: str, pointer: str) -> None:
    report = told(release(making.texts(CONFIG, template)))
    edit = report.edit("network-literal")
    assert (edit.file, edit.pointer, edit.old, edit.new) == (
        "marathon.json.mustache",
        pointer,
        "dcos",
        "calico",
    )
    assert edit.here.startswith('dcos"')
    assert len(report.edits) == 1


@pytest.mark.parametrize(
    "template",
    [
        app_template('[{"name": "dcos6"}, {"name": "mesos-bridge"}]'),
        '{"id": "dcos", "networks": [], "labels": {"name": "dcos"}, "env": {"A": "dcos"}, "cmd": "dcos"}',
        app_template('[{"mode": "container/bridge", "labels": {"name": "dcos"}}]'),
    ],
)
def test_other_texts(told: Teller, template: str) -> None:
    report = told(release(making.texts(CONFIG, template)))
    assert (report.edits, report.errors) == ([], [])
