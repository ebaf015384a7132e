"""JSON in a block scalar: its text without the indentation, and the way back to the file's offsets."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from calico_core.json import scanning
from calico_migrate.marathon.notation import Change, UnwritableError
from calico_migrate.marathon.yaml import layout

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from calico_core.json.pointers import Path
    from calico_core.yaml.nodes import Node
    from calico_migrate.marathon.notation import Adopted, Notation


class BlockText:
    """The lines of a block scalar. Raises UnwritableError where they are no JSON line by line."""

    def __init__(self, source: str, node: Node) -> None:
        start = layout.line_end(source, layout.content(source, node))
        start += len(layout.newline(source, start)) if start < len(source) else 0
        lines = source[start : node.end].splitlines(keepends=True)
        first = next((line for line in lines if line.strip()), "")
        self.indent = first[: len(first) - len(first.lstrip(" "))]
        # Where each line begins here and, behind its indentation, in the file.
        self._starts: list[int] = []
        self._places: list[int] = []
        parts: list[str] = []
        offset = 0
        for line in lines:
            blank = min(len(self.indent), len(line) - len(line.lstrip(" ")))
            self._starts.append(offset)
            self._places.append(start + blank)
            parts.append(line[blank:])
            offset += len(line) - blank
            start += len(line)
        self.text = "".join(parts)
        self.value: Any = scanning.loads(self.text)
        # A folded text joins lines, which JSON does not mind outside of its own texts.
        if self.value != scanning.loads(node.text):
            raise UnwritableError("its lines are folded within a text of the JSON")

    def source(self, offset: int) -> int:
        """The offset in the file of an offset in `text`."""
        line = bisect_right(self._starts, offset) - 1
        return self._places[line] + offset - self._starts[line]

    def moved(self, change: Change) -> Change:
        """A change of `text` as one of the file."""
        replacement = change.replacement.replace("\n", "\n" + self.indent)
        return Change(self.source(change.start), self.source(change.end), replacement)


class BlockNotation:
    """The notation of a JSON definition in a block scalar: that of its text, moved to the file."""

    def __init__(self, inner: Notation, block: BlockText) -> None:
        self._inner = inner
        self._block = block

    def offset(self, path: Path) -> int:
        """In the file."""
        return self._block.source(self._inner.offset(path))

    def rename(self, path: Path, old: str, new: str) -> Change:
        """In the file."""
        return self._block.moved(self._inner.rename(path, old, new))

    def replace(self, path: Path, value: Any) -> Change:
        """In the file."""
        return self._block.moved(self._inner.replace(path, value))

    def insert(self, path: Path, key: str, value: Any, *, after: str) -> Change:
        """In the file."""
        return self._block.moved(self._inner.insert(path, key, value, after=after))

    def append_member(self, path: Path, key: str, value: Any) -> Change:
        """In the file."""
        return self._block.moved(self._inner.append_member(path, key, value))

    def append_elements(self, path: Path, values: Sequence[Any]) -> Change:
        """In the file."""
        return self._block.moved(self._inner.append_elements(path, values))

    def adopt(self, path: Path, key: str, members: Sequence[Adopted]) -> Change:
        """In the file."""
        return self._block.moved(self._inner.adopt(path, key, members))

    def extend(self, path: Path, members: dict[str, Any]) -> Change:
        """In the file."""
        return self._block.moved(self._inner.extend(path, members))

    def take_element(self, path: Path, index: int) -> Change:
        """In the file."""
        return self._block.moved(self._inner.take_element(path, index))

    def cut_elements(self, path: Path, removed: Collection[int]) -> list[Change]:
        """In the file."""
        return [self._block.moved(change) for change in self._inner.cut_elements(path, removed)]

    def cut_members(self, path: Path, removed: Collection[str]) -> list[Change]:
        """In the file."""
        return [self._block.moved(change) for change in self._inner.cut_members(path, removed)]
