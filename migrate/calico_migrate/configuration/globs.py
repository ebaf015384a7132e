"""Patterns of paths, ids and rules."""

from __future__ import annotations

import re
from functools import lru_cache

_PART = re.compile(r"\*\*/|\*\*|\*|\?|\[!?[^\]]+\]|[^*?\[]+|\[")


@lru_cache(maxsize=1024)
def path_pattern(glob: str) -> re.Pattern[str]:
    """The pattern of a path's glob: ``*`` stays in a directory, ``**`` does not.

    What it matches, a file or a directory with all that is below, is matched by the whole pattern.
    """
    parts = [_translated(part, "[^/]") for part in _PART.findall(glob.rstrip("/").removeprefix("./"))]
    return re.compile("".join(parts) + r"(?:/.*)?\Z", re.DOTALL)


@lru_cache(maxsize=1024)
def name_pattern(glob: str) -> re.Pattern[str]:
    """The pattern of an id's or a rule's glob: ``*`` is everything, slashes too."""
    return re.compile("".join(_translated(part, ".") for part in _PART.findall(glob)) + r"\Z", re.DOTALL)


def _translated(part: str, one: str) -> str:
    if part == "**/":
        return "(?:.*/)?"
    if part == "**":
        return ".*"
    if part == "*":
        return f"{one}*"
    if part == "?":
        return one
    if part.startswith("[") and len(part) > 1:
        inside = part[1:-1].replace("\\", "\\\\")
        return f"[^{inside[1:]}]" if inside.startswith("!") else f"[{inside}]"
    return re.escape(part)
