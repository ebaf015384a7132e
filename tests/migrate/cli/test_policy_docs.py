"""The page about the command: its examples print what the page says, and its samples do what they say."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

SECTIONS = ("simulate", "matrix", "test", "scaffold")


def _examples(root: Path, section: str) -> list[tuple[str, str]]:
    page = (root / "docs/commands/policy.md").read_text(encoding="utf-8")
    text = page.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    assert text
    found = []
    for block in re.findall(r"^```console\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        for example in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, expected = example.partition("\n")
            found.append((command, expected))
    return found


@pytest.mark.parametrize("section", SECTIONS)
def test_the_examples(section: str, root: Path) -> None:
    for command, expected in _examples(root, section):
        program, *arguments = shlex.split(command)
        assert program == "calico-migrate"
        done = subprocess.run(
            [sys.executable, "-m", "calico_migrate", *arguments],
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        assert done.stdout.decode() == expected
        assert done.returncode == 0


def test_there_are_examples(root: Path) -> None:
    assert sum(len(_examples(root, section)) for section in SECTIONS) == 5
