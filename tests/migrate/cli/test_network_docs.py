"""The page about the command: its examples print what the page says, and its tables name what exists."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs/commands/network.md").read_text()


def test_the_examples(page: str, tmp_path: Path) -> None:
    program = tmp_path / "bin" / "calico-migrate"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m calico_migrate "$@"\n')
    program.chmod(0o755)
    folder = tmp_path / "work"
    folder.mkdir()
    environment = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}"}
    blocks = re.findall(r"^```console\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 3
    for block in blocks:
        for example in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, expected = example.partition("\n")
            done = subprocess.run(
                ["sh", "-c", f"{command} 2>&1"],
                cwd=folder,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.stdout == expected


def test_the_rules_exist(page: str) -> None:
    from calico_core.rules import load_rules

    rules = load_rules(["calico_migrate.network.rules"])
    named = set(re.findall(r"`((?:[a-z]+-)+[a-z]+)`", page.partition("| what is found")[2]))
    assert named <= set(rules)
    assert {"network-missing", "agent-differs", "subnet-used-twice"} <= named


def test_every_rule_is_documented() -> None:
    from calico_core.rules import load_rules

    for rule in load_rules(["calico_migrate.network.rules"]).values():
        assert rule.title
        assert rule.source
        assert re.search(r"^Example:\n\n?    \S", rule.documentation, re.MULTILINE), rule.id
