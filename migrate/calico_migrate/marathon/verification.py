"""The proof of a result: the new text, parsed, differs from the old one by the planned edits and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_core.errors import InputError, VerificationError
from calico_core.spans import apply
from calico_migrate.jsontext import scanning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_core.spans import Edit
    from calico_migrate.marathon.definitions import Definition, Discarded


class Proof:
    """Builds the new text out of pieces that are proved one by one.

    A piece is the new text of an edited definition: it must be one JSON value, and exactly the one that the
    planned edits make of the old value. Between the pieces stands the old text. As that was read as JSON
    from one end to the other, so then is the new text, with these values in these places.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._pieces: list[tuple[int, int, str]] = []

    def add(self, definition: Definition, edits: Sequence[Edit]) -> None:
        """Proves the new text of one definition; definitions come in the order of their places.

        Changes the parsed value to the one expected. Raises VerificationError where the edits do something
        else than they say.
        """
        start, end, pointer = definition.start, definition.end, definition.pointer()
        piece = apply(self._text, edits, start, end)
        apply_operations(definition.value, edits, len(pointer))
        try:
            result, result_end = scanning.scan(piece, 0)
        except InputError as error:
            raise _fault(f"{pointer}, which {error.message}") from error
        if result_end != len(piece) or result != definition.whole:
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


def apply_operations(value: Any, edits: Sequence[Edit], base: int) -> None:
    """Does to a parsed definition what the edits say; ``base`` is the length of its own pointer.

    The same order as in a JSON Patch: what is taken out of arrays goes last, from the end.
    """
    kept = [edit for edit in edits if edit.operation != "remove"]
    removed = [edit for edit in edits if edit.operation == "remove"]
    for edit in (*kept, *sorted(removed, key=lambda e: e.start, reverse=True)):
        if not edit.rule:
            continue
        *steps, last = edit.pointer[base + 1 :].split("/")
        target: Any = value
        for step in steps:
            target = target[_step(target, step)]
        key = _step(target, last)
        if edit.operation == "remove":
            del target[key]
        else:
            target[key] = edit.new


def _step(target: Any, step: str) -> Any:
    return int(step) if isinstance(target, list) else step.replace("~1", "/").replace("~0", "~")


def _fault(pointer: str) -> VerificationError:
    return VerificationError(
        f"the result is not what was planned at {pointer or 'the top'}; nothing is written"
        " (this is a fault of the tool, please report it)"
    )
