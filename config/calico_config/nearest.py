"""The nearest known name to a misspelt one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

CUTOFF = 0.6
LONGEST_NAME = 100


def normalised(name: str) -> str:
    """A name without what people vary: case, hyphens, dots, spaces."""
    return name.strip().lower().replace("-", "_").replace(".", "_").replace(" ", "_")


def nearest(name: str, known: Iterable[str], cutoff: float = CUTOFF) -> str | None:
    """The known name that is most like ``name``; None where none is like it.

    The same letters in another case or with other separators win over everything else. Names of more than
    a hundred characters are like nothing.
    """
    if len(name) > LONGEST_NAME:
        return None
    from difflib import SequenceMatcher

    wanted = normalised(name)
    best, best_ratio = None, cutoff
    matcher = SequenceMatcher(None, "", wanted, autojunk=False)
    for candidate in known:
        if normalised(candidate) == wanted:
            return candidate
        matcher.set_seq1(candidate)
        if matcher.real_quick_ratio() <= best_ratio or matcher.quick_ratio() <= best_ratio:
            continue
        ratio = matcher.ratio()
        if ratio > best_ratio:
            best, best_ratio = candidate, ratio
    return best
