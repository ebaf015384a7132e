"""The proof of a result: the new text, parsed, differs from the old one by the planned edits and no more."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.errors import InputError, VerificationError
from calico_core.json import scanning
from calico_core.json.pointers import key_of
from calico_core.spans import Spliced, apply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_core.spans import Edit
    from calico_migrate.marathon.definitions import Definition, Discarded

_by_start = attrgetter("start")


class Proof:
    """Builds the new text out of pieces that are proved one by one.

    A piece is the new text of an edited value: it must be one JSON value, and exactly the one that the
    planned edits make of the old value. Between the pieces stands the old text. As that was read as JSON
    from one end to the other, so then is the new text, with these values in these places. A piece is the
    value of a member of a definition, where the text leaves no doubt of the places of all members that are
    edited, and else the whole definition.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._pieces: list[tuple[int, int, str]] = []

    def add(self, definition: Definition, edits: Sequence[Edit]) -> None:
        """Proves the new text of one definition; definitions come in the order of their places.

        Changes the parsed value to the one expected. Raises VerificationError where the edits do something
        else than they say.
        """
        pointer = definition.pointer()
        base, value = len(pointer), definition.value
        for start, end, within, holder, key in _edited_members(definition, edits, base):
            piece = apply(self._text, within, start, end)
            apply_operations(value, within, base)
            expected = definition.whole if holder is None else holder[key]
            try:
                result, result_end = scanning.scan(piece, 0)
            except InputError as error:
                raise _fault(f"{pointer}, which {error.message}") from error
            if result_end != len(piece) or result != expected:
                raise _fault(pointer)
            self._pieces.append((start, end, piece))

    def build(self, discarded: Sequence[Discarded]) -> Spliced:
        """The new text; ``discarded`` are spans in which nothing is edited after all."""
        pieces = self._pieces
        if discarded:
            pieces = [
                piece for piece in pieces if not any(span.start <= piece[0] < span.end for span in discarded)
            ]
        return Spliced(self._text, pieces)


class _Edited(NamedTuple):
    """A span that holds these edits: the value of ``holder[key]``, without a holder the whole definition."""

    start: int
    end: int
    edits: Sequence[Edit]
    holder: Any = None
    key: int | str = ""


def _edited_members(definition: Definition, edits: Sequence[Edit], base: int) -> list[_Edited]:
    """The members whose values hold the edits, in the order of their places.

    They are the deepest ones for an edit that is alone in a member of the definition. That is the whole
    definition where they are not certain. ``base`` is the length of its own pointer.
    """
    by_key: dict[str, list[Edit]] = {}
    for edit in edits:
        key, inside, _ = edit.pointer[base + 1 :].partition("/")
        by_key.setdefault(key if inside else "", []).append(edit)
    found = []
    if not definition.inside:
        for key, within in by_key.items():
            path = key if len(within) > 1 else within[0].pointer[base + 1 :].rpartition("/")[0]
            member = _edited_member(definition, path, within)
            if member is None:
                break
            found.append(member)
        else:
            return sorted(found, key=_by_start) if len(found) > 1 else found
    return [_Edited(definition.start, definition.end, edits)]


def _edited_member(definition: Definition, path: str, edits: Sequence[Edit]) -> _Edited | None:
    """The member at this path, or the next one around it, which holds the edits; None without a certain one.

    A path is a pointer without its first slash.
    """
    start = -1
    while path:
        around, _, key = path.rpartition("/")
        start = -1 if key.isdecimal() else definition.sole_member(key)
        if start >= 0:
            break
        path = around
    if start < 0:
        return None
    value, end = scanning.scan(definition.text, start)
    try:
        holder, last = target(definition.value, path)
        if value != holder[last]:
            return None
    except (LookupError, TypeError, ValueError):
        return None
    for edit in edits:
        if edit.start < start or edit.end > end:
            return None
    return _Edited(start, end, edits, holder, last)


def rebuilt(text: str, edits: Sequence[Edit]) -> str:
    """The new text of a whole document of which only some edits are made; raises VerificationError."""
    after = apply(text, edits)
    document = scanning.loads(text)
    apply_operations(document, edits, 0)
    if scanning.loads(after) != document:
        raise _fault("")
    return after


def apply_operations(value: Any, edits: Sequence[Edit], base: int) -> None:
    """Does to a parsed definition what the edits say; ``base`` is the length of its own pointer.

    The same order as in a JSON Patch: what is taken out of arrays goes last, from the end.
    """
    removed: list[Edit] = []
    for edit in edits:
        if edit.operation == "remove":
            removed.append(edit)
        elif edit.rule:
            holder, key = target(value, edit.pointer[base + 1 :])
            holder[key] = edit.new
    for edit in sorted(removed, key=lambda edit: edit.start, reverse=True):
        if edit.rule:
            holder, key = target(value, edit.pointer[base + 1 :])
            del holder[key]


def target(value: Any, pointer: str) -> tuple[Any, int | str]:
    """The object or array that holds what a pointer (without its first slash) names, and the key or index."""
    *steps, last = pointer.split("/")
    for step in steps:
        value = value[int(step) if isinstance(value, list) else key_of(step)]
    return value, int(last) if isinstance(value, list) else key_of(last)


def _fault(pointer: str) -> VerificationError:
    return VerificationError(
        f"the result is not what was planned at {pointer or 'the top'}; nothing is written"
        " (this is a fault of the tool, please report it)"
    )
