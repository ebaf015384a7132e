"""The page about the command: its examples print what the page says, and its options exist."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs/commands/config.md").read_text()


def test_the_examples(page: str, root: Path, tmp_path: Path) -> None:
    program = tmp_path / "bin" / "calico-migrate"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m calico_migrate "$@"\n')
    program.chmod(0o755)
    folder = tmp_path / "work"
    shutil.copytree(root / "samples" / "config", folder / "samples" / "config")
    environment = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}"}
    blocks = re.findall(r"^```console\n\$ (.*?)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 2
    for command, expected in blocks:
        done = subprocess.run(
            ["sh", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        printed = done.stdout
        assert printed.startswith(expected.strip())
        # What follows is the summary, or advice.
        assert len(printed.splitlines()) - len(expected.splitlines()) <= 2


def test_the_options_exist(page: str) -> None:
    from typer.main import get_command

    from calico_migrate.cli import application

    tree: Any = get_command(application(["config"]))
    known = {
        option
        for command in tree.commands["config"].commands.values()
        for parameter in command.params
        for option in parameter.opts
    }
    named = set(re.findall(r"`(--[a-z-]+)", page))
    assert named <= known
    assert len(named) >= 15


def test_the_samples_are_what_they_say(root: Path) -> None:
    from calico_config import check_config

    found = {
        path.name: {finding.severity.value for finding in check_config(path.read_text()).findings}
        for path in (root / "samples" / "config").glob("*.yaml")
    }
    assert "error" in found["collisions.yaml"]
    assert found["clean.yaml"] == {"info"}
    assert "error" in found["vni.yaml"]
