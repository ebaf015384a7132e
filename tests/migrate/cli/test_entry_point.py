"""The program itself: how it starts, how it ends, and what streams may do to it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from calico_migrate import cli
from calico_migrate._version import __version__
from calico_migrate.cli import COMMANDS
from tests.support.command_line import run

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = [sys.executable, "-m", "calico_migrate"]
APP = b'{"id": "/a", "networks": [{"name": "dcos"}]}\n'


def started(*arguments: str, **options) -> subprocess.CompletedProcess[bytes]:  # type: ignore[no-untyped-def]
    options.setdefault("stdout", subprocess.PIPE)
    return subprocess.run([*PROGRAM, *arguments], stderr=subprocess.PIPE, check=False, timeout=60, **options)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--version"],
        *[[name, "--version"] for name in COMMANDS],
        ["policy", "check", "--version"],
        ["marathon", "app.json", "--version"],
    ],
)
def test_version_everywhere(arguments: list[str]) -> None:
    done = started(*arguments)
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, f"calico-migrate {__version__}\n", b"")


def test_version_as_a_file_name_is_no_option(tmp_path: Path) -> None:
    done = started("marathon", "--", "--version", cwd=tmp_path)
    assert done.returncode == 3
    assert b"no such file" in done.stderr


def test_the_installed_command() -> None:
    program = os.path.join(os.path.dirname(sys.executable), "calico-migrate")
    if not os.path.exists(program):
        pytest.skip("the command is not installed beside this interpreter")
    done = subprocess.run([program, "marathon", "-"], input=APP, capture_output=True, check=False, timeout=60)
    assert done.stdout == APP.replace(b"dcos", b"calico")


@pytest.fixture
def group(tmp_path: Path) -> Path:
    """A document whose report is longer than what a pipe holds."""
    apps = [{"id": f"/web-{number}", "networks": [{"name": "dcos"}]} for number in range(2000)]
    path = tmp_path / "group.json"
    path.write_text(json.dumps({"id": "/", "apps": apps}))
    return path


def test_everything_is_said_before_the_process_ends(group: Path) -> None:
    checked, shown = started("marathon", "--check", str(group)), started("marathon", str(group))
    assert (checked.returncode, checked.stderr, checked.stdout.count(b"\n")) == (1, b"", 2001)
    assert shown.returncode == 0
    assert shown.stdout == group.read_bytes().replace(b"dcos", b"calico")


def test_a_profiler_gets_its_end(group: Path, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    command = [sys.executable, "-m", "cProfile", "-o", str(profile), *PROGRAM[1:], "marathon", "--check"]
    done = subprocess.run([*command, str(group)], capture_output=True, check=False, timeout=60)
    assert b"2000 edits" in done.stdout
    assert profile.stat().st_size > 0


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_help(name: str) -> None:
    result = run(name, "--help")
    assert result.code == 0
    assert "Usage: calico-migrate " + name in result.text


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nothing"],
        ["config", "nothing"],
        ["marathon"],
        ["marathon", "--nothing"],
        ["--nothing"],
        ["policy", "test"],
    ],
)
def test_wrong_usage_is_2(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.code == 2
    assert "Traceback" not in result.text + result.errors
    assert result.text + result.errors


def test_an_interrupt_is_130(monkeypatch: pytest.MonkeyPatch) -> None:
    from calico_migrate.marathon import files

    def interrupted(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(files, "process_one", interrupted)
    result = run("marathon", "-", stdin=APP)
    assert result.code == 130
    assert result.out == b""
    assert "Traceback" not in result.errors


@pytest.mark.skipif(not hasattr(signal, "SIGINT"), reason="there are no signals here")
def test_ctrl_c_while_it_reads() -> None:
    process = subprocess.Popen(
        [*PROGRAM, "marathon", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin is not None
    # More than a pipe holds: once it is taken, the program is reading.
    process.stdin.write(b" " * 1_000_000)
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    out, error = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == b""
    assert b"Traceback" not in error


FULL = "/dev/full"
needs_full = pytest.mark.skipif(not os.path.exists(FULL), reason="there is no /dev/full here")


@needs_full
@pytest.mark.parametrize(
    "arguments",
    [
        ["marathon", "-"],
        ["marathon", "--check", "-"],
        ["marathon", "--diff", "-"],
        ["marathon", "--diff", "--color", "always", "-"],
        ["marathon", "--format", "json", "-"],
        ["marathon", "--format", "sarif", "-"],
        ["explain"],
        ["explain", "vip-label", "--color", "always"],
        ["--help"],
        ["marathon", "--help"],
        ["--version"],
    ],
)
def test_a_full_standard_output_is_one_line_and_5(arguments: list[str]) -> None:
    with open(FULL, "wb") as full:
        done = started(*arguments, input=APP, stdout=full)
    assert done.returncode == 5
    assert done.stderr == b"calico-migrate: standard output cannot be written: no space left on device\n"


@needs_full
@pytest.mark.parametrize(
    "arguments", [["marathon", "none.json"], ["marathon", "--map", "x", "-"], ["nothing"]]
)
def test_a_full_standard_error_is_no_crash(arguments: list[str]) -> None:
    with open(FULL, "wb") as full:
        done = subprocess.run(
            [*PROGRAM, *arguments], input=APP, stdout=subprocess.PIPE, stderr=full, check=False, timeout=60
        )
    assert done.returncode in (2, 5)


@pytest.mark.parametrize(
    "arguments,code",
    [
        (["explain"], 0),
        (["explain", "vip-label", "--color", "always"], 0),
        (["--help"], 0),
        (["marathon", "--help"], 0),
        (["--version"], 0),
        (["nothing"], 2),
        (["marathon", "--diff", "-"], 0),
        (["marathon", "--diff", "--color", "always", "-"], 0),
        (["marathon", "--check", "-"], 1),
        (["marathon", "--format", "json", "-"], 0),
        (["marathon", "-o", "/dev/stdout", "-"], 0),
        (["marathon", "none.json"], 3),
        (["config", "check", "-"], 1),
        # An app is no config.yaml.
        (["config", "show", "-"], 3),
    ],
)
def test_a_reader_that_leaves_changes_nothing(arguments: list[str], code: int) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = started(*arguments, input=APP, stdout=writing)
    finally:
        os.close(writing)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
    assert b"cannot be written" not in done.stderr


@pytest.mark.parametrize(
    "closed,arguments,code",
    [
        ("<&-", "marathon -", 3),
        (">&-", "explain vip-label", 5),
        (">&-", "--version", 5),
        ("2>&-", "marathon x", 5),
    ],
)
def test_closed_streams(closed: str, arguments: str, code: int) -> None:
    command = f'"{sys.executable}" -m calico_migrate {arguments} {closed}'
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False, timeout=60)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr


def test_a_crowded_environment_has_no_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of other programs change nothing of what a script relies on."""
    for name in ("COLUMNS", "LINES", "TERM", "LANG", "LC_ALL", "FORCE_COLOR"):
        monkeypatch.setenv(name, "5")
    monkeypatch.setenv("PYTHONIOENCODING", "ascii:strict")
    done = started("marathon", "-", input='{"id": "/ä", "networks": [{"name": "dcos"}]}'.encode())
    assert done.stdout == '{"id": "/ä", "networks": [{"name": "calico"}]}'.encode()


