"""Shell completion as a person presses the key: in bash, zsh and fish themselves."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

VARIABLE = "_CALICO_MIGRATE_COMPLETE"

# Fills in the line and prints what bash would offer.
BASH = r"""
. "$1"
COMP_LINE=$2; read -ra COMP_WORDS <<< "$COMP_LINE"
case $COMP_LINE in *' ') COMP_WORDS+=('') ;; esac
COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
_calico_migrate_completion calico-migrate
printf '%s\n' "${COMPREPLY[@]}"
"""

# Ready once its file is there; Control-X writes down what stands on the line, Tab having filled it in.
ZSH = r"""
autoload -Uz compinit && compinit -u -D
. $HOME/completion.zsh
write-line() { print -r -- $BUFFER > $HOME/line.new && mv $HOME/line.new $HOME/line }
zle -N write-line
bindkey '^X' write-line
zle-line-init() { : > $HOME/ready }
zle -N zle-line-init
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("bin")
    program = folder / "calico-migrate"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m calico_migrate "$@"\n')
    program.chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


def script(shell: str, path: str, folder: Path) -> Path:
    """The completion of a shell in a file, made as the documentation says."""
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    done = subprocess.run(
        ["calico-migrate"],
        env={**os.environ, "PATH": path, VARIABLE: f"source_{shell}"},
        capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    file = folder / f"completion.{shell}"
    file.write_bytes(done.stdout)
    return file


def said(*command: str, path: str, home: Path) -> str:
    environment = {"PATH": path, "HOME": str(home), "TERM": "dumb", "LC_ALL": "C.UTF-8", "COLUMNS": "200"}
    done = subprocess.run(
        command,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )
    return done.stdout


@pytest.mark.parametrize(
    "line,offered",
    [
        ("calico-migrate mar", ["marathon"]),
        ("calico-migrate config ", ["check", "show", "suggest"]),
        ("calico-migrate marathon --fail-on w", ["warning"]),
    ],
)
def test_bash(line: str, offered: list[str], path: str, tmp_path: Path) -> None:
    file = script("bash", path, tmp_path)
    assert (
        said("bash", "--norc", "-c", BASH, "bash", str(file), line, path=path, home=tmp_path).split()
        == offered
    )


@pytest.mark.parametrize(
    "line,filled",
    [
        ("calico-migrate mara", "calico-migrate marathon "),
        ("calico-migrate marathon --move", "calico-migrate marathon --move-labels "),
    ],
)
def test_zsh(line: str, filled: str, path: str, tmp_path: Path) -> None:
    script("zsh", path, tmp_path)
    (tmp_path / ".zshrc").write_text(ZSH)
    environment = {"PATH": path, "HOME": str(tmp_path), "TERM": "xterm", "LC_ALL": "C.UTF-8"}
    ours, theirs = pty.openpty()
    shell = subprocess.Popen(
        ["zsh", "-i"], env=environment, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    )
    os.close(theirs)
    try:
        shown = await_file(tmp_path / "ready", ours)
        os.write(ours, f"{line}\t\x18".encode())
        shown += await_file(tmp_path / "line", ours)
        assert (tmp_path / "line").exists(), shown
        assert (tmp_path / "line").read_text() == f"{filled}\n"
    finally:
        os.close(ours)
        shell.kill()
        shell.wait()


def await_file(file: Path, terminal: int) -> bytes:
    """Reads a terminal until a file is there, for at most 30 seconds; answers what it showed."""
    shown = b""
    end = time.monotonic() + 30
    while not file.exists() and time.monotonic() < end:
        if select.select([terminal], [], [], 0.05)[0]:
            shown += os.read(terminal, 4096)
    return shown


@pytest.mark.parametrize(
    "line,offered",
    [
        ("calico-migrate mar", ["marathon"]),
        ("calico-migrate config ", ["check", "show", "suggest"]),
        ("calico-migrate marathon --fail-on w", ["warning"]),
    ],
)
def test_fish(line: str, offered: list[str], path: str, tmp_path: Path) -> None:
    file = script("fish", path, tmp_path)
    code = 'source $argv[1]; complete -C "$argv[2]"'
    lines = said("fish", "--no-config", "-c", code, str(file), line, path=path, home=tmp_path).splitlines()
    # What is offered, a tab, and what it is.
    assert [line.split("\t")[0] for line in lines] == offered
