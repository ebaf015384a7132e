"""A resource as Calico would store it, and the places of its values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_core.json.pointers import Path, pointer
from calico_migrate.calico.go_net import canonical_net
from calico_migrate.calico.reading.entries import EntryReader
from calico_migrate.calico.reading.types import fold
from calico_migrate.calico.reading.yaml_tree import Mapping, Node, Sequence
from calico_migrate.calico.validation import API_VERSION, KINDS, kind_of

if TYPE_CHECKING:
    from calico_core.spans import Lines, Position
    from calico_migrate.calico.reading.problems import Problem

_DEFAULT_NAMESPACE = "default"


class Resource:
    """A resource as Calico would store it.

    ``metadata`` and ``spec`` hold only the fields that are written and not null, under Calico's own names:
    texts are texts, protocols numbers or names, ports numbers, ``first:last`` or names. ``number`` counts the
    documents of the file from 0, ``line`` is where the resource begins, and ``refusal`` is the first problem
    for which Calico would not take it.
    """

    __slots__ = ("_lines", "_locator", "_prefix", "kind", "line", "metadata", "number", "refusal", "spec")

    def __init__(
        self,
        kind: str,
        metadata: dict[str, Any],
        spec: dict[str, Any],
        number: int,
        node: Node,
        prefix: Path,
        lines: Lines,
    ) -> None:
        self.kind = kind
        self.metadata = metadata
        self.spec = spec
        self.number = number
        self.refusal: Problem | None = None
        self._locator = Locator(node)
        self._prefix = prefix
        self._lines = lines
        self.line = lines.position(node.offset).line

    @property
    def valid(self) -> bool:
        """Whether Calico would take it."""
        return self.refusal is None

    @property
    def name(self) -> str:
        """The name, empty where there is none."""
        name: str = self.metadata.get("name") or ""
        return name

    @property
    def namespace(self) -> str:
        """The namespace that calicoctl puts it into."""
        if self.kind not in KINDS or not kind_of(self.kind).namespaced:
            return ""
        namespace: str = self.metadata.get("namespace") or _DEFAULT_NAMESPACE
        return namespace

    @property
    def document(self) -> dict[str, Any]:
        """The resource as a JSON object, with the namespace that calicoctl fills in.

        Nets are written as every reader understands them.
        """
        metadata = dict(self.metadata)
        if self.namespace:
            metadata["namespace"] = self.namespace
        return {"apiVersion": API_VERSION, "kind": self.kind, "metadata": metadata, "spec": _plain(self.spec)}

    def offset(self, *path: str | int) -> int:
        """Where the value at ``path`` begins, in code points; of a value that is missing, its parent."""
        return self._locator.offset(path)

    def position(self, *path: str | int) -> Position:
        """The line and column of the value at ``path``."""
        return self._lines.position(self.offset(*path))

    def path(self, *path: str | int) -> Path:
        """The path from the document's root, which differs where the document is a list."""
        return (*self._prefix, *path)

    def pointer(self, *path: str | int) -> str:
        """The RFC 6901 pointer of the value at ``path`` within its document."""
        return pointer(self.path(*path))

    def __repr__(self) -> str:
        return f"Resource({self.kind} {self.name!r})"


def _plain(spec: dict[str, Any]) -> dict[str, Any]:
    """A spec with its nets in their usual form; what needs no change is shared, not copied."""
    changed = dict(spec)
    if "nets" in spec:
        changed["nets"] = [canonical_net(net) for net in spec["nets"]]
    for direction in ("ingress", "egress"):
        if spec.get(direction):
            changed[direction] = [_plain_rule(rule) for rule in spec[direction]]
    return changed


def _plain_rule(rule: dict[str, Any]) -> dict[str, Any]:
    changed = rule
    for side in ("source", "destination"):
        entity = rule.get(side) or {}
        for field in ("nets", "notNets"):
            nets = [canonical_net(net) for net in entity.get(field) or ()]
            if nets != (entity.get(field) or []):
                entity = {**entity, field: nets}
                changed = {**changed, side: entity}
    return changed


class Locator:
    """Finds values in a tree by their paths; each mapping that is asked about is looked through once."""

    def __init__(self, root: Node) -> None:
        self._root = root
        self._entries: dict[int, tuple[dict[str, Node], dict[str, Node]]] = {}

    def offset(self, path: Path) -> int:
        """The offset of the value at ``path``, or of the deepest value on the way that there is."""
        node = self._root
        for part in path:
            found: Node | None = None
            if isinstance(node, Mapping) and isinstance(part, str):
                exact, folded = self._lookup(node)
                found = exact.get(part) or folded.get(fold(part))
            elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node.items):
                found = node.items[part]
            if found is None:
                break
            node = found
        return node.offset

    def _lookup(self, node: Mapping) -> tuple[dict[str, Node], dict[str, Node]]:
        known = self._entries.get(id(node))
        if known is None:
            exact = {entry.key: entry.value for entry in EntryReader().entries(node, ())}
            known = exact, {fold(key): value for key, value in exact.items()}
            self._entries[id(node)] = known
        return known
