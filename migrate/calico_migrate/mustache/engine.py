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
    known: dict[str, Any] | None = None,
) -> Rendering:
    """The template rendered with Java values.

    ``escape`` is what ``{{name}}`` does to a value's text; ``lambdas`` are known where no value has the name;
    ``known`` are the values `by_name`, where somebody has them.
    """
    walk = _Walk(escape, by_name(values) if known is None else known)
    walk.nodes(template.nodes, (lambdas or {}, values), outside=True)
    return Rendering(walk.parts, walk.sources, walk.missing)


def by_name(values: dict[str, Any]) -> dict[str, Any]:
    """The values by the names that `look_up` finds them under where no section is around."""
    found = dict(values)
    for key, value in values.items():
        if type(value) is dict and "." not in key:
            _add_members(key + ".", value, found)
    found.pop(".", None)
    return found


def _add_members(prefix: str, group: dict[str, Any], found: dict[str, Any]) -> None:
    for key, value in group.items():
        if "." not in key:
            name = prefix + key
            found.setdefault(name, value)
            if type(value) is dict:
                _add_members(name + ".", value, found)


class _Walk:
    def __init__(self, escape: Callable[[str], str] | None, known: dict[str, Any]) -> None:
        self.escape = escape
        self.known = known
        self.parts: list[str] = []
        self.sources: list[Source] = []
        self.missing: list[str] = []

    def nodes(self, nodes: tuple[Node, ...], scopes: tuple[Any, ...], *, outside: bool = False) -> None:
        """Renders nodes; ``outside`` says that no section around them has a value with members."""
        known, escape = self.known, self.escape
        add_part, add_source = self.parts.append, self.sources.append
        for node in nodes:
            if type(node) is Text:
                add_part(node[2])
                add_source(node)
                continue
            name = node.name
            value = known.get(name, MISSING) if outside else MISSING
            if value is MISSING:
                value = look_up(name, scopes)
            if type(node) is Section:
                if value is True:
                    if not node.inverted:
                        self.nodes(node.nodes, (*scopes, value), outside=outside)
                elif node.inverted:
                    if value is MISSING or is_false(value):
                        self.nodes(node.nodes, scopes, outside=outside)
                elif value is not False:
                    self._section(node, None if value is MISSING else value, scopes)
            elif value is MISSING:
                self.missing.append(name)
            elif type(value) is str or not (value is None or isinstance(value, Lambda)):
                text = value if type(value) is str else to_string(value)
                if escape is not None and node.escaped:
                    text = escape(text)
                if text:
                    add_part(text)
                    add_source(node)

    def _section(self, node: Section, value: Any, scopes: tuple[Any, ...]) -> None:
        if isinstance(value, Lambda):
            body = _Walk(self.escape, self.known)
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
