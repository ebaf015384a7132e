"""Names of files that are no UTF-8 or hold what drives a terminal, in every format."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

import pytest

from tests.support.command_line import run

if TYPE_CHECKING:
    from pathlib import Path

APP = '{"id": "/a", "cmd": "sleep 1", "networks": [{"mode": "container", "name": "dcos"}]}\n'
NAME = b"caf\xe9\x1b[31m.json"


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "tree"
    folder.mkdir()
    try:
        with open(os.path.join(os.fsencode(folder), NAME), "w") as file:
            file.write(APP)
    except OSError:
        pytest.skip("this file system takes no name that is not UTF-8")
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.mark.parametrize("form", ["text", "json", "jsonpatch", "sarif", "github", "junit", "codeclimate"])
@pytest.mark.parametrize("command", [["marathon", "--check"], ["survey"], ["package", "--check"]])
def test_reports(form: str, command: list[str], tree: Path) -> None:
    result = run(*command, "--format", form, "tree")
    if command == ["survey"] and form == "jsonpatch":
        assert result.code == 2
        return
    assert result.code in (0, 1, 3)
    text = result.out.decode("utf-8") + result.error.decode("utf-8")
    assert "\x1b" not in text
    if form in ("json", "jsonpatch", "sarif", "codeclimate"):
        json.loads(result.text)


def test_the_place_in_sarif_is_the_file(tree: Path) -> None:
    found = json.loads(run("marathon", "--check", "--format", "sarif", "tree").text)
    (result,) = found["runs"][0]["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote_to_bytes(uri) == b"tree/" + NAME


def test_it_is_rewritten(tree: Path) -> None:
    assert run("marathon", "-w", "tree").code == 0
    assert os.listdir(os.fsencode(tree)) == [NAME]
    with open(os.path.join(os.fsencode(tree), NAME)) as file:
        assert file.read() == APP.replace("dcos", "calico")


def test_git_applies_the_diff(tree: Path) -> None:
    diff = run("marathon", "--diff", "tree").out
    assert b"\x1b" not in diff.decode("utf-8").encode()
    subprocess.run(["git", "apply", "-"], input=diff, check=True)
    with open(os.path.join(os.fsencode(tree), NAME)) as file:
        assert file.read() == APP.replace("dcos", "calico")


def test_an_output_that_fails_is_named(tree: Path) -> None:
    elsewhere = tree.parent / "elsewhere"
    elsewhere.mkdir()
    (tree / "sub").mkdir()
    (tree / "sub" / "b.json").write_text(APP)
    (tree / "sub" / "link").symlink_to("b.json")
    (tree.parent / "out").mkdir()
    (tree.parent / "out" / "sub").symlink_to(elsewhere)
    result = run("marathon", "-o", "out", "tree")
    assert result.code == 5
    for name in ("b.json", "link"):
        assert f"out/sub/{name}" in result.errors
    assert "lies outside out; a link leads there" in result.errors
    assert list(elsewhere.iterdir()) == []


def test_a_hard_link_that_is_split_is_told(tree: Path) -> None:
    one, other = tree / "one.json", tree.parent / "other.json"
    one.write_text(APP)
    os.link(one, other)
    result = run("marathon", "-w", str(one))
    assert result.code == 0
    assert f"note: {one} has another name (a hard link), which keeps the old bytes" in result.errors
    assert (one.read_text(), other.read_text()) == (APP.replace("dcos", "calico"), APP)
