from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.migrate.package import making
from tests.migrate.package.telling import VARIABLE, Teller, framework, release

if TYPE_CHECKING:
    from pathlib import Path

TAGGED = making.texts(package=making.PACKAGE | {"version": "{{package-version}}"})


@pytest.fixture
def asked(tmp_path: Path) -> list[str]:
    """The options that ask for something to publish."""
    return ["--release", "-o", str(tmp_path / "new"), "--repository", str(tmp_path / "repository.json")]


def test_a_source_package_is_no_part_of_a_repository_file(
    told: Teller, asked: list[str], tmp_path: Path
) -> None:
    found = told(framework(TAGGED, VARIABLE), *asked).one("build-tags")
    assert (found.severity, found.file) == ("warning", "config.json")
    assert "not part of the repository file" in found.message
    assert "build the framework" in found.hint
    assert "demo" not in (tmp_path / "repository.json").read_text()
    edited = (tmp_path / "new" / "universe" / "config.json").read_text()
    assert '"default": "calico"' in edited


def test_a_release_is_part_of_it(told: Teller, asked: list[str], tmp_path: Path) -> None:
    assert "build-tags" not in told(release(making.texts()), *asked).rules
    assert '"name": "demo"' in (tmp_path / "repository.json").read_text()


def test_without_a_repository_file_there_is_nothing_to_be_left_out_of(told: Teller) -> None:
    report = told(framework(TAGGED, VARIABLE), "--release")
    assert report.edit("network-option").file == "config.json"
    assert "build-tags" not in report.rules
