"""The one span editor: typed replacements in a text, and the way from offsets to lines and columns.

Offsets count code points of the decoded text, so that a column is an offset's distance from its line's
start. A text is decoded from UTF-8 without any translation and encodes back to the same bytes.
"""

# No annotations as texts here: `NamedTuple` would compile each at every start.
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from operator import itemgetter
from typing import Any, Literal, NamedTuple

from calico_core.errors import VerificationError

Operation = Literal["add", "replace", "remove", "move"]


class Span(NamedTuple):
    """``text[start:end]``: a half-open range of offsets, in code points."""

    start: int
    end: int


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


_BLOCK = 4096
"""How many characters `Lines` looks into for one answer."""


class Position(NamedTuple):
    """A place in a text; line and column count from 1, columns in code points."""

    line: int
    column: int


class Lines:
    """Turns offsets of one text into positions. A line ends with LF; CR LF counts as one end.

    How many lines end before each block of the text is kept, so that an answer costs no more than a look
    into one block, in whatever order answers are asked for and however long the lines are. Near the last
    answer, lines are counted from there.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._ended = [0]
        # What `number` was asked last, and its answer.
        self._asked, self._line = 0, 1
        self._starts: list[int] | None = None

    def position(self, offset: int) -> Position:
        """The position of ``offset``."""
        number, start = self.number(offset), self.start(offset)
        # A byte order mark is no character that anybody sees, so that it does not shift the columns.
        mark = 1 if start == 0 and self._text.startswith("\ufeff") and offset > 0 else 0
        return Position(number, offset - start + 1 - mark)

    def start(self, offset: int) -> int:
        """Where the line of ``offset`` begins."""
        since = offset - _BLOCK if offset > _BLOCK else 0
        return self._text.rfind("\n", since, offset) + 1 or self._start_before(offset // _BLOCK)

    def number(self, offset: int) -> int:
        """The line of ``offset``, counted from 1."""
        last = self._asked
        ahead = offset - last
        if 0 <= ahead <= _BLOCK:
            self._line += self._text.count("\n", last, offset)
        elif -_BLOCK // 4 <= ahead < 0:
            self._line -= self._text.count("\n", offset, last)
        else:
            self._line = self._number(offset)
        self._asked = offset
        return self._line

    def _number(self, offset: int) -> int:
        ended, block = self._ended, offset // _BLOCK
        since = block * _BLOCK
        if block + 1 >= len(ended):
            self._read(block + 1)
        if offset < since + _BLOCK // 2:
            return ended[block] + self._text.count("\n", since, offset) + 1
        return ended[block + 1] - self._text.count("\n", offset, since + _BLOCK) + 1

    def offset(self, line: int, column: int = 1) -> int:
        """The offset of a position; of a line that the text does not have, the text's end."""
        if self._starts is None:
            text = self._text
            starts, start = [0], text.find("\n") + 1
            while start:
                starts.append(start)
                start = text.find("\n", start) + 1
            self._starts = starts
        if line > len(self._starts):
            return len(self._text)
        start = self._starts[line - 1]
        mark = 1 if start == 0 and self._text.startswith("\ufeff") else 0
        return min(start + mark + column - 1, len(self._text))

    def _read(self, last: int) -> None:
        """Counts the lines that end in the blocks before this one."""
        count, ended = self._text.count, self._ended
        starts = range((len(ended) - 1) * _BLOCK, last * _BLOCK, _BLOCK)
        found = [count("\n", start, start + _BLOCK) for start in starts]
        ended += islice(accumulate(found, initial=ended[-1]), 1, None)

    def _start_before(self, block: int) -> int:
        """Where the line begins in which a block begins: behind the last line end of the blocks before."""
        ended = self._ended
        if block >= len(ended):
            self._read(block)
        if ended[block] == 0:
            return 0
        holder = bisect_left(ended, ended[block]) - 1
        return self._text.rindex("\n", holder * _BLOCK, (holder + 1) * _BLOCK) + 1


def apply(text: str, edits: Sequence[Edit], start: int = 0, end: int | None = None) -> str:
    """The text, or its part from ``start`` to ``end``, with all edits done; the rest is kept as it is.

    The edits may come in any order. Raises VerificationError where two of them overlap or one leaves
    the text or part: that is a fault of the planner, never of the input.
    """
    parts: list[str] = []
    done, limit = start, len(text) if end is None else end
    for edit in edits if len(edits) == 1 else sorted(edits, key=by_place):
        if edit.start < done or edit.end < edit.start or edit.end > limit:
            raise VerificationError(f"planned edits overlap at {edit.pointer} (this is a fault of the tool)")
        parts.append(text[done : edit.start])
        parts.append(edit.replacement)
        done = edit.end
    parts.append(text[done:limit])
    return "".join(parts)


class Spliced:
    """A text in which spans are replaced: ``pieces`` are start, end and new text, by their places.

    It is made as one text only where somebody asks for that; a large one is written part by part.
    """

    __slots__ = ("_pieces", "_text")

    def __init__(self, text: str, pieces: Sequence[tuple[int, int, str]] = ()) -> None:
        self._text = text
        self._pieces = pieces

    def parts(self) -> Iterator[str]:
        """The whole text, part by part."""
        text, done = self._text, 0
        for start, end, piece in self._pieces:
            yield text[done:start]
            yield piece
            done = end
        yield text[done:] if done else text

    def __str__(self) -> str:
        return "".join(self.parts())


by_place = itemgetter(0, 1)
"""Sorts edits by their start, then by their end."""
