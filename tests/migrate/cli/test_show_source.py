"""Excerpts of the source, on a terminal only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.command_line import run
from tests.support.terminals import on_a_terminal

if TYPE_CHECKING:
    from pathlib import Path

APP = (
    '{"id": "/a", "cmd": "run", "env": {"PASSWORD": "geheim", "N": "9.0.1.2:1"},\n'
    ' "networks": [{"mode": "container", "name": "dcos"}]}\n'
)


def seen_of(*arguments: str, columns: int = 100) -> str:
    _, text = on_a_terminal(*arguments, COLUMNS=str(columns), NO_COLOR="1")
    return text.replace("\r\n", "\n")


@pytest.fixture
def app(tmp_path: Path) -> Path:
    path = tmp_path / "app.json"
    path.write_text(APP)
    return path


def test_the_caret_stands_below_the_place(app: Path) -> None:
    lines = seen_of("marathon", "--check", "--show-source", str(app)).splitlines()
    carets = [number for number, line in enumerate(lines) if line.strip(" |") == "^"]
    assert len(carets) == 2
    pointed = [lines[number - 1][lines[number].index("^") :] for number in carets]
    assert pointed[0].startswith('"9.0.1.2') or pointed[0].startswith('"dcos"')
    assert any(text.startswith('"dcos"') for text in pointed)


def test_secrets_are_blotted_out(app: Path) -> None:
    shown = seen_of("marathon", "--check", "--show-source", str(app))
    assert "geheim" not in shown
    assert "PASSWORD" in shown


@pytest.mark.parametrize("columns", [40, 80])
def test_a_long_line_is_cut_to_the_terminal(app: Path, columns: int) -> None:
    app.write_text(APP.replace("run", "run" * 300).replace("\n", " "))
    shown = seen_of("marathon", "--check", "--show-source", str(app), columns=columns)
    lines = [line for line in shown.splitlines() if " | " in line[:10]]
    assert lines
    assert all(len(line) <= columns for line in lines)


def test_never_in_a_pipe(app: Path) -> None:
    plain = run("marathon", "--check", str(app))
    assert run("marathon", "--check", "--show-source", str(app)).out == plain.out


def test_the_summary_says_what_is_hidden(app: Path) -> None:
    ignored = run("marathon", "--check", "--ignore", "overlay-address", str(app)).text
    assert ignored.rstrip().endswith("; 1 finding ignored")
    never = run("marathon", "--check", "--fail-on", "never", str(app)).text
    assert never.rstrip().endswith("; 1 finding not counted: --fail-on never")
