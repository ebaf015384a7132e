"""The one span editor: typed replacements in a text, and the way from offsets to lines and columns.

Offsets count code points of the decoded text, so that a column is an offset's distance from its line's
start. A text is decoded from UTF-8 without any translation and encodes back to the same bytes.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from calico_core.errors import VerificationError

if TYPE_CHECKING:
    from collections.abc import Sequence


Operation = Literal["add", "replace", "remove", "move"]


class Edit(NamedTuple):
    """One planned replacement of ``text[start:end]`` by ``replacement``.

    ``pointer`` is the RFC 6901 pointer of the value (for a template: of the place in the rendered
    document), ``old`` and ``new`` are JSON values, None for what is inserted or removed.
    ``operation`` is the RFC 6902 operation that does the same to the parsed document, and ``guard`` the
    pointer and value that its ``test`` looks at, where that is not the edited value itself (an added
    member has none yet). A ``move`` has the pointer it comes from in ``old``. An edit without a rule
    belongs to the one before it and is not reported by itself.
    """

    start: int
    end: int
    replacement: str
    rule: str
    pointer: str
    old: Any
    new: Any
    operation: Operation = "replace"
    guard: tuple[str, Any] | None = None


class Position(NamedTuple):
    """A place in a text; line and column count from 1, columns in code points."""

    line: int
    column: int


class Lines:
    """Turns offsets of one text into positions. A line ends with LF; CR LF counts as one end."""

    def __init__(self, text: str) -> None:
        self._text = text
        # Line starts that are known, rising, and their numbers: an answer begins at the nearest before it.
        self._starts = [0]
        self._numbers = [1]

    def position(self, offset: int) -> Position:
        """The position of ``offset``; costs its distance from the nearest place that was asked for before."""
        text, starts = self._text, self._starts
        known = len(starts) if offset >= starts[-1] else bisect_right(starts, offset)
        start, number = starts[known - 1], self._numbers[known - 1]
        last = text.rfind("\n", start, offset)
        if last >= 0:
            number += text.count("\n", start, offset)
            start = last + 1
            starts.insert(known, start)
            self._numbers.insert(known, number)
        # A byte order mark is no character that anybody sees, so that it does not shift the columns.
        mark = 1 if start == 0 and text.startswith("\ufeff") and offset > 0 else 0
        return Position(number, offset - start + 1 - mark)


def apply(text: str, edits: Sequence[Edit], start: int = 0, end: int | None = None) -> str:
    """The text, or its part from ``start`` to ``end``, with all edits done; the rest is kept as it is.

    The edits may come in any order. Raises VerificationError where two of them overlap or one leaves
    the text or part: that is a fault of the planner, never of the input.
    """
    parts: list[str] = []
    done, limit = start, len(text) if end is None else end
    for edit in sorted(edits, key=_by_place) if len(edits) > 1 else edits:
        if edit.start < done or edit.end < edit.start or edit.end > limit:
            raise VerificationError(f"planned edits overlap at {edit.pointer} (this is a fault of the tool)")
        parts.append(text[done : edit.start])
        parts.append(edit.replacement)
        done = edit.end
    parts.append(text[done:limit])
    return "".join(parts)


def _by_place(edit: Edit) -> tuple[int, int]:
    return edit.start, edit.end
