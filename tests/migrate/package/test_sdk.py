"""Which SDK a package is built on."""

from __future__ import annotations

import pytest

from calico_migrate.package import sdk
from tests.migrate.package import making


@pytest.mark.parametrize(
    ("uri", "version"),
    [
        ("https://example.com/dcos-commons/artifacts/0.57.3/bootstrap.zip", "0.57.3"),
        ("https://example.com/px/dcos-commons/artifacts/0.40.5-1.3.2/bootstrap.zip", "0.40.5"),
        ("https://example.com/sdk/artifacts/0.55.2/executor.zip", "0.55.2"),
        ("https://example.com/sdk/0.42.1/x.zip", "0.42.1"),
        ("https://example.com/dcosdev-sdk/assets/0.42.1/x.zip", "0.42.1"),
        ("https://example.com/kafka/2.1.0/x.zip", "None"),
    ],
)
def test_versions_in_addresses(uri: str, version: str) -> None:
    assert str(sdk.version_in_resources({"assets": {"uris": {"a": uri}}})) == version


def test_the_highest_of_several_counts() -> None:
    uris = [f"https://example.com/dcos-commons/artifacts/{v}/x.zip" for v in ("0.14.0", "0.19.1", "0.9.0")]
    assert str(sdk.version_in_resources({"a": uris})) == "0.19.1"


@pytest.mark.parametrize(
    ("version", "refuses"), [((0, 19, 2), True), ((0, 19, 3), False), ((0, 9, 9), True), ((1, 0, 0), False)]
)
def test_which_versions_refuse(version: tuple[int, int, int], refuses: bool) -> None:
    assert sdk.SdkVersion(*version).refuses_update is refuses


def test_tags_and_gradle() -> None:
    assert str(sdk.version_in_tags({"tags": ["0.55.4", "x"]})) == "0.55.4"
    assert sdk.version_in_tags({"tags": ["x", "0.55.4"]}) is None
    assert sdk.version_in_tags({"tags": []}) is None
    assert str(sdk.version_in_gradle('ext { dcosSDKVer = "0.42.0" }')) == "0.42.0"
    assert sdk.version_in_gradle("plugins {}") is None


def test_the_update_command_needs_a_command_line_and_a_scheduler() -> None:
    assert sdk.has_update_command(making.RESOURCE, making.STANDARD_TEMPLATE)
    assert not sdk.has_update_command({}, making.STANDARD_TEMPLATE)
    assert not sdk.has_update_command(making.RESOURCE, '{"id": "x"}')
