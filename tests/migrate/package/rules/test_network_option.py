from __future__ import annotations

import pytest

from tests.migrate.package import making
from tests.migrate.package.making import NAME, app_template, config_text, group
from tests.migrate.package.telling import Teller, release


@pytest.mark.parametrize(
    ("option", "template"),
    [
        ("virtual_network_name", '{"id": "x"}'),
        ("cni_network_name", '{"id": "x"}'),
        ("overlay", app_template('[{"name": "{{s.overlay}}"}]')),
        ("overlay", app_template("[]", '{"VIRTUAL_NETWORK_NAME": "{{{s.overlay}}}"}')),
        ("overlay", '{"id": "x", "ipAddress": {"networkName": "{{s.overlay}}"}}'),
    ],
)
def test_a_default_that_names_a_network(told: Teller, option: str, template: str) -> None:
    config = config_text(s=group(**{option: NAME, "password": NAME, "network": {"default": "dcos6"}}))
    report = told(release(making.texts(config, template)))
    (edit,) = report.edits
    assert (edit.rule, edit.file, edit.old, edit.new) == ("network-option", "config.json", "dcos", "calico")
    assert edit.pointer == f"/properties/s/properties/{option}/default"
    assert edit.here == '"dcos"'


def test_the_flag_stays(told: Teller) -> None:
    edit = told(release(making.texts())).edit("network-option")
    assert edit.pointer == "/properties/service/properties/virtual_network_name/default"


@pytest.mark.parametrize(
    ("option", "default"),
    [("cluster_name", "dcos"), ("password", "dcos"), ("virtual_network_name", "dcos-2"), ("overlay", "Dcos")],
)
def test_other_defaults(told: Teller, option: str, default: str) -> None:
    config = config_text(s=group(**{option: NAME | {"default": default}}))
    template = app_template("[]", '{"CLUSTER": "{{s.' + option + '}}"}')
    report = told(release(making.texts(config, template)))
    assert (report.edits, report.errors) == ([], [])
