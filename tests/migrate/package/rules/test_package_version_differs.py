from __future__ import annotations

import pytest

from tests.migrate.package import making
from tests.migrate.package.telling import Teller, release


def test_a_version_that_was_set_by_hand(told: Teller) -> None:
    template = making.STANDARD_TEMPLATE.replace('"1.0.0"', '"stub-universe"')
    report = told(release(making.texts(template=template)), "--release")
    found = report.one("package-version-differs")
    assert (found.severity, found.file) == ("warning", "marathon.json.mustache")
    assert found.pointer == "/env/PACKAGE_VERSION"
    assert found.here.startswith('stub-universe"')
    assert "PACKAGE_VERSION is 'stub-universe', but the version is '1.0.0'" in found.message
    assert "set it to the new version" in found.hint
    assert {edit.file for edit in report.edits if edit.rule == "release-field"} == {"package.json"}


@pytest.mark.parametrize("version", ["1.0.0", "{{package-version}}"])
def test_the_version_itself_and_a_build_tag(told: Teller, version: str) -> None:
    template = making.STANDARD_TEMPLATE.replace("1.0.0", version)
    report = told(release(making.texts(template=template)), "--release")
    assert "release-planned" in report.rules
    assert "package-version-differs" not in report.rules
