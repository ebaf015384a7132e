"""`calico-migrate explain`."""

from __future__ import annotations

import pytest

from calico_migrate.rule_index import all_rules
from tests.support.command_line import run


def test_a_rule() -> None:
    result = run("explain", "docker-host-port")
    assert result.code == 0
    lines = result.text.splitlines()
    assert lines[0] == "docker-host-port (error): A host port of a Docker container does not work on Calico"
    assert "Example:" in lines
    assert '      "type": "DOCKER",' in lines
    assert lines[-1].startswith("Source: mesosphere/libnetwork-plugin")


def test_a_parameter() -> None:
    result = run("explain", "calico_vxlan_mtu")
    assert result.code == 0
    assert result.text.startswith("calico_vxlan_mtu\n")
    assert "Accepted: " in result.text
    assert "Source: " in result.text


def test_all_of_them() -> None:
    lines = run("explain").text.splitlines()
    assert lines[0] == "Rules:"
    shown = [line.split()[0] for line in lines[1 : lines.index("Parameters:")] if line]
    assert shown == list(all_rules())


@pytest.mark.parametrize("name", sorted(all_rules()))
def test_every_rule_has_a_page(name: str) -> None:
    result = run("explain", name)
    assert result.code == 0
    assert result.text.startswith(f"{name} (")


@pytest.mark.parametrize(
    "name,hint", [("docker-hostport", "docker-host-port"), ("calico_vxlan_mtv", "calico_vxlan_mtu")]
)
def test_a_name_that_is_nearly_one(name: str, hint: str) -> None:
    result = run("explain", name)
    assert (result.code, result.out) == (2, b"")
    assert f"there is no rule or parameter '{name}'" in result.errors
    assert hint in result.errors


def test_a_name_that_is_none() -> None:
    assert "`calico-migrate explain` lists them all" in run("explain", "qqqqqqqq").errors


def test_color() -> None:
    assert b"\x1b[" not in run("explain", "vip-label").out
    assert b"\x1b[" in run("explain", "vip-label", "--color", "always").out
