from __future__ import annotations

from tests.migrate.package import making
from tests.migrate.package.making import config_text
from tests.migrate.package.telling import Teller, release


def test_a_package_without_an_edit(told: Teller) -> None:
    report = told(release(making.texts(config_text(), '{"id": "x"}')), "--release")
    found = report.one("no-release-needed")
    assert (found.severity, found.file) == ("info", "package.json")
    assert found.message == "demo 3 needs no edit and gets no new release"
    assert report.edits == []


def test_a_package_with_an_edit(told: Teller) -> None:
    report = told(release(making.texts()), "--release")
    assert "release-planned" in report.rules
    assert "no-release-needed" not in report.rules


def test_without_release_it_is_not_told(told: Teller) -> None:
    assert told(release(making.texts(config_text(), '{"id": "x"}'))).rules == set()
