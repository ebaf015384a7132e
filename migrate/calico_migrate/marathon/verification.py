"""The proof of a result: the new text, parsed, differs from the old one by the planned edits and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_core.errors import InputError, VerificationError

from calico_migrate.jsontext import scanning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_core.spans import Edit

    from calico_migrate.marathon.definitions import Definition, Discarded


class Proof:
    """Collects what each edited definition must become, then compares with the new text.

    Where an edited definition stood, the new text must hold a JSON value that is exactly the expected one;
    everything between must be the same characters in the same order. As the old text was read as JSON from
    one end to the other, so then is the new one, with these values in these places.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._expected: dict[int, tuple[int, str, Any]] = {}

    def expect(self, definition: Definition, edits: Sequence[Edit]) -> None:
        """Notes the value that the definition must have afterwards; changes the parsed value for it."""
        pointer = definition.pointer()
        value = definition.value
        apply_operations(value, edits, len(pointer))
        self._expected[definition.start] = (definition.end, pointer, definition.whole)

    def discard(self, spans: Sequence[Discarded]) -> None:
        """Forgets what was noted inside earlier duplicates of a key: nothing is edited there."""
        for span in spans:
            for start in [start for start in self._expected if span.start <= start < span.end]:
                del self._expected[start]

    def verify(self, after: str, edits: Sequence[Edit]) -> None:
        """Raises VerificationError where the new text is anything else than planned."""
        text = self._text
        starts = sorted(self._expected)
        deltas = _deltas(edits, [(start, self._expected[start][0]) for start in starts])
        shift = done = 0
        for start in starts:
            end, pointer, value = self._expected[start]
            if after[done + shift : start + shift] != text[done:start]:
                raise _fault(f"the text before {pointer}")
            try:
                result, result_end = scanning.scan(after, start + shift)
            except InputError as error:
                raise _fault(f"{pointer}, which {error.message}") from error
            shift += deltas[start]
            if result_end != end + shift or result != value:
                raise _fault(pointer)
            done = end
        if after[done + shift :] != text[done:]:
            raise _fault("the end")


def apply_operations(value: dict[str, Any], edits: Sequence[Edit], base: int) -> None:
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


def _deltas(edits: Sequence[Edit], spans: Sequence[tuple[int, int]]) -> dict[int, int]:
    """By how much the edits change the length of each span; every edit must lie in one of them."""
    deltas = {start: 0 for start, _ in spans}
    index = 0
    for edit in sorted(edits, key=lambda e: e.start):
        while index < len(spans) and edit.start >= spans[index][1]:
            index += 1
        if index == len(spans) or edit.start < spans[index][0]:
            raise _fault(edit.pointer)
        deltas[spans[index][0]] += len(edit.replacement) - (edit.end - edit.start)
    return deltas


def _fault(pointer: str) -> VerificationError:
    return VerificationError(
        f"the result is not what was planned at {pointer or 'the top'}; nothing is written"
        " (this is a fault of the tool, please report it)"
    )
