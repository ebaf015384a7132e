from __future__ import annotations

from typing import Any

import pytest

from tests.migrate.package import making
from tests.migrate.package.telling import VARIABLE, Teller, framework, release


def resource(version: str) -> dict[str, Any]:
    address = f"https://downloads.example.com/dcos-commons/artifacts/{version}/bootstrap.zip"
    return making.RESOURCE | {"assets": {"uris": {"bootstrap-zip": address}}}


@pytest.mark.parametrize("version", ["0.10.0", "0.19.1", "0.19.2", "0.19.2-beta"])
def test_an_sdk_that_is_too_old(told: Teller, version: str) -> None:
    report = told(release(making.texts(resource=resource(version))))
    found = report.one("sdk-refuses-update")
    assert (found.severity, found.file) == ("error", "config.json")
    assert f"demo 1.0.0 is built on SDK {version.partition('-')[0]}" in found.message
    assert "0.19.3 or newer" in found.hint
    assert "install the service anew" in found.hint
    assert report.edit("network-option").new == "calico"
    assert report.code == 1


@pytest.mark.parametrize("version", ["0.19.3", "0.20.0", "0.57.3", "1.0.0"])
def test_an_sdk_that_moves(told: Teller, version: str) -> None:
    report = told(release(making.texts(resource=resource(version))))
    assert report.edit("network-option").new == "calico"
    assert "sdk-refuses-update" not in report.rules


def test_the_version_in_the_first_tag(told: Teller) -> None:
    package = making.PACKAGE | {"tags": ["0.12.0", "demo"]}
    assert "SDK 0.12.0" in (
        told(release(making.texts(package=package, resource={}))).one("sdk-refuses-update").message
    )


def test_the_version_of_the_source_tree_comes_first(told: Teller) -> None:
    files = framework(making.texts(), VARIABLE) | {"build.gradle": 'ext { dcosSDKVer = "0.18.4" }\n'}
    assert "SDK 0.18.4" in told(files).one("sdk-refuses-update").message


def test_a_package_that_is_none_of_the_sdk(told: Teller) -> None:
    template = making.STANDARD_TEMPLATE.replace("DCOS_COMMONS_API_VERSION", "OTHER")
    report = told(release(making.texts(template=template, resource=resource("0.10.0"))))
    assert report.edit("network-option").new == "calico"
    assert "sdk-refuses-update" not in report.rules


def test_a_package_that_does_not_move(told: Teller) -> None:
    config = making.STANDARD.replace('"dcos"', '"calico"')
    report = told(release(making.texts(config, resource=resource("0.10.0"))))
    assert (report.edits, report.code) == ([], 0)
    assert "sdk-refuses-update" not in report.rules
