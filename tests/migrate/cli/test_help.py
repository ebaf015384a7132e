"""Help on terminals of several widths."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import pairwise

import pytest

from calico_migrate.cli.help import legible
from tests.shipping.test_zipapp import commands


def shown(*arguments: str, columns: int) -> str:
    environment = {
        **{key: value for key, value in os.environ.items() if key not in ("FORCE_COLOR", "GITHUB_ACTIONS")},
        "COLUMNS": str(columns), "TERMINAL_WIDTH": str(columns), "NO_COLOR": "1", "TERM": "dumb",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "calico_migrate", *arguments, "--help"],
        env=environment, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return done.stdout


@pytest.mark.parametrize("columns", [80, 100, 140])
def test_paragraphs_are_as_wide_as_the_terminal(columns: int) -> None:
    text = shown("marathon", columns=columns)
    (paragraph,) = re.findall(r"\n The document comes back.*?\n *\n", text, re.DOTALL)
    lines = [line.rstrip() for line in paragraph.strip("\n").split("\n") if line.strip()]
    # Every line but the last is so full that the next word had no room.
    for line, following in pairwise(lines):
        assert len(line) + len(following.split()[0]) >= columns - 2
    assert max(map(len, text.splitlines())) <= columns


def test_examples_keep_their_indent_and_stand_together() -> None:
    text = shown("marathon", columns=120)
    assert re.search(
        r"\n +calico-migrate marathon app\.json > new\.json +one file *\n"
        r" +calico-migrate marathon --check services/ +for a pipeline *\n", text
    )  # fmt: skip
    assert re.search(
        r"\n     +calico-migrate marathon --for-update app\.json -o new\.json && *\n +  dcos ", text
    )


def test_brackets_are_not_eaten() -> None:
    text = shown("policy", "test", columns=100)
    assert "apps: [services/]" in text
    assert "policies: [policies/]" in text
    assert "expect: [{from: /shop/web" in text


@pytest.mark.parametrize("command", list(commands()), ids=" ".join)
def test_no_help_has_markup_or_backticks_left(command: tuple[str, ...]) -> None:
    text = shown(*command, columns=100)
    assert "`" not in text
    assert "[bold]" not in text
    assert "\\[" not in text


def test_the_first_line_of_examples_keeps_its_indent() -> None:
    assert legible("A title.\n\n    run it\n\n    run it [again]\n\nMore `text` of\ntwo lines.") == (
        "A title.\n\nExamples:\n\n    run it\n    run it \\[again]\n\nMore [bold]text[/bold] of two lines."
    )


@pytest.mark.parametrize("command", ["config check", "network verify", "policy check", "survey", "diagnose"])
def test_only_rewriting_commands_offer_patches(command: str) -> None:
    assert "jsonpatch" not in shown(*command.split(), columns=140)
    assert "jsonpatch" in shown("marathon", columns=140)
