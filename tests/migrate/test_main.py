"""How the process of a command ends: at once, with everything said."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

APP = {"id": "/web", "networks": [{"mode": "container", "name": "dcos"}]}
TOOL = [sys.executable, "-m", "calico_migrate"]


@pytest.fixture
def group(tmp_path: Path) -> Path:
    """A document whose report is longer than what a pipe holds."""
    path = tmp_path / "group.json"
    path.write_text(
        json.dumps({"id": "/", "apps": [{**APP, "id": f"/web-{number}"} for number in range(2000)]})
    )
    return path


def test_everything_is_said_before_the_end(group: Path) -> None:
    done = subprocess.run([*TOOL, "marathon", "--check", str(group)], capture_output=True, check=False)
    assert done.returncode == 1
    lines = done.stdout.decode().splitlines()
    assert len(lines) == 2001
    assert lines[-1].startswith("1 file: 1 to change (2000 edits)")
    assert done.stderr == b""


def test_a_document_arrives_whole(group: Path) -> None:
    done = subprocess.run([*TOOL, "marathon", str(group)], capture_output=True, check=False)
    assert done.returncode == 0
    assert done.stdout.decode() == group.read_text().replace('"dcos"', '"calico"')


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("explain", "rename-network")])
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
def test_a_full_disk_is_told(arguments: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*TOOL, *arguments], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 5
    assert done.stderr == b"calico-migrate: standard output cannot be written: no space left on device\n"


def test_a_profiler_gets_its_end(group: Path, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    command = [sys.executable, "-m", "cProfile", "-o", str(profile), "-m", *TOOL[2:], "marathon", "--check"]
    done = subprocess.run([*command, str(group)], capture_output=True, check=False)
    assert b"2000 edits" in done.stdout
    assert profile.stat().st_size > 0
