"""YAML nodes with their places, and why a text has none."""

from __future__ import annotations

from typing import Any, NamedTuple

PREFIX = "tag:yaml.org,2002:"


class Node:
    """A YAML node and its place.

    ``kind`` is ``scalar``, ``sequence``, ``mapping`` or ``alias``. ``tag`` is a scalar's tag, resolved and
    without YAML's own prefix (``str``, ``int``, ``!local``), and a collection's explicit tag or None.
    ``style`` is None, ``'``, ``"``, ``|`` or ``>`` for a scalar, ``flow`` or ``block`` for a collection;
    ``start`` and ``end`` are offsets in code points. A mapping's ``children`` are pairs of nodes.
    """

    __slots__ = ("children", "end", "kind", "start", "style", "tag", "target", "text")

    def __init__(self, kind: str, start: int, end: int, tag: str | None, style: str | None) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.tag = tag
        self.style = style
        self.text = ""
        self.children: list[Any] = []
        self.target: Node | None = None

    @property
    def resolved(self) -> Node:
        """The node itself, or the one that an alias stands for."""
        return self.target if self.target is not None else self


class Refusal(NamedTuple):
    """Why a text gave no nodes.

    ``reason`` is ``not-yaml``, ``two-documents``, ``too-deep`` or ``alias-explosion``; ``message`` is
    PyYAML's own wording where PyYAML refuses; ``offset`` counts code points.
    """

    reason: str
    message: str
    offset: int
    line: int
    column: int
    # Whether the wording and the refusal itself are those of PyYAML's own parser.
    exact: bool = True
