from __future__ import annotations

from tests.migrate.package import making
from tests.migrate.package.making import config_text, group
from tests.migrate.package.telling import Teller, release


def test_a_template_that_is_no_json_under_any_setting(told: Teller) -> None:
    report = told(release(making.texts(config_text(), '{"id": "x",, }')))
    found = report.one("never-renders")
    assert (found.severity, found.file) == ("warning", "marathon.json.mustache")
    assert "with all flags off" in found.message
    assert "package --render" in found.hint
    assert "correct the template" in found.hint


def test_a_network_in_such_a_template(told: Teller) -> None:
    broken = making.STANDARD_TEMPLATE.replace('"id"', '{"id"')
    assert told(release(making.texts(template=broken))).one("never-renders").severity == "warning"


def test_a_template_that_needs_an_option(told: Teller) -> None:
    config = config_text(s=group(cpus={"type": "number"}))
    report = told(release(making.texts(config, '{"id": "x", "cpus": {{s.cpus}}}')))
    assert (report.rules, report.errors) == (set(), [])


def test_a_template_that_renders_with_a_flag_alone(told: Teller) -> None:
    config = config_text(s=group(on={"type": "boolean", "default": False}))
    report = told(release(making.texts(config, '{"id": {{#s.on}}"x"{{/s.on}} }')))
    assert (report.rules, report.errors) == (set(), [])
