"""`calico-migrate diagnose`: options, formats, exit codes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.migrate.diagnose.bundles import items
from tests.migrate.diagnose.bundles.cluster import Cluster
from tests.migrate.diagnose.bundles.items import items_of
from tests.migrate.diagnose.bundles.writing import write_bundle
from tests.support.command_line import run

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write_bundle(tmp_path_factory.mktemp("healthy") / "bundle.zip", Cluster()))


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> str:
    """No quorum: everything that needs etcd's lists is undecided."""
    cluster = Cluster()
    for master in cluster.masters:
        for item in (*items.LISTS, items.NODE_STATUS, items.ETCD):
            cluster.fail(master, item)
    return str(write_bundle(tmp_path_factory.mktemp("broken") / "bundle.zip", cluster))


def test_a_healthy_bundle(healthy: str) -> None:
    result = run("diagnose", healthy)
    first, second, *others = result.text.splitlines()
    assert result.code == 0
    assert first == (
        f"{healthy}: DC/OS 2.2.1, VXLAN, a bundle of the cluster with 3 masters, 4 agents and 1 public agent,"
        " made 2020-06-01T12:34:56Z"
    )
    assert second == f"{healthy}: Calico: ok on 8 nodes"
    assert "    calico      3     0     0     12" in others
    assert others[-1] == "1 file, 0 errors, 0 warnings, 4 infos"


def test_what_is_undecided_has_its_reason(broken: str) -> None:
    result = run("diagnose", broken)
    assert result.code == 1
    assert (
        f"{broken}: etcd-no-quorum: error: etcd has no quorum: 3 of 3 masters could not ask it" in result.text
    )
    assert re.search(r"^\d+ judgements undecided, because of etcd-no-quorum:$", result.text, re.MULTILINE)
    assert f"    {items.NODES} could not be collected" in result.text


def test_the_json_report(broken: str) -> None:
    report = run("diagnose", broken, "--format", "json").json
    (file,) = report["files"]
    assert report["version"] == 1
    assert report["summary"]["undecided"] == len(file["undecided"]) > 0
    assert (file["kind"], file["changed"], file["edits"], file["error"]) == (
        "diagnostics-bundle",
        False,
        [],
        None,
    )
    assert file["bundle"]["form"] == "cluster"
    assert set(file["bundle"]) == {"form", "release", "mode", "cluster_id", "collected_at", "nodes"}
    assert file["bundle"]["cluster_id"] == "8d3e1f5a-7b52-4c59-9b4a-2f6a0c3d5e77"
    assert {node["calico"] for node in file["bundle"]["nodes"]} == {"broken", "unknown"}
    for entry in file["undecided"]:
        assert set(entry) == {"rule", "node", "reason", "item"}
        assert entry["reason"] == "failed"
        assert "/" not in entry["item"].split("_")[0]
    (error,) = [finding for finding in file["findings"] if finding["severity"] == "error"]
    assert error["line"] is None
    assert error["nodes"] == ["10.0.1.1", "10.0.1.2", "10.0.1.3"]
    assert error["node"] is None
    assert error["evidence"][0] == {
        "file": f"10.0.1.1_master/{items.ETCD}",
        "line": None,
        "text": "could not be collected: exit status 1",
    }
    assert set(file["migration"]) == {"networks", "left", "addresses"}
    assert file["migration"]["networks"]["dcos"] == {"apps": 2, "pods": 0, "jobs": 0, "tasks": 4}
    assert file["migration"]["left"] == [
        {"id": "/old/one", "network": "dcos", "kind": "app"},
        {"id": "/old/two", "network": "dcos", "kind": "app"},
    ]
    assert file["migration"]["addresses"] == {"pools": [], "needed": 4, "enough": None}


def test_the_addresses_of_the_migration(healthy: str) -> None:
    (file,) = run("diagnose", healthy, "--format", "json").json["files"]
    assert file["migration"]["addresses"] == {
        "pools": [
            {
                "name": "default-ipv4-ippool",
                "cidr": "172.29.0.0/16",
                "blocks": 1024,
                "blocks_used": 8,
                "endpoints": 12,
            }
        ],
        "needed": 4,
        "enough": True,
    }


def test_strict_counts_what_is_undecided(tmp_path: Path, healthy: str) -> None:
    cluster = Cluster()
    cluster.remove(cluster.node(21), "dmesg_-T.output")
    path = str(write_bundle(tmp_path / "bundle.zip", cluster))
    assert run("diagnose", healthy, "--strict").code == 0
    assert run("diagnose", path).code == 0
    assert run("diagnose", path, "--strict").code == 1
    (file,) = run("diagnose", path, "--format", "json").json["files"]
    assert {(entry["node"], entry["reason"], entry["item"]) for entry in file["undecided"]} == {
        ("10.0.1.21", "absent", "dmesg_-T.output")
    }
    states = {node["address"]: node["calico"] for node in file["bundle"]["nodes"]}
    assert states["10.0.1.21"] == "unknown"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--fail-on", "never"), 0),
        (("--fail-on", "info"), 1),
        (("--ignore", "etcd-no-quorum"), 0),
        (("--ignore", "etcd-noquorum"), 2),
        (("--format", "jsonpatch"), 2),
        (("--html", "-"), 2),
        (("--jobs", "0"), 2),
    ],
)
def test_exit_codes(broken: str, arguments: tuple[str, ...], code: int) -> None:
    assert run("diagnose", broken, *arguments).code == code


def test_no_bundle_is_wrong_usage() -> None:
    assert run("diagnose").code == 2
    assert run("diagnose", "--collector", "bundle.zip").code == 2


