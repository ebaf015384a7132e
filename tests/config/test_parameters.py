"""The table of parameters, against the installer's own table and the known names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from calico_config.document.reading import read_config
from calico_config.installer import RECORDED, verdict
from calico_config.installer.table import table
from calico_config.known_names import settable_names
from calico_config.parameters import (
    CALICO_NAMES,
    NEWEST,
    PARAMETERS,
    default_text,
    parameter,
    parse_release,
    release_name,
)

if TYPE_CHECKING:
    from calico_config.parameters import Parameter

MINIMAL = (
    "bootstrap_url: http://b\ncluster_name: c\nexhibitor_storage_backend: static\n"
    "master_discovery: static\nmaster_list: [10.0.0.1]\n"
)


def test_every_parameter_is_complete_and_known() -> None:
    assert len({entry.name for entry in PARAMETERS}) == len(PARAMETERS)
    for entry in PARAMETERS:
        assert entry.name in settable_names()
        assert entry.meaning.endswith(".")
        assert entry.source
        assert entry.node
        assert entry.accepts()
        assert parameter(entry.name) is entry


def test_the_seed_parameters_have_the_codes_defaults() -> None:
    assert {name: default_text(name) for name in CALICO_NAMES} == {
        "calico_enabled": "true",
        "calico_network_cidr": "172.29.0.0/16",
        "calico_vxlan_enabled": "true",
        "calico_ipinip_mtu": "1480",
        "calico_vxlan_mtu": "1450",
        "calico_vxlan_port": "64000",
        "calico_vxlan_vni": "4096",
        "calico_veth_mtu": "1500",
    }
    port = parameter("calico_vxlan_port")
    assert port is not None
    assert port.documented == "4789"


def test_a_release_knows_what_came_before_it() -> None:
    assert default_text("calico_enabled", (2, 1, 1)) is None
    assert default_text("calico_enabled", (2, 1, 2)) == "true"
    assert default_text("no_such_parameter") is None
    assert parameter("no_such_parameter") is None


@pytest.mark.parametrize(
    "entry", [one for one in PARAMETERS if one.default is not None], ids=lambda one: one.name
)
def test_every_default_passes_the_installer(entry: Parameter) -> None:
    text = json.dumps({entry.name: entry.default})[1:-1]
    known = table(NEWEST, RECORDED)
    assert known.defaults[entry.name] == entry.default
    assert verdict(read_config(MINIMAL + text + "\n")).status == "ok"


@pytest.mark.parametrize(
    ("text", "release", "name"),
    [
        ("", NEWEST, "2.2"),
        ("2.2", (2, 2, 99), "2.2"),
        ("2.1", (2, 1, 99), "2.1"),
        ("2.1.0", (2, 1, 0), "2.1.0"),
        ("v2.2.1", (2, 2, 1), "2.2.1"),
        ("2.2.0-dev", (2, 2, 0), "2.2.0"),
    ],
)
def test_a_release_is_read(text: str, release: tuple[int, int, int], name: str) -> None:
    assert parse_release(text) == release
    assert release_name(release) == name


@pytest.mark.parametrize("text", ["2", "2.x", "1.13", "2.0.5", "².1", "2.1.2.3", "99999.1", "a"])
def test_what_is_no_release_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_release(text)
