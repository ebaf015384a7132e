from __future__ import annotations

from tests.migrate.package import making
from tests.migrate.package.telling import Teller, release


def fields(
    told: Teller, package: dict[str, object], *options: str
) -> dict[str | None, tuple[object, object]]:
    report = told(release(making.texts(package=package)), "--release", *options)
    return {edit.pointer: (edit.old, edit.new) for edit in report.edits if edit.rule == "release-field"}


def test_the_fields_of_a_new_release(told: Teller) -> None:
    package = making.PACKAGE | {"packagingVersion": "3.0", "upgradesFrom": ["0.9"]}
    assert fields(told, package) == {
        "/packagingVersion": ("3.0", "4.0"),
        "/version": ("1.0.0", "1.0.0-calico.1"),
        "/upgradesFrom": (["0.9"], ["1.0.0"]),
        "/downgradesTo": (None, ["1.0.0"]),
        "/minDcosReleaseVersion": ("1.11", "2.1"),
        "/env/PACKAGE_VERSION": ("1.0.0", "1.0.0-calico.1"),
    }


def test_fields_that_are_right_stay(told: Teller) -> None:
    package = making.PACKAGE | {
        "packagingVersion": "5.0",
        "minDcosReleaseVersion": "2.2",
        "upgradesFrom": ["1.0.0"],
        "downgradesTo": ["1.0.0"],
    }
    assert fields(told, package, "--suffix", "-x") == {
        "/version": ("1.0.0", "1.0.0-x"),
        "/env/PACKAGE_VERSION": ("1.0.0", "1.0.0-x"),
    }


def test_where_they_stand(told: Teller) -> None:
    report = told(release(making.texts()), "--release")
    places = {edit.pointer: (edit.file, edit.here) for edit in report.edits}
    assert places["/version"] == ("package.json", '"1.0.0",')
    assert places["/env/PACKAGE_VERSION"] == ("marathon.json.mustache", '1.0.0",')


def test_without_release_they_stay(told: Teller) -> None:
    assert [edit.rule for edit in told(release(making.texts())).edits] == ["network-option"]
