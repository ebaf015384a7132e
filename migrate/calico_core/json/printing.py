"""Writes JSON for whoever reads it: any JSON reader, and a human's terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def printed(value: Any, indent: int | None = None, separators: tuple[str, str] | None = None) -> str:
    r"""A value as JSON text without a final newline.

    Every letter stands as it is; what does not print, drives a terminal or is half a character (``\ud800``,
    a byte of a file name that is no UTF-8) is escaped, so that the text is always UTF-8.
    """
    text = json.dumps(value, indent=indent, separators=separators, ensure_ascii=False)
    if indent is None:
        return text if text.isprintable() else _escaped(text)
    lines = text.split("\n")
    return "\n".join(line if line.isprintable() else _escaped(line) for line in lines)


def _escaped(text: str) -> str:
    """What does not print can only stand in texts, where an escape says the same."""
    escape: Callable[[str], str] = json.dumps
    return "".join(char if char.isprintable() else escape(char)[1:-1] for char in text)
