from __future__ import annotations

from tests.migrate.package import making
from tests.migrate.package.making import config_text
from tests.migrate.package.telling import Teller, release

COMMAND = {"command.json": '{"pip": ["https://example.com/cli.whl"]}'}


def test_a_package_with_command_json(told: Teller) -> None:
    report = told(release(making.texts() | COMMAND), "--release")
    found = report.one("release-with-command")
    assert (found.severity, found.file) == ("error", "package.json")
    assert "demo 3 has a command.json" in found.message
    assert "packaging version 4.0" in found.message
    assert "resource.json" in found.hint
    assert (report.edits, report.code) == ([], 1)


def test_a_package_that_needs_no_release(told: Teller) -> None:
    report = told(release(making.texts(config_text(), '{"id": "x"}') | COMMAND), "--release")
    assert (report.rules, report.code) == ({"no-release-needed"}, 0)


def test_a_package_without_it(told: Teller) -> None:
    report = told(release(making.texts()), "--release")
    assert "release-planned" in report.rules
    assert "release-with-command" not in report.rules


def test_edits_in_place_do_not_mind_it(told: Teller) -> None:
    report = told(release(making.texts() | COMMAND))
    assert report.edit("network-option").new == "calico"
    assert "release-with-command" not in report.rules
