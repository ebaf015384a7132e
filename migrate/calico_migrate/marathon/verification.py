"""The proof of a result: the new text, parsed, differs from the old one by the planned edits and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_core.errors import InputError, VerificationError

from calico_migrate.marathon.definitions import Discarded, Walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_core.spans import Edit

    from calico_migrate.jsontext.locating import Path
    from calico_migrate.marathon.definitions import Definition


class Proof:
    """Collects what each edited definition must become, then compares with the new text.

    The new text is walked from its beginning. An edited definition must parse to the expected value;
    everything else must be the same characters in the same order.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._expected: dict[int, tuple[int, Path, Any]] = {}

    def expect(self, definition: Definition, edits: Sequence[Edit]) -> None:
        """Notes the value that the definition must have afterwards; changes the parsed value for it."""
        value = definition.value
        base = len(definition.pointer())
        apply_operations(value, edits, base)
        self._expected[definition.start] = (definition.end, definition.path, value)

    def discard(self, spans: Sequence[Discarded]) -> None:
        """Forgets what was noted inside earlier duplicates of a key: nothing is edited there."""
        for span in spans:
            for start in [start for start in self._expected if span.start <= start < span.end]:
                del self._expected[start]

    def verify(self, after: str, edits: Sequence[Edit]) -> None:
        """Raises VerificationError where the new text is anything else than planned."""
        starts = sorted(self._expected)
        deltas = _deltas(edits, [(start, self._expected[start][0]) for start in starts])
        walk = Walk(after)
        pending = iter(starts)
        start = next(pending, None)
        shift = 0
        done = 0
        try:
            for definition in walk:
                if start is None or definition.start != start + shift:
                    continue
                end, path, value = self._expected[start]
                delta = deltas[start]
                same = after[done + shift : start + shift] == self._text[done:start]
                if not same or definition.path != path or definition.end != end + shift + delta:
                    raise _fault(definition.pointer())
                if definition.value != value:
                    raise _fault(definition.pointer())
                shift += delta
                done = end
                start = next(pending, None)
        except InputError as error:
            raise VerificationError(f"the result {error.message} (this is a fault of the tool)") from error
        if start is not None or after[done + shift :] != self._text[done:]:
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
