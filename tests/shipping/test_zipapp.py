"""The single file: what is inside, and every command run from it."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from shipping.zipapp_build import PYTHONS, build, dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("zipapp") / "calico-migrate.pyz"
    build(target)
    return target


def run(program: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs the file by a Python that knows nothing of this environment."""
    return subprocess.run(
        [sys.executable, "-I", "-S", str(program), *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        timeout=120,
        check=False,
    )


def commands() -> Iterator[tuple[str, ...]]:
    """Every command, subcommands included."""
    import typer.main

    from calico_migrate.cli import application

    tree = typer.main.get_command(application())
    for name, command in getattr(tree, "commands").items():  # noqa: B009
        below = getattr(command, "commands", None)
        if below is None:
            yield (name,)
        else:
            yield from ((name, inner) for inner in below)


@pytest.mark.parametrize("command", list(commands()), ids=" ".join)
def test_every_command_runs(program: Path, command: tuple[str, ...], tmp_path: Path) -> None:
    done = run(program, *command, "--help", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"Usage: calico-migrate {' '.join(command)}" in done.stdout


def test_it_says_its_version(program: Path, tmp_path: Path) -> None:
    from calico_migrate._version import __version__

    assert run(program, "--version", cwd=tmp_path).stdout == f"calico-migrate {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "code", "wanted"),
    [
        (["marathon", "samples/marathon/calico_network_app.json"], 0, '"name": "calico"'),
        (["config", "check", "samples/config/vni.yaml"], 1, "vni-of-the-overlay"),
        (
            ["policy", "simulate", "--apps", "samples/policy/apps", "--policies", "samples/policy/policies",
             "--from", "/fruitstore/frontend", "--to", "/bookstore/server"],
            0, "deny",
        ),
        (["explain", "docker-host-port"], 0, "docker-host-port"),
    ],
)  # fmt: skip
def test_the_work_is_done_from_it(
    program: Path, root: Path, arguments: list[str], code: int, wanted: str
) -> None:
    done = run(program, *arguments, cwd=root)
    assert done.returncode == code, done.stderr
    assert wanted in done.stdout


def test_templates_are_read_from_it(program: Path, tmp_path: Path) -> None:
    done = run(
        program, "network", "generate", "web", "--cidr", "10.1.0.0/16", "--output-dir", "web", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "web/create-network.sh").read_text().startswith("#!/bin/sh")


def test_nothing_in_it_is_tied_to_a_machine(program: Path, root: Path) -> None:
    with zipfile.ZipFile(program) as archive:
        names = archive.namelist()
        home = str(root).encode()
        assert [name for name in names if name.endswith((".so", ".pyd", "direct_url.json"))] == []
        assert [name for name in names if home in archive.read(name)] == []
    assert "yaml/__init__.py" in names
    assert "typer/__init__.py" in names


def test_it_is_the_same_whenever_it_is_built(program: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.pyz"
    build(again)
    assert again.read_bytes() == program.read_bytes()


def test_what_any_python_needs_is_inside(program: Path) -> None:
    with zipfile.ZipFile(program) as archive:
        inside = {name.split("-")[0] for name in archive.namelist() if ".dist-info/" in name}
    assert {
        dependency.metadata["Name"].lower().replace("-", "_").replace(".", "_")
        for dependency in dependencies()
    } == {name.lower().replace(".", "_") for name in inside}
    assert PYTHONS[0] == "3.10"


def test_an_old_python_is_told_what_to_do(root: Path) -> None:
    """The file's `__main__` with a version that is too old, as such a Python would run it."""
    source = (root / "shipping/zipapp_main.py").read_text()
    code = f"import sys; sys.version_info = (3, 6, 8, 'final', 0); exec({source!r})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "this is Python 3.6" in line
    assert "needs Python 3.10 or later" in line
    assert "worked on elsewhere" in line


@pytest.mark.parametrize("version", ["2.7", "3.6"])
def test_its_first_lines_are_read_by_old_pythons(root: Path, version: str) -> None:
    pytest.importorskip("vermin", reason="vermin is not installed")
    done = subprocess.run(
        [sys.executable, "-c", "from vermin import main; main()", "--no-tips", "--violations",
         f"--target={version}-", str(root / "shipping/zipapp_main.py")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
