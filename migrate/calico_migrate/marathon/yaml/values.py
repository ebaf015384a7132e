"""From nodes to the values that JSON would have, as PyYAML's safe loader makes them.

Merge keys are followed, and of a second key the last one wins. What aliases share is made once and shared.
A key is a text, as whoever converts such a file to JSON writes it; a scalar with a tag of its own
(``!vault``) is the text that it holds.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from calico_core.yaml.composing import YamlError
from calico_core.yaml.nodes import ALIAS, MAPPING, PREFIX, SCALAR, SEQUENCE
from calico_core.yaml.scalars import plain_value, tagged_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calico_core.json.pointers import Path
    from calico_core.yaml.nodes import Node

MERGE = "<<"


class Values:
    """Makes the values of nodes; ``renamed`` has the new values of scalars, by the ``id`` of their node.

    ``duplicates`` collects the mappings in which a key stands more than once.
    """

    def __init__(self, renamed: Mapping[int, Any] | None = None) -> None:
        self._renamed = renamed
        self._made: dict[int, Any] = {}
        self.duplicates: list[Node] = []

    def of(self, node: Node) -> Any:
        """The value of a node. Raises YamlError where a merge key has nothing to merge."""
        kind = node.kind
        if kind == ALIAS:
            node = node.resolved
            kind = node.kind
        if kind == SCALAR:
            return self._scalar(node)
        if node.anchor is not None and id(node) in self._made:
            return self._made[id(node)]
        made: Any
        if kind == SEQUENCE:
            made = []
            for child in node.children:
                # Most scalars are plain ones; a call less for each of them.
                if child.kind == SCALAR and child.tag is None and self._renamed is None:
                    made.append(child.text if child.style else plain_value(child.text))
                else:
                    made.append(self.of(child))
        else:
            made = self._mapping(node)
        if node.anchor is not None:
            self._made[id(node)] = made
        return made

    def _mapping(self, node: Node) -> dict[str, Any]:
        made: dict[str, Any] = {}
        merged: dict[str, Any] | None = None
        merges = 0
        for key, child in node.children:
            if key.kind == SCALAR and key.tag is None:
                name = key.text if key.style else _plain_key(key.text)
            else:
                name = key_text(key)
            if name == MERGE and is_merge(key):
                merged = {} if merged is None else merged
                merges += 1
                for source in reversed(merge_sources(child)):
                    merged |= self._mapping(source) if source.anchor is None else self.of(source)
            elif child.kind == SCALAR and child.tag is None and self._renamed is None:
                made[name] = child.text if child.style else plain_value(child.text)
            else:
                made[name] = self.of(child)
        # Of two merge keys, readers of YAML take the one or the other first.
        if merges > 1 or len(made) + merges < len(node.children):
            self.duplicates.append(node)
        return made if merged is None else merged | made

    def _scalar(self, node: Node) -> Any:
        if self._renamed is not None and id(node) in self._renamed:
            return self._renamed[id(node)]
        if node.is_plain:
            return plain_value(node.text)
        if node.tag is not None and node.tag.startswith(PREFIX):
            return tagged_value(node.text, node.tag[len(PREFIX) :])
        return node.text


def key_text(key: Node) -> str:
    """A key as a text: ``5`` and ``true`` for what YAML does not take for one."""
    key = key.resolved
    if key.kind != SCALAR:
        # Nothing that JSON has: told by what it holds, wherever it stands.
        return f"? {json.dumps(Values().of(key))}"
    return _plain_key(key.text) if key.is_plain else key.text


@lru_cache(maxsize=4096)
def _plain_key(text: str) -> str:
    """The text of a plain key: the same few stand in most mappings."""
    value = plain_value(text)
    return value if isinstance(value, str) else json.dumps(value)


def is_merge(key: Node) -> bool:
    """Whether a key is YAML's merge key."""
    return key.kind == SCALAR and key.text == MERGE and (key.is_plain or key.tag == PREFIX + "merge")


def merge_sources(value: Node) -> list[Node]:
    """The mappings that a merge key takes over; of equal keys the first one's wins.

    Raises YamlError where the value is no mapping and no list of mappings.
    """
    value = value.resolved
    sources = [child.resolved for child in value.children] if value.kind == SEQUENCE else [value]
    for source in sources:
        if source.kind != MAPPING:
            raise YamlError("not-yaml", "a merge key takes a mapping or a list of mappings", source.start)
    return sources


def pairs(mapping: Node) -> Iterator[tuple[str, Node, Node, bool]]:
    """The effective pairs of a mapping: key, the key's node, the value's node, and whether it is merged."""
    own = {key_text(key): (key, value) for key, value in mapping.children if not is_merge(key)}
    merged: dict[str, tuple[Node, Node]] = {}
    for key, value in mapping.children:
        if is_merge(key):
            for source in reversed(merge_sources(value)):
                merged |= {name: (inner, held) for name, inner, held, _ in pairs(source)}
    for name, (key, value) in merged.items():
        if name not in own:
            yield name, key, value, True
    for name, (key, value) in own.items():
        yield name, key, value, False


def child(mapping: Node, name: str) -> tuple[Node, Node, bool]:
    """The key's and the value's node of a key, and whether it is merged; raises KeyError."""
    found = None
    for key, value in mapping.children:
        if key_text(key) == name and not is_merge(key):
            found = key, value, False
    if found is None:
        for held, key, value, merged in pairs(mapping):
            if held == name:
                return key, value, merged
        raise KeyError(name)
    return found


def node_at(root: Node, path: Path) -> Node:
    """The node of the value at a path, an alias as such.

    Raises KeyError or IndexError where there is none.
    """
    node = root
    for step in path:
        held = node.resolved
        if isinstance(step, int):
            if held.kind != SEQUENCE:
                raise KeyError(step)
            node = held.children[step]
        elif held.kind == MAPPING:
            node = child(held, step)[1]
        else:
            raise KeyError(step)
    return node
