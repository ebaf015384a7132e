"""Definitions of a YAML text, each in the notation that it is written in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.errors import InputError
from calico_core.json import scanning
from calico_core.json.locating import Locator
from calico_migrate.marathon.definitions import Definition
from calico_migrate.marathon.notation import UnwritableError
from calico_migrate.marathon.parsed import recognition
from calico_migrate.marathon.yaml.blocks import BlockNotation, BlockText
from calico_migrate.marathon.yaml.notation import Touched, YamlNotation
from calico_migrate.marathon.yaml.places import Block, places
from calico_migrate.marathon.yaml.values import node_at

if TYPE_CHECKING:
    from collections.abc import Collection

    from calico_core.json.pointers import Path
    from calico_core.yaml.nodes import Document, Node
    from calico_migrate.marathon.notation import Notation


class YamlDefinition(Definition):
    """A definition in YAML. ``name`` is what it is called, ``node`` its node."""

    __slots__ = ("_yaml", "name", "node", "reach_all")

    def __init__(
        self,
        kind: str,
        value: dict[str, Any],
        path: Path,
        text: str,
        node: Node,
        name: str | None,
        aliased: Collection[int],
    ) -> None:
        super().__init__(kind, value, path, text, node.start, node.end, escaped=True)
        self.node = node
        self.name = name
        self.reach_all = bool(aliased)
        self._yaml = YamlNotation(text, node, aliased)

    @property
    def notation(self) -> Notation:
        """Where its parts stand in the text, and what changes of them do to it."""
        return self._yaml

    @property
    def touched(self) -> list[Touched]:
        """What the planned changes are about; paths begin at the document."""
        return [Touched(node, self.path + path) for node, path in self._yaml.touched]

    @property
    def has_escapes(self) -> bool:
        """Whether a letter may be spelled in two ways."""
        return "\\" in self.text[slice(*self.reach)]

    @property
    def has_any_escapes(self) -> bool:
        """YAML has escapes for every character."""
        return self.has_escapes

    @property
    def reach(self) -> tuple[int, int]:
        """The span in which its values stand: anywhere, where aliases bring some."""
        return (0, len(self.text)) if self.reach_all else (self.start, self.end)

    def offset(self, path: Path) -> int:
        """Where the value at ``path`` begins, or the nearest value around it that is there."""
        return self._yaml.nearest(path)


class BlockDefinition(Definition):
    """A definition in JSON in a block scalar: ``base`` is its path, and ``touched`` that scalar."""

    __slots__ = ("_block", "_inner", "base", "name", "touched")

    def __init__(self, inner: Definition, base: Path, block: BlockText, node: Node, name: str | None) -> None:
        super().__init__(
            inner.kind, inner.value, base + inner.path, inner.text, inner.start, inner.end, inner.escaped,
            inner.inside, inner.whole,
        )  # fmt: skip
        self._inner = inner
        self._block = block
        self.base = base
        self.name = name
        self.touched = [Touched(node, base)]

    @property
    def notation(self) -> Notation:
        """That of its JSON, moved to the file."""
        return BlockNotation(self._inner.notation, self._block)

    def offset(self, path: Path) -> int:
        """Where the value at ``path`` begins in the file."""
        return self._block.source(self._inner.offset(path))


class Held(NamedTuple):
    """JSON in a block scalar of a document: its path, its node, its value and its definitions."""

    path: Path
    value: Any
    definitions: list[BlockDefinition]


class Refused(NamedTuple):
    """A block scalar with a definition that cannot be changed: its node, its path, and why."""

    node: Node
    path: Path
    reason: str


class Found(NamedTuple):
    """What a document holds."""

    definitions: list[YamlDefinition]
    held: list[Held]
    refused: list[Refused]


def find(text: str, document: Document, value: Any, aliased: Collection[int]) -> Found:
    """The definitions of a document with this value."""
    found = Found([], [], [])
    for place in places(value):
        node = node_at(document.root, place.path).resolved
        if isinstance(place, Block):
            if node.style in ("|", ">"):
                _look_into(text, place, node, found)
            continue
        definition = YamlDefinition(place.kind, place.value, place.path, text, node, place.name, aliased)
        found.definitions.append(definition)
    return found


def _look_into(text: str, place: Block, node: Node, found: Found) -> None:
    try:
        block = BlockText(text, node)
    except InputError:
        return
    except UnwritableError as error:
        if any(recognition.places(scanning.loads(node.text), needs_id=False)):
            found.refused.append(Refused(node, place.path, error.reason))
        return
    locator = Locator(block.text, scanning.begin(block.text))
    escaped = scanning.has_numeric_escape(block.text)
    definitions = []
    for kind, path, value in recognition.places(block.value, needs_id=False):
        start, end = locator.span(path)
        inner = Definition(kind, value, path, block.text, start, end, escaped)
        name = recognition.identity(kind, value) or place.name
        definitions.append(BlockDefinition(inner, place.path, block, node, name))
    if definitions:
        found.held.append(Held(place.path, block.value, definitions))
