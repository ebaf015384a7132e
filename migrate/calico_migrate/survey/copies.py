"""Copies that an editor or a person put beside a file."""

from __future__ import annotations

_ENDINGS = (".bak", ".orig", "~", ".old", ".save", ".swp")


def original_of(path: str) -> str | None:
    """The path of what a file is a copy of, by the copy's own name; None for a file that is no copy."""
    folded = path.lower()
    for ending in _ENDINGS:
        if folded.endswith(ending):
            return path[: -len(ending)]
    return None
