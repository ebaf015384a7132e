"""From nodes to plain values as PyYAML's safe constructor makes them: merge keys, last key wins, tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calico_config.document.scalars import (
    ScalarError,
    Unsupported,
    construct_scalar,
    tag_of,
    tag_of_collection,
)
from calico_core.yaml.nodes import PREFIX

if TYPE_CHECKING:
    from calico_core.json.pointers import Path
    from calico_core.yaml.nodes import Node

_SCALAR_TAGS = frozenset({"str", "null", "bool", "int", "float", "timestamp", "binary"})
_COLLECTION_TAGS = frozenset({"seq", "omap", "pairs", "map", "set"})


class Duplicate(NamedTuple):
    """A key that stands several times in one mapping; the last one wins.

    ``path`` leads to the mapping, ``key`` is the key's text, ``first`` and ``last`` are its places as
    offsets in code points.
    """

    path: Path
    key: str
    first: int
    last: int


class NodeError(Exception):
    """PyYAML's constructor refuses ``node``, which stands in ``mapping`` where that is named too."""

    def __init__(self, message: str, node: Node, mapping: Node | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.node = node
        self.mapping = mapping


class Pair(NamedTuple):
    """One key of a mapping with its value, after merging: ``merged`` where it came through ``<<``."""

    key: Any
    value: Any
    key_node: Node
    value_node: Node
    merged: bool


class Constructor:
    """Makes values of nodes; anchored nodes are made once, and a node inside itself is recognised."""

    def __init__(self) -> None:
        self._made: dict[int, Any] = {}
        self._active: set[int] = set()
        self.duplicates: list[Duplicate] = []

    def value(self, node: Node, path: Path = ()) -> Any:
        """The value of ``node``, which stands at ``path``. Raises NodeError where PyYAML raises."""
        if node.target is not None:
            node = node.target
        if node.kind == "scalar":
            tag = tag_of(node)
            return node.text if tag == "str" else self._scalar(node, tag)
        if id(node) in self._made:
            return self._made[id(node)]
        if id(node) in self._active:
            return Unsupported("a value that contains itself")
        self._active.add(id(node))
        try:
            made = self._sequence(node, path) if node.kind == "sequence" else self._mapping(node, path)
        finally:
            self._active.discard(id(node))
        self._made[id(node)] = made
        return made

    def pairs(self, node: Node, path: Path = ()) -> list[Pair]:
        """A mapping's pairs in PyYAML's order: merged ones first, so that the mapping's own keys win."""
        self._active.add(id(node))
        own: list[Pair] = []
        merges: list[Node] = []
        seen: dict[Any, list[int]] = {}
        for key_node, value_node in node.children:
            named = key_node.resolved
            key: Any
            tag = tag_of(named) if named.kind == "scalar" else None
            if tag == "str" or tag == "value":
                key = named.text
            elif tag == "merge":
                merges.append(value_node.resolved)
                continue
            else:
                key = self._key(key_node, node)
            if value_node.kind == "scalar":
                value = self.value(value_node)
            else:
                value = self.value(value_node, (*path, key if isinstance(key, str) else str(key)))
            own.append(Pair(key, value, key_node, value_node, merged=False))
            seen.setdefault(key, []).append(key_node.start)
        if len(seen) < len(own):
            self.duplicates.extend(
                Duplicate(path, str(key), places[0], places[-1])
                for key, places in seen.items()
                if len(places) > 1
            )
        if not merges:
            return own
        merged = [pair for source in merges for pair in self._merge(source, path, node)]
        return [*merged, *own]

    def _scalar(self, node: Node, tag: str) -> Any:
        if tag in _SCALAR_TAGS:
            try:
                return construct_scalar(node.text, tag)
            except ScalarError as error:
                if error.kind == "crash":
                    return Unsupported(tag, error.message)
                raise NodeError(error.message, node) from None
        if tag in _COLLECTION_TAGS:
            wanted = "mapping" if tag in {"map", "set"} else "sequence"
            raise NodeError(f"expected a {wanted} node, but found scalar", node)
        raise _unknown_tag(node, tag)

    def _sequence(self, node: Node, path: Path) -> Any:
        tag = tag_of_collection(node, "seq")
        if tag == "seq":
            return [self.value(child, (*path, index)) for index, child in enumerate(node.children)]
        if tag in {"omap", "pairs"}:
            if any(
                child.resolved.kind != "mapping" or len(child.resolved.children) != 1
                for child in node.children
            ):
                raise NodeError("expected a mapping of length 1", node)
            # Merge keys mean nothing here: PyYAML takes the pair as it stands.
            singles = [child.resolved.children[0] for child in node.children]
            return [(self.value(key), self.value(value)) for key, value in singles]
        if tag in _SCALAR_TAGS:
            raise NodeError("expected a scalar node, but found sequence", node)
        if tag in {"map", "set"}:
            raise NodeError("expected a mapping node, but found sequence", node)
        raise _unknown_tag(node, tag)

    def _mapping(self, node: Node, path: Path) -> Any:
        tag = tag_of_collection(node, "map")
        if tag in {"seq", "omap", "pairs"}:
            raise NodeError("expected a sequence node, but found mapping", node)
        if tag in _SCALAR_TAGS:
            return self._scalar_of_mapping(node, tag)
        if tag not in {"map", "set"}:
            raise _unknown_tag(node, tag)
        made = {pair.key: pair.value for pair in self.pairs(node, path)}
        return Unsupported("set") if tag == "set" else made

    def _scalar_of_mapping(self, node: Node, tag: str) -> Any:
        """A mapping that is tagged as a scalar: PyYAML takes the value of its key ``=``."""
        for key, value in node.children:
            inner = value.resolved
            if key.kind == "scalar" and tag_of(key) == "value" and inner.kind == "scalar":
                try:
                    return construct_scalar(inner.text, tag)
                except ScalarError as error:
                    if error.kind == "crash":
                        return Unsupported(tag, error.message)
                    raise NodeError(error.message, node) from None
        raise NodeError("expected a scalar node, but found mapping", node)

    def _merge(self, node: Node, path: Path, mapping: Node) -> list[Pair]:
        if node.kind == "mapping":
            sources = [node]
        elif node.kind == "sequence":
            sources = [child.resolved for child in reversed(node.children)]
            for source in sources:
                if source.kind != "mapping":
                    message = f"expected a mapping for merging, but found {source.kind}"
                    raise NodeError(message, source, mapping)
        else:
            message = f"expected a mapping or list of mappings for merging, but found {node.kind}"
            raise NodeError(message, node, mapping)
        # A mapping that merges itself adds nothing to itself.
        return [
            pair._replace(merged=True)
            for source in sources
            if id(source) not in self._active
            for pair in self._pairs_quietly(source, path)
        ]

    def _pairs_quietly(self, node: Node, path: Path) -> list[Pair]:
        known = len(self.duplicates)
        try:
            return self.pairs(node, path)
        finally:
            # The merged mapping's own duplicates are listed where it stands.
            del self.duplicates[known:]
            self._active.discard(id(node))

    def _key(self, node: Node, mapping: Node) -> Any:
        named = node.resolved
        shape = {"mapping": "map", "sequence": "seq"}.get(named.kind)
        tag = tag_of(named) if shape is None else tag_of_collection(named, shape)
        if tag in _COLLECTION_TAGS:
            # PyYAML makes such a key empty first, and looks at what is in it later.
            raise NodeError("found unhashable key", named, mapping)
        return self.value(node)


def _unknown_tag(node: Node, tag: str) -> NodeError:
    full = tag if tag.startswith(("!", "tag:")) else PREFIX + tag
    return NodeError(f"could not determine a constructor for the tag '{full}'", node)
