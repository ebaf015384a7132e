"""Walks a template's tree and records what each piece of the output came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_migrate.mustache.java_values import MISSING, Lambda, is_false, look_up, to_string
from calico_migrate.mustache.rendering import Rendering
from calico_migrate.mustache.template import Section, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from calico_migrate.mustache.rendering import Source
    from calico_migrate.mustache.template import Node, Template


def render(
    template: Template,
    values: dict[str, Any],
    *,
    escape: Callable[[str], str] | None = None,
    lambdas: dict[str, Lambda] | None = None,
) -> Rendering:
    """The template rendered with Java values.

    ``escape`` is what ``{{name}}`` does to a value's text; ``lambdas`` are known where no value has the name.
    """
    walk = _Walk(escape)
    walk.nodes(template.nodes, (lambdas or {}, values))
    return Rendering(walk.parts, walk.sources, walk.missing)


class _Walk:
    def __init__(self, escape: Callable[[str], str] | None) -> None:
        self.escape = escape
        self.parts: list[str] = []
        self.sources: list[Source] = []
        self.missing: list[str] = []

    def nodes(self, nodes: tuple[Node, ...], scopes: tuple[Any, ...]) -> None:
        parts, sources = self.parts, self.sources
        for node in nodes:
            if type(node) is Text:
                parts.append(node[2])
                sources.append(node)
                continue
            value = look_up(node.name, scopes)
            if type(node) is Section:
                if value is not True:
                    self._section(node, None if value is MISSING else value, scopes)
                elif not node.inverted:
                    self.nodes(node.nodes, (*scopes, value))
            elif value is MISSING:
                self.missing.append(node.name)
            elif value is not None and not isinstance(value, Lambda):
                text = value if type(value) is str else to_string(value)
                if self.escape is not None and node.escaped:
                    text = self.escape(text)
                if text:
                    parts.append(text)
                    sources.append(node)

    def _section(self, node: Section, value: Any, scopes: tuple[Any, ...]) -> None:
        if node.inverted:
            if is_false(value):
                self.nodes(node.nodes, scopes)
        elif isinstance(value, Lambda):
            body = _Walk(self.escape)
            body.nodes(node.nodes, scopes)
            self._put(value.function("".join(body.parts)) or "", node)
        elif isinstance(value, list):
            for item in value:
                self.nodes(node.nodes, scopes if item is None else (*scopes, item))
        elif not is_false(value):
            self.nodes(node.nodes, (*scopes, value))

    def _put(self, text: str, source: Source) -> None:
        if text:
            self.parts.append(text)
            self.sources.append(source)
