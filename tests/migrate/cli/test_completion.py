"""Shell completion, by the protocol that each shell's script speaks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from calico_migrate.cli import COMMANDS

if TYPE_CHECKING:
    from pathlib import Path

VARIABLE = "_CALICO_MIGRATE_COMPLETE"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A `calico-migrate` on a path of its own."""
    path = tmp_path_factory.mktemp("bin") / "calico-migrate"
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m calico_migrate "$@"\n')
    path.chmod(0o755)
    return path


def asked(program: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}", **variables}
    return subprocess.run(
        [str(program)], env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def bash(program: Path, words: str) -> list[str]:
    cursor = str(len(words.split(" ")) - 1)
    done = asked(program, **{VARIABLE: "complete_bash"}, COMP_WORDS=words, COMP_CWORD=cursor)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


@pytest.mark.parametrize(
    "words,expected",
    [
        ("calico-migrate mar", ["marathon"]),
        ("calico-migrate ", list(COMMANDS)),
        ("calico-migrate config ", ["check", "show", "suggest"]),
        (
            "calico-migrate marathon --format ",
            ["text", "json", "jsonpatch", "sarif", "github", "junit", "codeclimate"],
        ),
        ("calico-migrate marathon --fail-on w", ["warning"]),
        ("calico-migrate marathon --move", ["--move-labels"]),
        ("calico-migrate marathon --ignore vip-w", ["vip-with-policy-labels"]),
        ("calico-migrate explain docker-h", ["docker-host-port"]),
        ("calico-migrate explain calico_vxlan_m", ["calico_vxlan_mtu"]),
        # Nothing is offered for a path, so that the shell offers its files.
        ("calico-migrate marathon sam", []),
    ],
)
def test_bash(words: str, expected: list[str], program: Path) -> None:
    assert sorted(bash(program, words)) == sorted(expected)


def test_zsh(program: Path) -> None:
    done = asked(
        program, **{VARIABLE: "complete_zsh"}, _TYPER_COMPLETE_ARGS="calico-migrate marathon --format s"
    )
    assert done.returncode == 0
    assert done.stdout.strip() == """_arguments '*: :(("sarif"))'"""
    files = asked(program, **{VARIABLE: "complete_zsh"}, _TYPER_COMPLETE_ARGS="calico-migrate marathon sam")
    assert files.stdout.strip() == "_files"


@pytest.mark.parametrize(
    "words,offered", [("calico-migrate marathon --format s", "sarif"), ("calico-migrate pol", "policy")]
)
def test_fish(words: str, offered: str, program: Path) -> None:
    variables = {VARIABLE: "complete_fish", "_TYPER_COMPLETE_ARGS": words}
    listed = asked(program, **variables, _TYPER_COMPLETE_FISH_ACTION="get-args")
    assert listed.stdout.split("\t")[0].strip() == offered
    assert asked(program, **variables, _TYPER_COMPLETE_FISH_ACTION="is-args").returncode == 0


def test_fish_offers_files_where_a_path_is_expected(program: Path) -> None:
    variables = {VARIABLE: "complete_fish", "_TYPER_COMPLETE_ARGS": "calico-migrate marathon sam"}
    assert asked(program, **variables, _TYPER_COMPLETE_FISH_ACTION="is-args").returncode != 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_printed_and_read_by_the_shell(shell: str, program: Path) -> None:
    done = asked(program, **{VARIABLE: f"source_{shell}"})
    assert done.returncode == 0
    assert f"{VARIABLE}=complete_{shell}" in done.stdout
    interpreter = shutil.which(shell)
    if interpreter is not None:
        subprocess.run([interpreter, "-n"], input=done.stdout, text=True, check=True)


def test_bash_completes_with_the_script(program: Path, tmp_path: Path) -> None:
    """The whole way: the shell reads the script and calls its function as Tab does."""
    interpreter = shutil.which("bash")
    if interpreter is None:
        pytest.skip("there is no bash here")
    script = tmp_path / "script"
    script.write_text(asked(program, **{VARIABLE: "source_bash"}).stdout)
    commands = (
        f"source '{script}'; COMP_WORDS=(calico-migrate marathon --color a); COMP_CWORD=3;"
        " _calico_migrate_completion calico-migrate; printf '%s\\n' \"${COMPREPLY[@]}\";"
        " complete -p calico-migrate"
    )
    environment = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}"}
    done = subprocess.run(
        [interpreter, "-c", commands], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [
        "auto",
        "always",
        "complete -o default -F _calico_migrate_completion calico-migrate",
    ]
