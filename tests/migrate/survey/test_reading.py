"""How files are read: in blocks, whole, in which encoding, or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from calico_migrate.survey import reading
from tests.support.command_line import run

APP = {"id": "/a", "cmd": "sleep", "networks": [{"mode": "container", "name": "dcos"}]}
BLOCK = reading._BLOCK


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tree, which is the working directory."""
    monkeypatch.chdir(tmp_path)


def surveyed(code: int = 0) -> dict[str, Any]:
    result = run("survey", "--format", "json", ".")
    assert result.code == code, result.errors
    report: dict[str, Any] = result.json
    return report


def places() -> list[tuple[int, int]]:
    return [(place["line"], place["column"]) for place in surveyed()["places"]]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("backup.tar.gz", b"dcos", "an archive, which is not unpacked"),
        ("Bundle.ZIP", b"", "an archive, which is not unpacked"),
        ("tool", b"\x7fELF\0network dcos", "a binary file"),
        ("tool", b"\0" * 10, "a binary file"),
        ("app.json", b"\0" + json.dumps(APP).encode(), "a binary file"),
        ("app.json", json.dumps(APP).encode("utf-16-le"), "a binary file"),
        ("core", b"x" * BLOCK + b"\0", None),
        ("core", b"\0" + b"x" * BLOCK, "a binary file"),
        ("notes.txt", b"\xff\xfex", "begins as UTF-16 and is not"),
    ],
)
def test_what_is_not_read(name: str, data: bytes, reason: str | None) -> None:
    Path(name).write_bytes(data)
    report = surveyed()
    assert report["places"] == []
    assert report["unread"] == ([{"path": f"./{name}", "reason": reason}] if reason else [])


def test_a_definition_that_begins_as_utf_16_and_is_not_is_an_error() -> None:
    Path("app.json").write_bytes(b"\xff\xfex")
    report = surveyed(3)
    assert report["unread"] == [{"path": "./app.json", "reason": "begins as UTF-16 and is not"}]
    assert report["summary"]["percent"] is None


def test_a_big_script_is_read_in_blocks_and_each_place_once() -> None:
    name, filler = "NETWORK=dcos", "# nothing to see here\n"
    wanted = [0, BLOCK - 40, BLOCK - 6, BLOCK + 3, 2 * BLOCK - reading._OVERLAP, 2 * BLOCK + 9]
    parts: list[str] = []
    length = lines = 0
    expected = []
    for place in wanted:
        count = max(0, (place - length) // len(filler))
        parts += [filler * count, f"{name}\n"]
        length += count * len(filler) + len(name) + 1
        lines += count + 1
        expected.append((lines, 9))
    Path("deploy.sh").write_text("".join(parts) + filler * 100)
    assert places() == expected


def test_a_big_file_in_one_line() -> None:
    Path("page.js").write_text('"' + "x" * (BLOCK + 100) + '"; network = "dcos"; ' + "y" * BLOCK)
    assert places() == [(1, BLOCK + 116)]


@pytest.mark.parametrize("filler", ["x ", "é é ", "{}"])
def test_a_name_at_the_end_of_a_block_of_one_line(filler: str) -> None:
    name, length, text, expected = 'network = "dcos" ', 0, "", []
    for place in (BLOCK - 14, BLOCK + 40, 2 * BLOCK - reading._OVERLAP - 3, 2 * BLOCK - 13):
        text += filler * ((place - length) // len(filler.encode()))
        expected.append((1, len(text) + name.index("dcos") + 1))
        text += name
        length = len(text.encode())
    Path("page.js").write_text(text + filler * BLOCK)
    assert places() == expected


def test_a_big_text_that_names_no_network_has_no_place() -> None:
    Path("deploy.sh").write_text("echo x\n" * (BLOCK // 6))
    report = surveyed()
    assert (report["places"], report["unread"], report["summary"]["files"]) == ([], [], 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_big_export_is_read_whole(encoding: str) -> None:
    apps = [{**APP, "id": "/first"}, {"id": "/filler", "cmd": "x" * BLOCK}, {**APP, "id": "/last"}]
    Path("apps.json").write_bytes(json.dumps({"apps": apps}).encode(encoding))
    found = surveyed()["places"]
    assert [place["id"] for place in found] == ["/first", "/last"]
    assert {place["state"] for place in found} == {"to-move" if encoding == "utf-8" else "by-hand"}


def test_what_fails_while_it_is_read_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("app.json").write_text(json.dumps(APP))

    def fails(descriptor: int, size: int) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "read", fails)
    report = surveyed(3)
    assert report["unread"] == [{"path": "./app.json", "reason": "input/output error"}]
