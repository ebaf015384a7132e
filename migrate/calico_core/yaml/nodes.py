"""YAML nodes and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

SCALAR: Final = "scalar"
SEQUENCE: Final = "sequence"
MAPPING: Final = "mapping"
ALIAS: Final = "alias"

PREFIX: Final = "tag:yaml.org,2002:"
"""What YAML's own tags begin with in their long form."""


class Node:
    """A YAML node and its place.

    ``kind`` is ``scalar``, ``sequence``, ``mapping`` or ``alias``. ``tag`` is the explicit tag in its long
    form (``!`` alone is the non-specific one), None where there is none. ``style`` is None (plain), ``'``,
    ``"``, ``|`` or ``>`` for a scalar, ``flow`` or ``block`` for a collection. ``start`` and ``end`` are
    offsets in code points: an anchor and a tag in front belong to the node, what follows a block collection's
    last child does not. ``text`` is a scalar's text, an alias' name. A mapping's ``children`` are pairs of
    nodes, a sequence's its items. ``anchor`` is the name that the node has, ``target`` the node that an alias
    stands for.
    """

    __slots__ = ("anchor", "children", "end", "kind", "start", "style", "tag", "target", "text")

    def __init__(
        self,
        kind: str,
        start: int,
        end: int,
        tag: str | None,
        style: str | None,
        text: str,
        anchor: str | None,
        children: list[Any],
    ) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.tag = tag
        self.style = style
        self.text = text
        self.anchor = anchor
        self.children = children
        self.target: Node | None = None

    @property
    def resolved(self) -> Node:
        """The node itself, or the one that an alias stands for."""
        return self if self.target is None else self.target

    @property
    def is_plain(self) -> bool:
        """Whether a scalar's form decides what it is: no quotes and no tag, or the tag ``!`` alone."""
        return self.style is None if self.tag is None else self.tag == "!"

    def parts(self) -> Iterator[Node]:
        """The nodes directly below, keys and values alike."""
        if self.kind == MAPPING:
            for key, value in self.children:
                yield key
                yield value
        else:
            yield from self.children

    def __repr__(self) -> str:
        return f"Node({self.kind} {self.start}-{self.end} {self.text!r})"


class Document(NamedTuple):
    """One document of a text.

    ``root`` is its node, ``start`` the offset at which it begins (its ``---``, where it has one).
    ``aliases`` are the aliases in it, in the order of the text.
    """

    root: Node
    start: int
    aliases: list[Node]

    @property
    def aliased(self) -> frozenset[int]:
        """The ``id`` of every node that an alias stands for."""
        return frozenset(id(alias.target) for alias in self.aliases)
