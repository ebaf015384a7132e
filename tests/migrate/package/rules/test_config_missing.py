from __future__ import annotations

from tests.migrate.package import making
from tests.migrate.package.making import app_template, config_text
from tests.migrate.package.telling import Teller, release


def test_a_template_that_sets_up_no_network(told: Teller) -> None:
    report = told(release(making.texts(None, '{"id": "{{service.name}}"}')))
    found = report.one("config-missing")
    assert (found.severity, found.file) == ("warning", "marathon.json.mustache")
    assert (found.line, found.column) == (1, 1)
    assert "demo 1.0.0 has a template but no config.json" in found.message
    assert "put config.json beside the template" in found.hint
    assert report.code == 0


def test_it_is_an_error_where_the_template_sets_up_a_network(told: Teller) -> None:
    report = told(release(making.texts(None)))
    assert report.one("config-missing").severity == "error"
    assert report.code == 1


def test_literal_names_are_still_found(told: Teller) -> None:
    report = told(release(making.texts(None, app_template('[{"name": "dcos"}]'))))
    assert report.one("config-missing").severity == "error"
    assert report.edit("network-literal").new == "calico"


def test_an_empty_config_is_none_that_is_missing(told: Teller) -> None:
    report = told(release(making.texts(config_text(), app_template('[{"name": "dcos"}]'))))
    assert report.edit("network-literal").new == "calico"
    assert "config-missing" not in report.rules
