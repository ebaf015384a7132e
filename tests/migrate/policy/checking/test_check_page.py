"""The page about ``policy check``: its example prints what the page says, and its table names every rule."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from calico_core.rules import load_rules

if TYPE_CHECKING:
    from pathlib import Path

PACKAGES = ("calico_migrate.calico.rules", "calico_migrate.policy.rules")


@pytest.fixture(scope="module")
def section(root: Path) -> str:
    page = (root / "docs/commands/policy.md").read_text()
    return page.partition("\n## check\n")[2].partition("\n## ")[0]


def test_the_example(section: str, tmp_path: Path) -> None:
    (block,) = re.findall(r"^```console\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    _, document, check = re.split(r"^\$ ", block, flags=re.MULTILINE)
    text = re.search(r"<< 'END'\n(.*)^END$", document, re.MULTILINE | re.DOTALL)
    assert text is not None
    (tmp_path / "allow-web.yaml").write_text(text[1])
    command, _, expected = check.partition("\n")
    done = subprocess.run(
        [sys.executable, "-m", *command.replace("-", "_", 1).split()],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.stdout == expected
    assert done.returncode == 1


def test_the_table_names_every_rule(section: str) -> None:
    named = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", section))
    rules = {rule for rule in load_rules(PACKAGES) if not rule.startswith("invalid-")}
    assert rules <= named


@pytest.mark.parametrize("package", PACKAGES)
def test_every_rule_is_documented(package: str) -> None:
    for rule in load_rules([package]).values():
        assert rule.title
        assert rule.source
        assert re.search(r"^Example:\n\n?    \S", rule.documentation, re.MULTILINE), rule.id


def test_what_calico_refuses_is_an_error() -> None:
    for rule in load_rules([PACKAGES[0]]).values():
        if rule.id.startswith("invalid-"):
            assert rule.severity.value == "error"
    assert not [rule for rule in load_rules([PACKAGES[1]]) if rule.startswith("invalid-")]
