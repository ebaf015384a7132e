"""Command lines that a person pastes into a shell, whatever the words are."""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def joined(words: Iterable[str]) -> str:
    r"""The words as one printable line.

    What is not printable, a line feed or a byte that is no UTF-8, stands between ``$'`` and ``'`` as bash,
    zsh, ksh and POSIX (2024) read it.
    """
    return " ".join(shlex.quote(word) if word.isprintable() else _escaped(word) for word in words)


def _escaped(word: str) -> str:
    return "$'" + "".join(map(_character, word)) + "'"


def _character(character: str) -> str:
    if character in "\\'":
        return f"\\{character}"
    if character.isprintable():
        return character
    return "".join(f"\\{byte:03o}" for byte in os.fsencode(character))
