from __future__ import annotations

import pytest

from tests.migrate.package import making
from tests.migrate.package.telling import Teller, release


@pytest.mark.parametrize("least", ["999", "9999", "999.0"])
def test_a_release_that_no_cluster_can_install(told: Teller, least: str) -> None:
    package = making.PACKAGE | {"minDcosReleaseVersion": least}
    found = told(release(making.texts(package=package))).one("package-withdrawn")
    assert (found.severity, found.file) == ("warning", "package.json")
    assert found.here == f'"{least}",'
    assert f"demo 1.0.0 is withdrawn: its minDcosReleaseVersion is {least}" in found.message
    assert "build from another release" in found.hint


def test_no_new_release_is_built_from_it(told: Teller) -> None:
    package = making.PACKAGE | {"minDcosReleaseVersion": "9999"}
    report = told(release(making.texts(package=package)), "--release")
    found = report.one("package-withdrawn")
    assert "gets no new release" in found.message
    assert "--from" in found.hint
    assert report.edits == []


@pytest.mark.parametrize("least", ["1.9", "1.9.9", "2.99", "99"])
def test_a_release_for_a_cluster_that_may_exist(told: Teller, least: str) -> None:
    package = making.PACKAGE | {"minDcosReleaseVersion": least}
    report = told(release(making.texts(package=package)))
    assert report.edit("network-option").new == "calico"
    assert "package-withdrawn" not in report.rules
