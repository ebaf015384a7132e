"""A mustache template as a tree: texts, values and sections, each with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias, final

if TYPE_CHECKING:
    from collections.abc import Iterator


@final
class Text(NamedTuple):
    """Literal text that a rendering copies: ``text`` is what stands at ``start`` to ``end`` in the template.

    ``start == end`` marks a carriage return that mustache.java adds to a line (it repeats the line ending
    of the line before on an empty line).
    """

    start: int
    end: int
    text: str


@final
class Variable(NamedTuple):
    """A value tag: ``{{name}}`` (``escaped``), ``{{{name}}}`` or ``{{&name}}``, with its braces."""

    start: int
    end: int
    name: str
    escaped: bool


@final
class Section(NamedTuple):
    """A section ``{{#name}}…{{/name}}``, or an inverted one with ``{{^name}}``.

    ``start`` to ``open_end`` is the opening tag, ``close_start`` to ``end`` the closing one. ``body_text``
    is the raw template text in between, which a lambda gets.
    """

    start: int
    open_end: int
    close_start: int
    end: int
    name: str
    inverted: bool
    nodes: tuple[Node, ...]


Node: TypeAlias = "Text | Variable | Section"


class Template(NamedTuple):
    """A parsed template: its text and its tree."""

    text: str
    nodes: tuple[Node, ...]

    def sections(self) -> Iterator[tuple[Section, tuple[Section, ...]]]:
        """Every section in the order of the text, with the sections that enclose it, outermost first."""
        yield from _sections(self.nodes, ())

    def variables(self) -> Iterator[Variable]:
        """Every value tag in the order of the text."""
        yield from _variables(self.nodes)

    def enclosing(self, offset: int) -> tuple[Section, ...]:
        """The sections whose bodies hold ``offset``, outermost first."""
        found: list[Section] = []
        nodes = self.nodes
        while True:
            inner = next(
                (
                    node
                    for node in nodes
                    if isinstance(node, Section) and node.open_end <= offset < node.close_start
                ),
                None,
            )
            if inner is None:
                return tuple(found)
            found.append(inner)
            nodes = inner.nodes


def _sections(
    nodes: tuple[Node, ...], outer: tuple[Section, ...]
) -> Iterator[tuple[Section, tuple[Section, ...]]]:
    for node in nodes:
        if isinstance(node, Section):
            yield node, outer
            yield from _sections(node.nodes, (*outer, node))


def _variables(nodes: tuple[Node, ...]) -> Iterator[Variable]:
    for node in nodes:
        if isinstance(node, Variable):
            yield node
        elif isinstance(node, Section):
            yield from _variables(node.nodes)
