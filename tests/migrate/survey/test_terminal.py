"""What a person sees of a survey."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from typing import TYPE_CHECKING

import pytest

from tests.support.terminals import shown

if TYPE_CHECKING:
    from pathlib import Path


def on_a_terminal(tree: Path, columns: int) -> tuple[str, str]:
    """Standard output and standard error of a survey on a terminal of this width, and in its directory."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    environment = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "NO_COLOR")}
    with subprocess.Popen(
        [sys.executable, "-m", "calico_migrate", "survey", "--color", "never", "."],
        cwd=tree, env={**environment, "TERM": "xterm"}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=theirs,
    ) as process:  # fmt: skip
        os.close(theirs)
        assert process.stdout is not None
        out = process.stdout.read().decode()
        text = shown(ours).decode()
        assert process.wait() == 0
    return out, text


@pytest.mark.parametrize("columns", [80, 140])
def test_a_large_tree_has_a_bar(tmp_path: Path, columns: int) -> None:
    for number in range(600):
        (tmp_path / f"{number}.txt").write_text("nothing\n")
    (tmp_path / "a.sh").write_text("NETWORK=dcos\n")
    out, text = on_a_terminal(tmp_path, columns)
    assert "Looking" in text
    assert "601/601" in text
    assert out.rstrip().splitlines()[-1] == "0 % done: 1 place left"


def test_a_small_one_has_none(tmp_path: Path) -> None:
    (tmp_path / "a.sh").write_text("NETWORK=dcos\n")
    assert on_a_terminal(tmp_path, 80)[1] == ""


@pytest.mark.parametrize("columns", [80, 140])
def test_the_table_fits_the_terminal(tmp_path: Path, columns: int) -> None:
    folder = tmp_path / ("a-very-long-name-of-a-team/" * 3)
    folder.mkdir(parents=True)
    (folder / "a.sh").write_text("NETWORK=dcos\n")
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    code = (
        "import sys; from calico_migrate.cli import run;"
        " sys.exit(run(['survey', '--color', 'never', '--by', 'directory', '.']))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=tmp_path, stdout=theirs, stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL, env={key: value for key, value in os.environ.items() if key != "COLUMNS"},
    ) as process:  # fmt: skip
        os.close(theirs)
        text = shown(ours).decode()
        process.wait()
    rows = [line.rstrip("\r") for line in text.split("\n") if "  0  " in line or "to-move" in line]
    assert rows
    assert max(len(row) for row in rows if "survey-" not in row) <= columns
