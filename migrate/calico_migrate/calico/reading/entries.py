"""The keys of a mapping as calicoctl sees them: merges done, repeated keys settled, all of them texts.

Source: gopkg.in/yaml.v2 v2.2 ``decode.go`` (mapping, merge); projectcalico/go-yaml-wrapper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_migrate.calico.reading.notes import Notes, short
from calico_migrate.calico.reading.scalars import number_text
from calico_migrate.calico.reading.yaml_tree import Mapping, Node, Scalar, Sequence
from calico_migrate.calico.rules import invalid_yaml, repeated_key

if TYPE_CHECKING:
    from calico_core.json.pointers import Path

_MERGE_TAG = "tag:yaml.org,2002:merge"


class Entry:
    """A key of a mapping as calicoctl sees it, with its last value."""

    __slots__ = ("key", "merged", "node", "value")

    def __init__(self, key: str, node: Node, value: Node, merged: bool) -> None:
        self.key = key
        self.node = node
        self.value = value
        self.merged = merged


class EntryReader(Notes):
    """Reads the keys of mappings."""

    def entries(self, mapping: Mapping, path: Path) -> list[Entry]:
        """The keys of a mapping, merges and repeated keys settled, in the order of the text."""
        found: dict[str, Entry] = {}
        self._collect(mapping, path, found)
        return list(found.values())

    def _collect(self, mapping: Mapping, path: Path, found: dict[str, Entry]) -> None:
        pending = [(mapping, 0, False)]
        while pending:
            current, start, merged = pending.pop()
            for index in range(start, len(current.pairs)):
                key_node, value = current.pairs[index]
                if _is_merge(key_node):
                    pending.append((current, index + 1, merged))
                    # Of a list, the first mapping wins, so that it is merged last.
                    pending.extend((source, 0, True) for source in self._merge_sources(value, path))
                    break
                key = self._key(key_node, path)
                if key is None:
                    continue
                if not merged and key in found and not found[key].merged:
                    self.add(
                        repeated_key.RULE,
                        f"the key '{short(key)}' is here a second time, and only the last one counts",
                        key_node,
                        (*path, key),
                        "keep one of them",
                    )
                if merged and key in found and not found[key].merged:
                    self.differs(
                        found[key].value,
                        (*path, key),
                        f"the '<<' behind it replaces the value of '{short(key)}'",
                        "put '<<' first",
                    )
                found[key] = Entry(key, key_node, value, merged)

    def _merge_sources(self, value: Node, path: Path) -> list[Mapping]:
        if isinstance(value, Mapping):
            return [value]
        sources = value.items if isinstance(value, Sequence) else []
        mappings = [source for source in sources if isinstance(source, Mapping)]
        if isinstance(value, Scalar) or len(mappings) != len(sources):
            self.add(invalid_yaml.RULE, "a merge key '<<' needs a mapping or a list of mappings", value, path)
        return mappings

    def _key(self, node: Node, path: Path) -> str | None:
        if not isinstance(node, Scalar):
            self.add(invalid_yaml.RULE, "a key cannot be a list or a mapping", node, path)
            return None
        value = self.resolve(node, path)
        if isinstance(value, str):
            return value
        if value is None or (isinstance(value, int) and value >= 1 << 63):
            self.add(invalid_yaml.RULE, f"the key '{node.text[:40]}' cannot be one", node, path)
            return None
        key = {"NaN": ".nan", "+Inf": ".inf", "-Inf": "-.inf"}.get(number_text(value), number_text(value))
        if key != node.text:
            self.differs(node, (*path, key), f"the key {short(node.text)} is read as '{key}'")
        return key


def _is_merge(node: Node) -> bool:
    return (
        isinstance(node, Scalar)
        and node.text == "<<"
        and ((node.plain and node.tag is None) or node.tag == _MERGE_TAG)
    )
