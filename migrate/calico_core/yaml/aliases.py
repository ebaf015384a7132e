"""What a document holds once all of its aliases are followed, and where that is too much.

Nodes share what an alias stands for, so that a few lines can spell a value of any size ("billion laughs").
Whoever walks over values rather than nodes asks here first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_core.yaml.composing import YamlError
from calico_core.yaml.nodes import ALIAS, MAPPING, SCALAR

if TYPE_CHECKING:
    from calico_core.yaml.nodes import Document, Node

MOST = 100_000
"""How many nodes aliases may add to a document; a definition has some dozens."""


def check_aliases(document: Document, deepest: int, most: int = MOST) -> None:
    """Raises YamlError where aliases add more than ``most`` nodes, or nest deeper than ``deepest`` levels.

    Levels are collections, as in `Dialect`. The costs are those of the text: what is shared is looked at
    once. An alias of a value within that value counts as one.
    """
    if not document.aliases:
        return
    # What is under way counts as one.
    sizes: dict[int, tuple[int, int]] = {id(document.root): (1, 1)}
    written = 0
    # A collection under way: its node, what is still to come of it, its size, how deep it is.
    stack: list[tuple[Node, list[Node], int, int]] = []
    node, pending, size, depth = document.root, _parts(document.root), 1, 1
    while True:
        if pending:
            child = pending.pop()
            target = child.resolved
            known = sizes.get(id(target))
            if target.children and known is None:
                stack.append((node, pending, size, depth))
                node, pending, size, depth = target, _parts(target), 1, 1
                sizes[id(node)] = 1, 1
                continue
            more, deeper = known or (1, 0 if target.kind == SCALAR else 1)
            if child.kind == ALIAS and len(stack) + 1 + deeper > deepest:
                raise YamlError("too-deep", f"nested more than {deepest} levels deep by aliases", child.start)
        elif stack:
            sizes[id(node)] = more, deeper = size, depth
            child = node
            node, pending, size, depth = stack.pop()
        else:
            return
        written += 1
        size, depth = size + more, max(depth, deeper + 1)
        if size > written + most:
            message = f"more than {most:,} values once all aliases are followed"
            raise YamlError("alias-explosion", message, child.start)


class Counted(NamedTuple):
    """How many nodes a document has once aliases are followed, and how many of them its aliases bring."""

    nodes: int
    aliased: int


def counted(document: Document) -> Counted:
    """Counts the nodes as go-yaml does: an alias is one, and what it stands for is counted again.

    The document has no alias of a value within that value.
    """
    sizes: dict[int, int] = {}
    aliased = 0
    stack: list[tuple[Node, list[Node], int]] = []
    node, pending, size = document.root, _parts(document.root), 1
    while True:
        if pending:
            child = pending.pop()
            if child.children:
                stack.append((node, pending, size))
                node, pending, size = child, _parts(child), 1
                continue
            size += 1
            if child.target is not None:
                brought = sizes.get(id(child.target), 1)
                size += brought
                aliased += brought
        elif stack:
            sizes[id(node)] = size
            below = size
            node, pending, size = stack.pop()
            size += below
        else:
            return Counted(size, aliased)


def _parts(node: Node) -> list[Node]:
    """The nodes directly below, the last one first."""
    if node.kind == MAPPING:
        return [part for pair in reversed(node.children) for part in reversed(pair)]
    return node.children[::-1]
