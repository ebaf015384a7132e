"""From nodes to plain values as PyYAML's safe constructor makes them: merge keys, last key wins, tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calico_config.reading_scalars import ScalarError, Unsupported, construct_scalar, resolve_tag

if TYPE_CHECKING:
    from calico_config.reading_nodes import Node

_PREFIX = "tag:yaml.org,2002:"
_SCALAR_TAGS = frozenset({"str", "null", "bool", "int", "float", "timestamp", "binary"})


class Duplicate(NamedTuple):
    """A key that stands several times in one mapping; the last one wins.

    ``path`` leads to the mapping, ``key`` is the key's text, ``first`` and ``last`` are its places as
    offsets in code points.
    """

    path: tuple[str | int, ...]
    key: str
    first: int
    last: int


class NodeError(Exception):
    """PyYAML's constructor refuses ``node``, and says where it stands."""

    def __init__(self, message: str, node: Node) -> None:
        super().__init__(message)
        self.message = message
        self.node = node


class Pair(NamedTuple):
    """One key of a mapping with its value, after merging: ``merged`` where it came through ``<<``."""

    key: Any
    value: Any
    key_node: Node
    value_node: Node
    merged: bool


def scalar_tag(node: Node) -> str:
    """The tag of a scalar without YAML's prefix; a local tag stays whole."""
    if node.tag is not None:
        return node.tag.removeprefix(_PREFIX)
    return resolve_tag(node.text) if node.plain else "str"


class Constructor:
    """Makes values of nodes; anchored nodes are made once, and a node inside itself is recognised."""

    def __init__(self) -> None:
        self._made: dict[int, Any] = {}
        self._active: set[int] = set()
        self.duplicates: list[Duplicate] = []

    def value(self, node: Node, path: tuple[str | int, ...] = ()) -> Any:
        """The value of ``node``. Raises NodeError where PyYAML raises."""
        node = node.resolved
        if node.kind == "scalar":
            return self._scalar(node)
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

    def _scalar(self, node: Node) -> Any:
        tag = scalar_tag(node)
        if tag in _SCALAR_TAGS:
            try:
                return construct_scalar(node.text, tag)
            except ScalarError as error:
                if error.kind == "crash":
                    return Unsupported(tag, error.message)
                raise NodeError(error.message, node) from None
        if tag in {"seq", "omap", "pairs", "map", "set"}:
            wanted = "mapping" if tag in {"map", "set"} else "sequence"
            raise NodeError(f"expected a {wanted} node, but found scalar", node)
        raise self._unknown_tag(node, tag)

    def _sequence(self, node: Node, path: tuple[str | int, ...]) -> Any:
        tag = self._collection_tag(node, "seq")
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
        raise self._unknown_tag(node, tag)

    def _mapping(self, node: Node, path: tuple[str | int, ...]) -> Any:
        tag = self._collection_tag(node, "map")
        if tag in {"seq", "omap", "pairs"}:
            raise NodeError("expected a sequence node, but found mapping", node)
        if tag in _SCALAR_TAGS:
            for key, value in node.children:
                if key.kind == "scalar" and scalar_tag(key) == "value" and value.resolved.kind == "scalar":
                    try:
                        return construct_scalar(value.resolved.text, tag)
                    except ScalarError as error:
                        if error.kind == "crash":
                            return Unsupported(tag, error.message)
                        raise NodeError(error.message, node) from None
            raise NodeError("expected a scalar node, but found mapping", node)
        if tag not in {"map", "set"}:
            raise self._unknown_tag(node, tag)
        made = {pair.key: pair.value for pair in self.pairs(node, path)}
        return Unsupported("set") if tag == "set" else made

    def pairs(self, node: Node, path: tuple[str | int, ...] = ()) -> list[Pair]:
        """A mapping's pairs in PyYAML's order: merged ones first, so that the mapping's own keys win."""
        self._active.add(id(node))
        own: list[Pair] = []
        first: dict[Any, Node] = {}
        last: dict[Any, Node] = {}
        for key_node, value_node in node.children:
            if key_node.resolved.kind == "scalar" and self._is_merge(key_node):
                continue
            key = self._key(key_node)
            step = key if isinstance(key, str) else str(key)
            value = self.value(value_node, (*path, step))
            own.append(Pair(key, value, key_node, value_node, merged=False))
            if key in first:
                last[key] = key_node
            else:
                first[key] = key_node
        self.duplicates.extend(
            Duplicate(path, str(key), first[key].start, key_node.start) for key, key_node in last.items()
        )
        merged: list[Pair] = []
        for key_node, value_node in node.children:
            if key_node.resolved.kind == "scalar" and self._is_merge(key_node):
                merged.extend(self._merge(value_node.resolved, path))
        return [*merged, *own]

    def _merge(self, node: Node, path: tuple[str | int, ...]) -> list[Pair]:
        if node.kind == "mapping":
            sources = [node]
        elif node.kind == "sequence":
            sources = [child.resolved for child in reversed(node.children)]
            for source in sources:
                if source.kind != "mapping":
                    raise NodeError(f"expected a mapping for merging, but found {source.kind}", source)
        else:
            raise NodeError(
                f"expected a mapping or list of mappings for merging, but found {node.kind}", node
            )
        # A mapping that merges itself adds nothing to itself.
        return [
            pair._replace(merged=True)
            for source in sources
            if id(source) not in self._active
            for pair in self._pairs_quietly(source, path)
        ]

    def _pairs_quietly(self, node: Node, path: tuple[str | int, ...]) -> list[Pair]:
        known = len(self.duplicates)
        try:
            return self.pairs(node, path)
        finally:
            # The merged mapping's own duplicates are listed where it stands.
            del self.duplicates[known:]
            self._active.discard(id(node))

    def _key(self, node: Node) -> Any:
        resolved = node.resolved
        if resolved.kind == "scalar" and scalar_tag(resolved) == "value":
            return resolved.text
        key = self.value(node)
        if isinstance(key, (list, dict)) or (isinstance(key, Unsupported) and key.type_name == "set"):
            raise NodeError("found unhashable key", node)
        return key

    def _is_merge(self, node: Node) -> bool:
        return scalar_tag(node.resolved) == "merge"

    def _collection_tag(self, node: Node, default: str) -> str:
        if node.tag is None:
            return default
        return node.tag.removeprefix(_PREFIX)

    def _unknown_tag(self, node: Node, tag: str) -> NodeError:
        full = tag if node.tag is not None and not node.tag.startswith(_PREFIX) else _PREFIX + tag
        return NodeError(f"could not determine a constructor for the tag '{full}'", node)
