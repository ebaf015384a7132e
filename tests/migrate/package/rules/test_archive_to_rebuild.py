from __future__ import annotations

from tests.migrate.package import making
from tests.migrate.package.telling import LITERAL, SPECIFICATION, VARIABLE, Teller, framework


def test_an_edited_specification_of_a_framework(told: Teller) -> None:
    found = told(framework(making.texts(), LITERAL)).one("archive-to-rebuild")
    assert (found.severity, found.file) == ("info", "svc.yml")
    assert "only inside a new scheduler archive" in found.message
    assert "build the archive from the edited tree" in found.hint
    assert "new address" in found.hint


def test_several_specifications_are_told_about_once(told: Teller) -> None:
    files = framework(making.texts(), LITERAL) | {"src/main/dist/other.yml": LITERAL}
    report = told(files)
    assert {edit.file for edit in report.edits} >= {"svc.yml", "other.yml"}
    assert report.one("archive-to-rebuild").severity == "info"


def test_a_specification_without_an_edit(told: Teller) -> None:
    report = told(framework(making.texts(), VARIABLE))
    assert {edit.file for edit in report.edits} == {"config.json"}
    assert "archive-to-rebuild" not in report.rules


def test_a_specification_without_a_package(told: Teller) -> None:
    report = told({SPECIFICATION: LITERAL})
    assert [edit.rule for edit in report.edits] == ["service-network"]
    assert "archive-to-rebuild" not in report.rules
