"""Files that are passed over and name a network that moves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.command_line import run

if TYPE_CHECKING:
    from pathlib import Path

RULE = "network-in-skipped-file"
APP = {"id": "/web", "cmd": "./run", "networks": [{"mode": "container", "name": "dcos"}]}
GOOD = {"id": "/good", "cmd": "./run", "networks": [{"mode": "host"}]}


def told(
    tmp_path: Path, text: Any, name: str = "other.json", command: str = "marathon"
) -> list[dict[str, Any]]:
    (tmp_path / "good.json").write_text(json.dumps(GOOD))
    (tmp_path / name).write_text(text if isinstance(text, str) else json.dumps(text, indent=1))
    report = run(command, "--check", "--format", "json", str(tmp_path)).json
    assert not any(file["edits"] for file in report["files"])
    return [
        finding
        for file in report["files"]
        for finding in file["findings"]
        if finding["rule"] == RULE and file["path"].endswith(name)
    ]


@pytest.mark.parametrize(
    "document,pointer",
    [
        ({"web": APP}, "/web/networks/0/name"),
        ({"deploy": {"marathon": {"id": "/a", "ipAddress": {"networkName": "dcos"}}}}, "/deploy/marathon/ipAddress/networkName"),
        ({"id": 7, "networks": [{"cidr": "9.0.0.0/8", "name": "dcos"}]}, "/networks/0/name"),
        ({"networks": ["host", "dcos"]}, "/networks/1"),
        ({"networks": "dcos"}, "/networks"),
        ({"x": [{"networkNames": ["dcos"]}]}, "/x/0/networkNames/0"),
        ({"virtualNetworks": [{"name": "dcos", "addressSpace": {}}]}, "/virtualNetworks/0/name"),
        ({"pods": {"node": {"networks": {"dcos": {}}}}}, "/pods/node/networks/dcos"),
        ({"services": {"web": {"networks": ["dcos"]}}, "networks": {"dcos": {"external": True}}}, "/networks/dcos"),
        ({"name": "nightly", "schedule": "R/P1D", "container": {"networkInfos": [{"name": "dcos"}]}},
         "/container/networkInfos/0/name"),
        ([{"name": "nightly", "parents": [], "container": {"networkInfos": [{"name": "dcos"}]}}],
         "/0/container/networkInfos/0/name"),
    ],
)  # fmt: skip
def test_names_the_place(tmp_path: Path, document: Any, pointer: str) -> None:
    (finding,) = told(tmp_path, document)
    assert (finding["severity"], finding["pointer"]) == ("warning", pointer)
    line = json.dumps(document, indent=1).splitlines()[finding["line"] - 1]
    assert "dcos" in line
    if "schedule" in json.dumps(document) or "parents" in json.dumps(document):
        assert "Chronos" in finding["message"]


@pytest.mark.parametrize(
    "document",
    [
        {"services": {"web": {"networks": ["dcos"]}}, "networks": {"dcos": {"driver": "overlay"}}},
        {"web": {"networks": [{"name": "calico"}, {"name": "dcos-1"}]}},
        {"name": "dcos", "label": {"network": "dcos"}},
        {"networks": [{"id": "dcos"}], "dcos": {"name": "dcos"}},
        {"networks": {"other": {"name": "dcos"}}},
        [],
        "dcos",
    ],
)
def test_silent_where_no_network_is_named(tmp_path: Path, document: Any) -> None:
    assert told(tmp_path, document) == []


def test_an_entry_that_is_passed_over_in_a_list_of_definitions(tmp_path: Path) -> None:
    odd = {"id": 7, "cmd": "./run", "networks": [{"name": "dcos"}]}
    (finding,) = told(tmp_path, {"apps": [GOOD, odd, GOOD]})
    assert finding["pointer"] == "/apps/1/networks/0/name"
    assert "this entry" in finding["message"]
    assert finding["id"] is None


def test_in_yaml(tmp_path: Path) -> None:
    text = "# apps by name\nweb:\n  id: /web\n  cmd: ./run\n  networks:\n    - name: dcos\n"
    (finding,) = told(tmp_path, text, "apps.yaml")
    assert (finding["pointer"], finding["line"]) == ("/web/networks/0/name", 6)
    compose = "services:\n  web:\n    networks: [dcos]\nnetworks:\n  dcos: {}\n"
    assert told(tmp_path, compose, "compose.yml") == []


def test_the_package_command_says_who_moves_it(tmp_path: Path) -> None:
    (finding,) = told(tmp_path, APP, command="package")
    assert "`calico-migrate marathon` moves it" in finding["hint"]


def test_a_file_that_was_named_is_an_error_with_the_place(tmp_path: Path) -> None:
    path = tmp_path / "apps.json"
    path.write_text(json.dumps({"web": APP}, indent=1))
    for command in ("marathon", "package"):
        result = run(command, "--check", str(path))
        assert result.code == 3
        assert "line 8 names the network dcos" in result.text + result.errors
    assert RULE in run("marathon", "--check", "--skip-unknown", str(path)).text
