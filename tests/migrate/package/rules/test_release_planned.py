from __future__ import annotations

from tests.migrate.package import making
from tests.migrate.package.making import config_text
from tests.migrate.package.telling import Teller, release


def test_a_package_that_gets_a_release(told: Teller) -> None:
    found = told(release(making.texts()), "--release").one("release-planned")
    assert (found.severity, found.file) == ("info", "package.json")
    assert found.message == "demo 3 (1.0.0) gets release 4, version 1.0.0-calico.1"
    assert "dcos package repo add --index=0" in found.hint


def test_the_newest_release_gets_the_next_number(told: Teller) -> None:
    files = release(making.texts(), 100) | release(making.texts(package=making.PACKAGE | {"version": "2"}), 9)
    assert (
        told(files, "--release")
        .one("release-planned")
        .message.startswith("demo 100 (1.0.0) gets release 101")
    )


def test_a_number_that_is_taken_is_passed_over(told: Teller) -> None:
    files = release(making.texts(), 4) | release(making.texts(package=making.PACKAGE | {"version": "2"}), 5)
    report = told(files, "--release", "--from", "4")
    assert report.one("release-planned").message.startswith("demo 4 (1.0.0) gets release 6,")


def test_a_package_that_gets_none(told: Teller) -> None:
    report = told(release(making.texts(config_text(), '{"id": "x"}')), "--release")
    assert report.rules == {"no-release-needed"}