def test_the_others_are_still_judged(tmp_path: Path, healthy: str) -> None:
    missing = str(tmp_path / "missing.zip")
    result = run("diagnose", missing, healthy, "--format", "json")
    assert result.code == 3
    first, second = result.json["files"]
    assert "no such file" in first["error"]["message"]
    assert first["findings"] == []
    assert first["bundle"]["form"] == "unknown"
    assert second["bundle"]["form"] == "cluster"


def test_quiet_says_errors_alone(broken: str, healthy: str) -> None:
    assert run("diagnose", healthy, "--quiet").text == ""
    (line,) = run("diagnose", broken, "--quiet").text.splitlines()
    assert "etcd-no-quorum" in line


@pytest.mark.parametrize("chosen", ["sarif", "github"])
def test_other_formats_name_the_bundle(broken: str, chosen: str) -> None:
    result = run("diagnose", broken, "--format", chosen)
    assert result.code == 1
    assert "etcd-no-quorum" in result.text
    if chosen == "sarif":
        uris = {
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            for result in json.loads(result.text)["runs"][0]["results"]
        }
        assert len(uris) == 1


def test_the_page_needs_nothing_from_elsewhere(tmp_path: Path, broken: str) -> None:
    page = tmp_path / "page.html"
    assert run("diagnose", broken, "--html", str(page)).code == 1
    text = page.read_text(encoding="utf-8")
    assert "<script" not in text
    assert not re.search(r"(?:src|href)=\"(?!#)", text)
    for heading in ("Nodes and checks", "Findings", "The last 24 hours", "Migration", "Undecided"):
        assert f"<h2>{heading}</h2>" in text


def test_the_page_cannot_be_written(broken: str, tmp_path: Path) -> None:
    assert run("diagnose", broken, "--fail-on", "never", "--html", str(tmp_path)).code == 5


def test_the_collector_is_a_clean_script(tmp_path: Path) -> None:
    script = run("diagnose", "--collector").text
    path = tmp_path / "collect.sh"
    path.write_text(script, encoding="utf-8")
    checker = Path(sys.executable).parent / "shellcheck"
    subprocess.run([checker, path], check=True)
    changing = (
        r"(?m)^\s*(?:run \S+ )?(?:rm -rf? (?!\"\$work)|systemctl (?:re)?start|ip \S+ (?:add|del)|sysctl -w)"
    )
    assert not re.search(changing, script)


def _collected(directory: Path, cluster: Cluster, last: int) -> dict[str, str]:
    node = cluster.node(last)
    texts = items_of(cluster, node)
    mark = f"version 1\naddress {node.address}\nrole {node.role}\n"
    return {**texts, "calico-migrate-collector.txt": mark, "docker_info.output": "Cluster Store: etcd\n"}


@pytest.mark.parametrize("last", [1, 21])
def test_what_the_collector_makes_is_read(tmp_path: Path, last: int) -> None:
    folder = tmp_path / "node"
    for name, text in _collected(folder, Cluster(), last).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with tarfile.open(tmp_path / "node.tar.gz", "w:gz") as archive:
        archive.add(folder, ".")
    for path in (folder, tmp_path / "node.tar.gz"):
        (file,) = run("diagnose", str(path), "--format", "json").json["files"]
        assert file["bundle"]["form"] == "collector"
        assert file["bundle"]["nodes"] == [
            {"address": f"10.0.1.{last}", "role": "master" if last == 1 else "agent", "calico": "ok"}
        ]
        assert file["undecided"] == []


def test_what_macs_and_windows_leave(tmp_path: Path) -> None:
    write_bundle(tmp_path / "bundle" / "8d3e1f5a", Cluster(), "directory")
    (tmp_path / "bundle" / "__MACOSX").mkdir()
    (tmp_path / "bundle" / "__MACOSX" / "._x").write_bytes(b"\0")
    (tmp_path / "bundle" / ".DS_Store").write_bytes(b"\0")
    (file,) = run("diagnose", str(tmp_path / "bundle"), "--format", "json").json["files"]
    assert file["bundle"]["form"] == "directory"
    assert len(file["bundle"]["nodes"]) == 8
    assert file["undecided"] == []


def _felix(cluster: Cluster, *lines: str) -> None:
    cluster.felix(cluster.node(22), *lines)


@pytest.mark.parametrize(
    "plant", [lambda cluster: _felix(cluster, "felix/x.go 1: \x1b[2J\u202e hostile \x00 text")]
)
def test_nothing_moves_the_cursor(tmp_path: Path, plant: Callable[[Cluster], None]) -> None:
    cluster = Cluster()
    plant(cluster)
    text = "felix/daemon.go 223: Failed to create datastore client error=\x1b[2J\u202eevil"
    cluster.felix(cluster.node(22), text, level="ERROR")
    path = str(write_bundle(tmp_path / "bundle.zip", cluster))
    for chosen in ("text", "json", "sarif", "github"):
        out = run("diagnose", path, "--format", chosen).text
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert "evil" in out or chosen in ("sarif", "github")


def test_a_pipe_is_told_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "bundle.zip"
    os.mkfifo(pipe)
    result = run("diagnose", str(pipe))
    assert result.code == 3
    assert f"{pipe}: error: is no file, and a zip is read from its end; save it" in result.text


def test_standard_input_is_told(tmp_path: Path) -> None:
    result = run("diagnose", "-")
    assert result.code == 2
    assert "save the bundle and name it instead of -" in result.errors


def test_a_pipe_in_a_directory_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "5050-master_flags.json")
    assert run("diagnose", str(tmp_path)).code == 3
