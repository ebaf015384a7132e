"""The nearest known names to a misspelt one: the one place to ask, for rules, fields, apps and labels."""

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

    The known names are in lower case with underscores.

    The same letters in another case or with other separators win over everything else. Names of more than
    a hundred characters are like nothing.
    """
    if len(name) > LONGEST_NAME:
        return None
    wanted = normalised(name)
    best, best_ratio = None, cutoff
    for candidate in known:
        if candidate == wanted:
            return candidate
        if _is_possible(wanted, candidate, best_ratio):
            # Imported late: most names are like nothing, and difflib takes a while to load.
            from difflib import SequenceMatcher

            ratio = SequenceMatcher(None, candidate, wanted, autojunk=False).ratio()
            if ratio > best_ratio:
                best, best_ratio = candidate, ratio
    return best


def nearest_ones(name: str, known: Iterable[str], most: int = 3, cutoff: float = CUTOFF) -> list[str]:
    """The known names that are like ``name`` as it is written, the most alike first."""
    from difflib import get_close_matches

    return get_close_matches(name[:LONGEST_NAME], list(known), most, cutoff)


def _is_possible(first: str, second: str, ratio: float) -> bool:
    """Whether `SequenceMatcher.ratio` of the two can be above ``ratio``, by lengths and letters alone."""
    total = len(first) + len(second)
    if 2 * min(len(first), len(second)) <= ratio * total:
        return False
    common = sum(min(first.count(letter), second.count(letter)) for letter in set(first))
    return 2 * common > ratio * total
