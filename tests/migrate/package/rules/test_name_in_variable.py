from __future__ import annotations

from tests.migrate.package import making
from tests.migrate.package.making import app_template, config_text
from tests.migrate.package.telling import Teller, release

TEMPLATE = app_template("[]", '{"VIRTUAL_NETWORK_NAME": "dcos"}')


def test_a_name_that_no_option_feeds(told: Teller) -> None:
    report = told(release(making.texts(config_text(), TEMPLATE)))
    found = report.one("name-in-variable")
    assert (found.severity, found.file) == ("error", "marathon.json.mustache")
    assert found.pointer == "/env/VIRTUAL_NETWORK_NAME"
    assert found.here.startswith('dcos"}')
    assert "'dcos' is written into the environment variable VIRTUAL_NETWORK_NAME" in found.message
    assert "'calico'" in found.hint
    assert "better still into an option" in found.hint
    assert (report.edits, report.code) == ([], 1)


def test_a_name_from_an_option(told: Teller) -> None:
    report = told(release(making.texts()))
    assert report.edit("network-option").new == "calico"
    assert "name-in-variable" not in report.rules


def test_a_variable_of_something_else_and_another_network(told: Teller) -> None:
    template = app_template(
        '[{"name": "dcos"}]', '{"CLUSTER": "dcos", "VIRTUAL_NETWORK_NAME": "mesos-bridge"}'
    )
    report = told(release(making.texts(config_text(), template)))
    assert report.edit("network-literal").pointer == "/networks/0/name"
    assert "name-in-variable" not in report.rules
