"""A wrong type at every path, half a character and a control character in every text: through every command.

None gives a traceback, invalid UTF-8, JSON that does not parse or a raw control character, and the net under
the inputs is never reached. The quick run takes a few, the long one many.
"""

from __future__ import annotations

import json
import random
import re
from typing import TYPE_CHECKING

import pytest

from tests.fuzz.commands import Target, targets
from tests.fuzz.oddities import oddities
from tests.support.command_line import run

if TYPE_CHECKING:
    from pathlib import Path

TARGETS = targets()
CODES = {0, 1, 2, 3, 4, 5, 6}
# How many documents of each input are tried; all of them take hours.
_FEW, _MANY = 3, 25
# What a document or a diff holds goes out byte for byte where no terminal is.
_EXACT = {"--diff", "--for-update", "--render"}
_JSON = {"json", "sarif", "jsonpatch", "codeclimate"}
_RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@pytest.fixture
def no_ssh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "ssh").write_text("#!/bin/sh\nexit 255\n")
    (programs / "ssh").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_a_few_odd_values(target: Target, tmp_path: Path, no_ssh: None) -> None:
    for document in sample(target, _FEW):
        check(target, document, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_many_odd_values(target: Target, tmp_path: Path, no_ssh: None) -> None:
    for document in sample(target, _MANY):
        check(target, document, tmp_path)


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_the_sound_document_is_sound(target: Target, tmp_path: Path, no_ssh: None) -> None:
    check(target, target.document, tmp_path)


def sample(target: Target, most: int) -> list[object]:
    """The same ones in every run."""
    found = list(oddities(target.document))
    return random.Random(target.name).sample(found, min(most, len(found)))


def check(target: Target, document: object, tmp_path: Path) -> None:
    directory = tmp_path / "in"
    directory.mkdir(exist_ok=True)
    target.setting(directory)
    place = directory / target.place
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(document))
    for line in target.lines:
        arguments = [word.replace("{}", str(directory)) for word in line]
        result = run(*arguments)
        told = f"{' '.join(arguments)}\n{json.dumps(document)}\n{result.error!r}"
        assert result.code in CODES, told
        assert b"internal error" not in result.out + result.error, told
        assert b"Traceback" not in result.error, told
        out, error = result.out.decode("utf-8"), result.error.decode("utf-8")
        assert not _RAW.search(error), told
        assert _EXACT & set(arguments) or not _RAW.search(out), told
        if not _JSON.isdisjoint(arguments):
            assert not out or json.loads(out) is not None, told