def test_commands_are_built_one_at_a_time_and_all_together() -> None:
    import typer

    every = typer.main.get_command(cli.application())
    assert set(every.commands) == set(COMMANDS)  # type: ignore[attr-defined]
    one = typer.main.get_command(cli.application(["marathon"]))
    assert list(one.commands) == ["marathon"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("arguments", "built"),
    [
        (["policy", "test"], {"test"}),
        (["policy", "check", "simulate"], {"check"}),
        (["policy"], {"check", "simulate", "matrix", "test", "scaffold"}),
        (["policy", "--help"], {"check", "simulate", "matrix", "test", "scaffold"}),
        (["policy", "tset"], {"check", "simulate", "matrix", "test", "scaffold"}),
        ([], {"check", "simulate", "matrix", "test", "scaffold"}),
    ],
)
def test_of_a_group_one_command_is_built_where_it_is_called(arguments: list[str], built: set[str]) -> None:
    import typer

    tree: Any = typer.main.get_command(cli.application(arguments))
    assert set(tree.commands["policy"].commands) == built


@pytest.mark.parametrize(
    "arguments",
    [
        ["explain", "docker-host-port"],
        ["explain"],
        ["--help"],
        ["marathon", "--help"],
        ["network", "--help"],
        ["network", "run", "--help"],
        ["policy", "matrix", "--help"],
        ["config", "check", "--help"],
        ["marathon", "--check", "--format", "sarif", "-"],
    ],
)
def test_without_docstrings_everything_says_the_same(arguments: list[str]) -> None:
    usual = started(*arguments, input=APP)
    optimised = subprocess.run(
        [sys.executable, "-OO", *PROGRAM[1:], *arguments],
        input=APP,
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert (optimised.returncode, optimised.stdout) == (usual.returncode, usual.stdout)
