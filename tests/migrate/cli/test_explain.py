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
    assert f"there is no rule, parameter or kind of files '{name}'" in result.errors
    assert hint in result.errors


def test_a_name_that_is_none() -> None:
    assert "`calico-migrate explain` lists them all" in run("explain", "qqqqqqqq").errors


def test_color() -> None:
    assert b"\x1b[" not in run("explain", "vip-label").out
    assert b"\x1b[" in run("explain", "vip-label", "--color", "always").out


@pytest.mark.parametrize("name", ["VXLAN_MTU", "calico_vxlan_mtu", "Calico_VXLAN_mtu"])
def test_a_part_in_any_case_is_enough(name: str) -> None:
    assert run("explain", name).text.startswith("calico_vxlan_mtu\n")


def test_a_part_of_several_lists_them() -> None:
    result = run("explain", "host-port")
    assert result.code == 0
    assert "docker-host-port" in result.text
    assert all("host-port" in line for line in result.text.splitlines() if line.startswith("  "))


@pytest.mark.parametrize(
    "kind",
    [
        "terraform",
        "template",
        "container-file",
        "makefile",
        "shell",
        "properties",
        "markdown",
        "source",
        "chronos",
    ],
)
def test_a_kind_of_files_has_its_page(kind: str) -> None:
    text = run("explain", kind).text
    assert text.startswith(f"{kind} (a kind of files")
    assert "\nExample:\n    " in text
    assert "by hand" in text or "built again" in text


def test_pages_are_filled_to_the_terminal() -> None:
    from calico_migrate.documentation.explaining import explain, wrapped

    text = explain("docker-host-port")
    narrow = wrapped(text, 60)
    assert all(len(line) <= 60 for line in narrow.splitlines() if not line.startswith(" "))
    assert narrow.split() == text.split()
    assert '\n    "container": {' in narrow
