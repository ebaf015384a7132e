"""What the project offers to GitHub and GitLab: by their schemas, by a security linter, and run by hand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

PROGRAMS = Path(sys.executable).parent


def check(program: str, *arguments: str) -> None:
    if not (PROGRAMS / program).exists():
        pytest.skip(f"{program} is not installed")
    done = subprocess.run(
        [str(PROGRAMS / program), *arguments], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_action_has_the_shape_that_github_takes(root: Path) -> None:
    check("check-jsonschema", "--builtin-schema", "vendor.github-actions", str(root / "action.yml"))


def test_the_action_is_safe(root: Path) -> None:
    check("zizmor", "--offline", "--pedantic", str(root / "action.yml"))


def test_the_template_has_the_shape_that_gitlab_takes(root: Path) -> None:
    check("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", str(root / "shipping/gitlab.yml"))


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """A runner's temporary directory, with the program where the action puts it."""
    place = tmp_path / "calico-migrate/bin"
    place.mkdir(parents=True)
    program = place / "calico-migrate"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m calico_migrate "$@"\n')
    program.chmod(0o755)
    return tmp_path


def act(root: Path, runner: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The action's own check, as a runner would run it."""
    action: dict[str, Any] = yaml.safe_load((root / "action.yml").read_text())
    step = action["runs"]["steps"][-1]
    defaults = {name: str(given.get("default", "")) for name, given in action["inputs"].items()}
    values = {**defaults, **inputs}
    environment = {name: values[name.lower()] for name in step["env"]}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        env={**os.environ, "RUNNER_TEMP": str(runner), **environment},
        capture_output=True, text=True, check=False, timeout=120, cwd=runner,
    )  # fmt: skip


@pytest.fixture
def definitions(runner: Path) -> Path:
    folder = runner / "a folder; $(touch made)"
    folder.mkdir()
    (folder / "old.json").write_text('{"id": "/a", "networks": [{"name": "dcos"}]}')
    return folder


def test_the_action_annotates_what_would_change(root: Path, runner: Path, definitions: Path) -> None:
    done = act(root, runner, paths=f"{definitions}\n")
    assert done.returncode == 1
    assert "::" in done.stdout
    assert "old.json" in done.stdout
    assert not (runner / "made").exists()


def test_the_action_takes_options(root: Path, runner: Path, definitions: Path) -> None:
    done = act(root, runner, paths=str(definitions), options="--map=other=calico\n\n--default-network=other")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_action_writes_a_report(root: Path, runner: Path, definitions: Path) -> None:
    done = act(root, runner, paths=str(definitions), sarif="report.sarif")
    assert done.returncode == 1
    assert json.loads((runner / "report.sarif").read_text())["version"] == "2.1.0"


def test_the_action_says_which_commands_it_knows(root: Path, runner: Path) -> None:
    done = act(root, runner, paths=".", command="network run")
    assert done.returncode == 2
    assert "can be marathon, package, config or policy" in done.stdout
