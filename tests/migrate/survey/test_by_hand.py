"""What a command would move and a person has to: copies, and texts that are not in UTF-8."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.support.command_line import run

APP = '{"id": "/shop/é", "cmd": "sleep", "networks": [{"mode": "container", "name": "dcos"}]}\n'
AT = APP.index('"dcos"') + 1


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree, which is the working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(path: str) -> str:
    """What is said of the one place of a file that is moved by hand."""
    lines = [line for line in run("survey", ".").text.splitlines() if line.startswith(f"./{path}:")]
    ((_, words),) = [line.split(": ", 1) for line in lines]
    assert lines[0].startswith(f"./{path}:1:{AT}: survey-by-hand: warning: ")
    assert words.endswith(" [/shop/é]")
    return words


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_a_definition_in_utf_16_is_one_and_the_way_is_said(encoding: str) -> None:
    mark = "\ufeff" if encoding.endswith("be") else ""
    Path("app of windows.json").write_bytes((mark + APP).encode(encoding))
    words = said("app of windows.json")
    name = encoding.upper()[:6]
    assert f"the file is in {name}, and each command expects UTF-8; make it UTF-8" in words
    convert, command = re.findall("`([^`]+)`", words)
    made = subprocess.run(shlex.split(convert), capture_output=True, check=True).stdout
    Path("app of windows.json").write_bytes(made)
    assert run(*shlex.split(command)[1:]).code == 0
    assert Path("app of windows.json").read_text() == APP.replace('"dcos"', '"calico"')
    (place,) = run("survey", "--format", "json", ".").json["places"]
    assert place["state"] == "done"


def test_an_encoding_that_has_no_mark() -> None:
    Path("app.json").write_bytes(APP.encode("latin-1"))
    words = said("app.json")
    assert "the file is not in UTF-8" in words
    assert "make it UTF-8, then run `calico-migrate marathon -w -- ./app.json`" in words


@pytest.mark.parametrize("ending", [".bak", ".orig", "~", ".old", ".save", ".BAK"])
def test_a_copy_names_its_original(ending: str) -> None:
    Path("app.json").write_text(APP)
    Path(f"app.json{ending}").write_text(APP)
    words = said(f"app.json{ending}")
    assert "the file is a copy of ./app.json, letter for letter; take it away, or move it too: `" in words
    assert run(*shlex.split(words.split("`")[1])[1:]).code == 0
    assert Path(f"app.json{ending}").read_text() == APP.replace('"dcos"', '"calico"')


def test_a_copy_of_what_has_moved_meanwhile() -> None:
    Path("app.json").write_text(APP.replace('"dcos"', '"calico"'))
    Path("app.json.bak").write_text(APP)
    assert "by its name the file is a copy of ./app.json, which has other content" in said("app.json.bak")


def test_a_copy_whose_original_is_not_there() -> None:
    Path("app.json.bak").write_text(APP)
    assert "a copy of ./app.json, which this survey has not met" in said("app.json.bak")


def test_no_command_moves_a_copy_in_another_encoding() -> None:
    Path("app.json.bak").write_bytes(APP.encode("utf-16"))
    assert "; take it away [" in said("app.json.bak")


def test_two_files_that_are_the_same_are_two_definitions() -> None:
    for name in ("one.json", "two.json"):
        Path(name).write_text(APP)
    places = run("survey", "--format", "json", ".").json["places"]
    assert [place["state"] for place in places] == ["to-move", "to-move"]


def test_the_way_stands_on_the_page_too() -> None:
    Path("app.json").write_bytes(APP.encode("utf-16"))
    assert run("survey", "--html", "page.html", ".").code == 0
    assert "iconv -f UTF-16 -t UTF-8 -- ./app.json" in Path("page.html").read_text()


def test_the_json_report_keeps_its_members() -> None:
    Path("app.json").write_bytes(APP.encode("utf-16"))
    report = json.loads(run("survey", "--format", "json", ".").text)
    (place,) = report["places"]
    assert (place["state"], place["how"]) == ("by-hand", None)
    assert "instead" not in place
