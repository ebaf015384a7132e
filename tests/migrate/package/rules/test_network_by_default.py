from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.command_line import run
from tests.support.places import places_of

if TYPE_CHECKING:
    from pathlib import Path

RULE = "network-by-default"


def checked(path: Path, *options: str) -> list[dict[str, Any]]:
    report = run("package", "--check", "--format", "json", *options, str(path)).json
    (file,) = report["files"]
    assert (file["kind"], file["edits"], file["error"]) == ("options", [], None)
    return [finding for finding in file["findings"] if finding["rule"] == RULE]


@pytest.mark.parametrize(
    "options,pointer,name",
    [
        ({"service": {"name": "queue", "virtual_network_enabled": True}},
         "/service/virtual_network_enabled", "service.virtual_network_name"),
        ({"service": {"virtual_networks": True}}, "/service/virtual_networks", "service.virtual_network_name"),
        ({"networking": {"virtual_network": True}}, "/networking/virtual_network", "networking.virtual_network_name"),
        ({"x": {"virtual-network": {"enabled": True}}}, "/x/virtual-network/enabled", "x.virtual-network.name"),
    ],
)  # fmt: skip
def test_a_switch_without_a_name(tmp_path: Path, options: Any, pointer: str, name: str) -> None:
    text = json.dumps(options, indent=1)
    (tmp_path / "options.json").write_text(text)
    for path in (tmp_path / "options.json", tmp_path):
        (finding,) = checked(path)
        assert (finding["line"], finding["column"]) in places_of(pointer, text)
        assert (finding["severity"], finding["pointer"]) == ("warning", pointer)
        assert f"no {name} says which" in finding["message"]
        assert f"add {name} with the value calico" in finding["hint"]


@pytest.mark.parametrize(
    "options",
    [
        {"service": {"virtual_network_enabled": True, "virtual_network_name": "dmz"}},
        {"service": {"virtual_network_enabled": False, "virtual_network_name": "calico"}},
    ],
)
def test_silent_where_the_network_is_named_or_off(tmp_path: Path, options: Any) -> None:
    (tmp_path / "options.json").write_text(json.dumps(options))
    assert checked(tmp_path / "options.json") == []


def test_silent_where_the_default_network_does_not_move(tmp_path: Path) -> None:
    (tmp_path / "options.json").write_text('{"service": {"virtual_network_enabled": true}}')
    assert checked(tmp_path, "--map", "backend=calico") == []


@pytest.mark.parametrize(
    "other",
    [
        {"service": {"virtual_network_enabled": False}},
        {"virtual_network_enabled": True},
        {"service": {"enabled": True}},
    ],
)
def test_what_is_no_options_file(tmp_path: Path, other: Any) -> None:
    (tmp_path / "other.json").write_text(json.dumps(other))
    assert run("package", "--check", str(tmp_path / "other.json")).code == 3
