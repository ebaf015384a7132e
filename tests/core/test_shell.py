"""Words of a shell: what is pasted is what was meant."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_core.shell import joined

WORDS = [
    "a.json",
    "a b",
    "it's",
    "$(x)",
    "-w",
    "",
    "a\nb",
    "a\x1b[31m",
    "\udcff\udcfe",
    "'\n\\",
    "é\t0",
    "\x017",
]


def read(shell: str, line: str) -> list[bytes]:
    """The words that a shell makes of a line."""
    run = [shell, "-c", f"printf '%s\\0' {line}"]
    return subprocess.run(run, capture_output=True, check=True).stdout.split(b"\0")[:-1]


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_shell_reads_the_words(shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    line = joined(WORDS)
    assert line.isprintable()
    assert read(shell, line) == [os.fsencode(word) for word in WORDS]


@given(st.text(st.characters(min_codepoint=1, exclude_categories=["Cs"]), max_size=12))
def test_a_word_is_one_printable_word(word: str) -> None:
    line = joined([word])
    assert line.isprintable()
    if word.isprintable():
        assert shlex.split(line) == [word]
    else:
        assert line.startswith("$'")
