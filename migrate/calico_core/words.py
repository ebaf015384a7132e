"""Words that several rules share: lists that stay short, and how two ranges lie to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_core.addresses import Range

LONGEST_VALUE = 60


def listed(texts: Sequence[str], most: int = 3) -> str:
    """``a``, ``a and b``, ``a, b, c and 7 more``."""
    if len(texts) == 1:
        return texts[0]
    if len(texts) <= most:
        return ", ".join(texts[:-1]) + " and " + texts[-1]
    return ", ".join(texts[:most]) + f" and {len(texts) - most} more"


def joined(texts: Sequence[str], most: int) -> str:
    """``a, b``, or ``a, b and 7 more`` where there are more than so many; a list, no sentence."""
    rest = len(texts) - most
    return ", ".join(texts[:most]) + (f" and {rest} more" if rest > 0 else "")


def shown(text: str) -> str:
    """A value as it is quoted in a message: one line, not too long."""
    return flat(text, LONGEST_VALUE)


def flat(text: str, longest: int) -> str:
    """A text in one line of at most so many characters; what does not print is escaped."""
    text = text[: longest + 1]
    if not text.isprintable():
        text = text.encode("unicode_escape").decode("ascii")
    return text if len(text) <= longest else text[: longest - 1] + "…"


def relation(ours: Range, theirs: Range) -> str:
    """``equals``, ``contains``, ``lies inside`` or ``overlaps``: how ours lies to theirs."""
    if ours.first == theirs.first and ours.last == theirs.last:
        return "equals"
    if ours.first <= theirs.first and theirs.last <= ours.last:
        return "contains"
    if theirs.first <= ours.first and ours.last <= theirs.last:
        return "lies inside"
    return "overlaps"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """``1 node``, ``3 nodes``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
