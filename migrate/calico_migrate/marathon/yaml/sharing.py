"""Who uses a value that stands in the text once, and comes to several places by aliases and merge keys."""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING, NamedTuple

from calico_core.yaml.nodes import ALIAS, MAPPING
from calico_migrate.marathon.yaml.values import pairs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from calico_core.json.pointers import Path
    from calico_core.yaml.nodes import Document, Node


class User(NamedTuple):
    """A place at which a node stands: its path, and where it is written there (the alias, if it is one).

    ``own`` says that it is the place of the anchor itself, outside of definitions: nobody reads it there.
    ``shared`` says that an alias or a merge key leads there.
    """

    path: Path
    offset: int
    own: bool
    shared: bool


class _Visit(NamedTuple):
    node: Node
    path: Path
    offset: int
    in_definition: bool
    in_anchor: bool
    shared: bool


class _Ways:
    """Which nodes of a document lead to some of its nodes, in the text or by aliases."""

    def __init__(self, document: Document, targets: Iterable[Node]) -> None:
        self._offsets = sorted(target.start for target in targets)
        # An alias stands behind its anchor, so that one look at each is enough.
        for alias in document.aliases:
            if self.lead_through(alias.resolved):
                insort(self._offsets, alias.start)

    def lead_through(self, node: Node) -> bool:
        """Whether one of them is the node, or in it."""
        index = bisect_left(self._offsets, node.start)
        return index < len(self._offsets) and self._offsets[index] <= node.end


def users(document: Document, targets: Iterable[Node], definitions: Iterable[Path]) -> dict[int, list[User]]:
    """The places of nodes in a document, in the order of the text, by the nodes' ``id``.

    ``definitions`` are the paths of the definitions in it. Aliases are followed, so that the document must
    have passed `calico_core.yaml.aliases.check_aliases`.
    """
    wanted = list(targets)
    found: dict[int, list[User]] = {id(target): [] for target in wanted}
    ways = _Ways(document, wanted)
    tops = frozenset(definitions)
    root = document.root
    pending = [_Visit(root, (), root.start, in_definition=False, in_anchor=False, shared=False)]
    while pending:
        visit = pending.pop()
        node, path = visit.node, visit.path
        in_definition = visit.in_definition or path in tops
        shared, in_anchor = visit.shared, visit.in_anchor
        # Below an alias everything stands where the alias does, for whoever reads the document.
        here = visit.offset
        if node.kind == ALIAS:
            shared, node = True, node.resolved
        elif node.anchor is not None and not shared:
            in_anchor = True
        if id(node) in found:
            own = not in_definition and (in_anchor or not shared)
            found[id(node)].append(User(path, visit.offset, own, shared))
        if node.kind == MAPPING:
            below = [
                _Visit(
                    held,
                    (*path, key),
                    here if shared or merged else held.start,
                    in_definition,
                    in_anchor,
                    shared or merged,
                )
                for key, _, held, merged in pairs(node)
                if ways.lead_through(held)
            ]
        else:
            below = [
                _Visit(
                    held,
                    (*path, index),
                    here if shared else held.start,
                    in_definition,
                    in_anchor,
                    shared,
                )
                for index, held in enumerate(node.children)
                if ways.lead_through(held)
            ]
        pending.extend(reversed(below))
    return found
