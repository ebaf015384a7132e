"""Which files of a tree are read, and what is said of those that are not."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.command_line import run

if TYPE_CHECKING:
    from collections.abc import Callable

DEFINITION = '{"id": "/a", "cmd": "x", "networks": [{"mode": "container", "name": "dcos"}]}'


def pipe(path: Path) -> str:
    os.mkfifo(path)
    return "a named pipe, which is not read"


def a_socket(path: Path) -> str:
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind(os.fspath(path))
    return "a socket, which is not read"


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree/app.json").write_text(DEFINITION)
    monkeypatch.chdir(tmp_path)
    return Path("tree")


@pytest.mark.parametrize("make", [pipe, a_socket])
def test_what_is_no_file_is_not_read_and_said(tree: Path, make: Callable[[Path], str]) -> None:
    why = make(tree / "other.json")
    result = run("survey", "--format", "json", "tree")
    assert result.code == 0
    assert result.json["unread"] == [{"path": "tree/other.json", "reason": why}]
    assert (result.json["summary"]["files"], result.json["summary"]["unread"]) == (1, 1)
    assert result.json["summary"]["percent"] == 0
    assert run("survey", "tree").text.endswith("0 % done: 1 place left; 1 file not read\n")


@pytest.mark.parametrize("make", [pipe, a_socket])
def test_it_is_an_error_where_it_is_named(tree: Path, make: Callable[[Path], str]) -> None:
    why = make(tree / "other.json")
    result = run("survey", "tree/other.json", "tree/app.json")
    assert result.code == 3
    assert f"tree/other.json: error: cannot be surveyed: {why}\n" in result.text
    assert result.text.endswith("no percentage: 1 file could not be read; 1 file not read\n")


def test_a_device_is_named_as_one(tree: Path) -> None:
    result = run("survey", "--format", "json", "/dev/null")
    assert result.code == 3
    assert result.json["unread"] == [{"path": "/dev/null", "reason": "a device, which is not read"}]


def test_a_link_to_a_pipe_is_no_file_of_the_tree(tree: Path, tmp_path: Path) -> None:
    pipe(tmp_path / "elsewhere")
    (tree / "link.json").symlink_to(tmp_path / "elsewhere")
    result = run("survey", "--format", "json", "tree")
    assert (result.code, result.json["unread"], result.json["summary"]["files"]) == (0, [], 1)


def test_what_is_passed_over_is_not_said(tree: Path) -> None:
    pipe(tree / "other.json")
    (tree / ".gitignore").write_text("other.json\n")
    assert run("survey", "--format", "json", "--gitignore", "tree").json["unread"] == []
