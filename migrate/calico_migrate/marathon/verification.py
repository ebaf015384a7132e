"""The proof of a result: the new text, parsed, differs from the old one by the planned edits and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_core.errors import InputError, VerificationError
from calico_core.json import scanning
from calico_core.json.pointers import key_of
from calico_core.spans import apply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_core.spans import Edit
    from calico_migrate.marathon.definitions import Definition, Discarded


class Proof:
    """Builds the new text out of pieces that are proved one by one.

    A piece is the new text of an edited value: it must be one JSON value, and exactly the one that the
    planned edits make of the old value. Between the pieces stands the old text. As that was read as JSON
    from one end to the other, so then is the new text, with these values in these places. A piece is the one
    member of a definition that holds all of its edits, where the text leaves no doubt of that member's place,
    and else the whole definition.
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
        member = _edited_member(definition, edits, len(pointer))
        key, start, end = member or ("", definition.start, definition.end)
        piece = apply(self._text, edits, start, end)
        apply_operations(definition.value, edits, len(pointer))
        expected = definition.value[key] if member else definition.whole
        try:
            result, result_end = scanning.scan(piece, 0)
        except InputError as error:
            raise _fault(f"{pointer}, which {error.message}") from error
        if result_end != len(piece) or result != expected:
            raise _fault(pointer)
        self._pieces.append((start, end, piece))

    def build(self, discarded: Sequence[Discarded]) -> str:
        """The new text; ``discarded`` are spans in which nothing is edited after all."""
        text, parts, done = self._text, [], 0
        for start, end, piece in self._pieces:
            if not any(span.start <= start < span.end for span in discarded):
                parts += [text[done:start], piece]
                done = end
        return "".join([*parts, text[done:]])


def _edited_member(definition: Definition, edits: Sequence[Edit], base: int) -> tuple[str, int, int] | None:
    """The key and the span of the member whose value holds all edits; None where that is not certain.

    ``base`` is the length of the definition's own pointer.
    """
    key, inside, _ = edits[0].pointer[base + 1 :].partition("/")
    place = definition.sole(key) if inside and key in definition.value and not definition.inside else -1
    if place < 0:
        return None
    text = definition.text
    start = scanning.value_offset(text, place + len(key) + 2)
    value, end = scanning.scan(text, start)
    if value != definition.value[key]:
        return None
    for edit in edits:
        if edit.start < start or edit.end > end or not edit.pointer.startswith(key + inside, base + 1):
            return None
    return key, start, end


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
    for edit in sorted(removed, key=lambda e: e.start, reverse=True):
        if edit.rule:
            holder, key = target(value, edit.pointer[base + 1 :])
            del holder[key]


def target(value: Any, pointer: str) -> tuple[Any, int | str]:
    """The object or array that holds what a pointer (without its first slash) names, and the key or index."""
    *steps, last = pointer.split("/")
    for step in steps:
        value = value[_step(value, step)]
    return value, _step(value, last)


def _step(target: Any, step: str) -> int | str:
    if isinstance(target, list):
        return int(step)
    return key_of(step)


def _fault(pointer: str) -> VerificationError:
    return VerificationError(
        f"the result is not what was planned at {pointer or 'the top'}; nothing is written"
        " (this is a fault of the tool, please report it)"
    )
