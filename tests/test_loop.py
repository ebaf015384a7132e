"""The development loop: scripts that people and CI call, and what the files about it promise."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from pathlib import Path

SCRIPTS = ("check", "clients", "coverage-floor", "docs", "lowest", "mutate", "test")


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_short_and_can_be_called(root: Path, name: str) -> None:
    script = root / "scripts" / name
    assert os.access(script, os.X_OK)
    assert script.read_text().count("\n") <= 120


def test_there_are_no_other_scripts(root: Path) -> None:
    assert {path.name for path in (root / "scripts").iterdir() if path.is_file()} == set(SCRIPTS)


def test_ci_calls_the_same_scripts(root: Path) -> None:
    text = (root / ".ci" / "run").read_text()
    for name in ("check", "coverage-floor", "docs --check"):
        assert re.search(rf"^scripts/{name}$", text, re.MULTILINE), name
    assert "block pytest" in text


def test_what_contributing_names_exists(root: Path) -> None:
    text = (root / "CONTRIBUTING.md").read_text()
    for path in re.findall(r"`((?:migrate|config|tests|scripts|docs)/[\w/.-]+)`", text):
        assert (root / path).exists(), path
    for name in re.findall(r"\bscripts/([a-z-]+)", text):
        assert name in SCRIPTS, name


def test_what_runs_before_a_commit_exists(root: Path) -> None:
    (repository,) = yaml.safe_load((root / ".pre-commit-config.yaml").read_text())["repos"]
    for hook in repository["hooks"]:
        program = hook["entry"].split()[0]
        if program.startswith("scripts/"):
            assert os.access(root / program, os.X_OK)


def test_only_pythons_that_ran_are_claimed(root: Path) -> None:
    claimed = re.findall(r"Python :: (3\.\d+)", (root / "pyproject.toml").read_text())
    assert claimed
    assert set(claimed) <= {"3.11"}


@pytest.mark.long
def test_every_rule_has_a_test_that_asserts_its_place(root: Path) -> None:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    result = subprocess.run(
        [root / "scripts" / "mutate", "--places"], env=own, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout
