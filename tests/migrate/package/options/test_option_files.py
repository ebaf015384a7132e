"""Option files: recognised by their content, by names and by packages."""

from __future__ import annotations

import json

import pytest

from calico_core.spans import apply
from calico_migrate.network_map import NetworkMap
from calico_migrate.package.options import option_files
from calico_migrate.package.options.option_files import KnownOptions
from calico_migrate.package.options.written import JsonOptions

MAP = NetworkMap()
OWN = KnownOptions(
    "demo", frozenset({("service", "overlay"), ("service", "title")}), frozenset({("service", "overlay")})
)


@pytest.mark.parametrize(
    "value",
    [
        {"service": {"virtual_network_enabled": True, "virtual_network_name": "dcos"}},
        {"dsenode": {"virtual_network": "dcos"}},
        {"virtual-network": {"name": "dcos"}},
        {"neo4j-core": {"network-name": "dcos"}},
    ],
)
def test_by_name(value: object) -> None:
    found = option_files.network_options(value, MAP, [])
    text = json.dumps(value, indent=3)
    assert apply(text, option_files.plan(JsonOptions(text), found, MAP)) == text.replace('"dcos"', '"calico"')


@pytest.mark.parametrize(
    "value",
    [
        {"service": {"name": "dcos"}},
        {"service": {"virtual_network_name": "other"}},
        {"service": {"virtual_network_name": ["dcos"]}},
        {"id": "x", "service": {"virtual_network_name": "dcos"}},
        {"env": {"VIRTUAL_NETWORK_NAME": "dcos"}, "x": {"virtual_network_name": "dcos"}},
        {"properties": {"virtual_network_name": {"default": "dcos"}}},
        {"network_name": "dcos"},
        ["dcos"],
        "dcos",
    ],
)
def test_what_is_none(value: object) -> None:
    assert option_files.network_options(value, MAP, []) == []


def test_by_package() -> None:
    value = {"service": {"overlay": "dcos", "title": "dcos"}}
    assert option_files.network_options(value, MAP, []) == []
    assert option_files.network_options(value, MAP, [OWN]) == [(("service", "overlay"), "dcos")]


def test_a_file_with_other_options_is_of_another_package() -> None:
    value = {"service": {"overlay": "dcos", "foreign": 1}}
    assert option_files.network_options(value, MAP, [OWN]) == []
