from __future__ import annotations

import json

import pytest

from tests.migrate.package import making
from tests.migrate.package.telling import Teller, release


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"version": "1.2.0+build_7"}, "'1.2.0+build_7-calico.1' has other characters than letters, digits"),
        ({"version": "{{package-version}}"}, "has other characters than letters, digits"),
        ({"version": ""}, "has no version"),
        ({"name": "Demo!"}, "its name 'Demo!' is none that the package schema takes"),
    ],
)
def test_a_package_json_that_allows_none(told: Teller, fields: dict[str, str], why: str) -> None:
    report = told(release(making.texts(package=making.PACKAGE | fields)), "--release")
    found = report.one("release-impossible")
    assert (found.severity, found.file) == ("error", "package.json")
    assert why in found.message
    assert "--suffix" in found.hint
    assert "--from" in found.hint
    assert (report.edits, report.code) == ([], 1)


def test_a_version_that_another_release_has(told: Teller) -> None:
    other = making.texts(package=making.PACKAGE | {"version": "1.0.0-calico.1"}, config="{}", template=None)
    files = release(making.texts()) | release(other, 2)
    assert "another release has the version '1.0.0-calico.1' already" in (
        told(files, "--release").one("release-impossible").message
    )


def test_a_directory_without_package_json(told: Teller) -> None:
    files = making.texts()
    del files["package.json"]
    report = told(release(files), "--release")
    found = report.one("release-impossible")
    assert found.file == "config.json"
    assert "from release 3: there is no package.json in its directory" in found.message
    assert (report.edits, report.code) == ([], 1)


def test_a_field_that_stands_twice(told: Teller) -> None:
    files = making.texts()
    files["package.json"] = json.dumps(making.PACKAGE)[:-1] + ', "version": "1.0.0"}'
    report = told(release(files), "--release")
    found = report.one("release-impossible")
    assert "from demo 3: its package.json has the key 'version' twice" in found.message
    assert "correct package.json" in found.hint
    assert report.edits == []


def test_a_sound_package_and_another_suffix(told: Teller) -> None:
    other = making.texts(package=making.PACKAGE | {"version": "1.0.0-calico.1"}, config="{}", template=None)
    report = told(release(making.texts()) | release(other, 2), "--release", "--suffix", "-calico.2")
    assert "version 1.0.0-calico.2" in report.one("release-planned").message
    assert "release-impossible" not in report.rules
