"""JSON and YAML documents as plain values: mappings that know their lines, lists and scalars.

Scalars are typed as go-yaml 2 types them as far as calicoctl's output and Ansible's inventories need it:
null, booleans and decimal integers; everything else stays text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from calico_core.errors import InputError
from calico_core.spans import Lines
from calico_core.yaml.composing import Dialect, YamlError, compose
from calico_core.yaml.nodes import ALIAS, MAPPING, SCALAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_core.yaml.nodes import Node

# Deeper than any resource or inventory; the deepest field of Calico's resources has 10 levels.
_DEEPEST = 100
_ALIAS = "an alias (*name) stands where a value is expected"

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_TRUE = frozenset(("true", "True", "TRUE"))
_FALSE = frozenset(("false", "False", "FALSE"))
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\Z")


class Mapping(dict[str, Any]):
    """A mapping of a YAML document; ``lines`` has the line of each key, from 1."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, int] = {}


def line_of(mapping: dict[str, Any], key: str) -> int | None:
    """The line of a key where it is known; JSON documents know none."""
    return mapping.lines.get(key) if isinstance(mapping, Mapping) else None


def read_documents(text: str, path: str, *, aliases: bool = False) -> list[Any]:
    """The documents of a JSON or YAML text, as plain values.

    ``aliases`` allows YAML's aliases (an inventory may have them, calicoctl prints none); an aliased
    value is shared, never copied. Raises InputError, with the place where it is known.
    """
    body = text.removeprefix("\ufeff")
    if not body.strip():
        raise InputError("the file is empty", path=path)
    if body.lstrip()[0] in "{[":
        try:
            return [_json(body)]
        except ValueError as error:
            problem = _json_problem(error, path)
            # YAML's flow style also begins with a bracket.
            try:
                return list(_yaml_documents(body, path, aliases=aliases))
            except InputError:
                raise problem from error
    return list(_yaml_documents(body, path, aliases=aliases))


def _json(text: str) -> Any:
    import json

    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError(f"it is nested deeper than {_DEEPEST} levels") from None


def _json_problem(error: ValueError, path: str) -> InputError:
    message = getattr(error, "msg", str(error))
    return InputError(
        f"this is no JSON: {message}",
        path=path,
        line=getattr(error, "lineno", None),
        column=getattr(error, "colno", None),
    )


def _yaml_documents(text: str, path: str, *, aliases: bool) -> Iterator[Any]:
    lines = Lines(text)
    try:
        for document in compose(text, Dialect(deepest=_DEEPEST, recursive=True)):
            yield _Values(lines, path, aliases=aliases).of(document.root)
    except YamlError as error:
        if error.reason == "too-deep":
            message = f"it is nested deeper than {_DEEPEST} levels"
        elif error.reason == "undefined-alias":
            message = _ALIAS
        else:
            message = f"this is no YAML: {error.message}"
        line, column = lines.position(error.offset)
        raise InputError(message, path=path, line=line, column=column) from error


class _Values:
    """The values of one document's nodes; what an alias stands for is shared."""

    def __init__(self, lines: Lines, path: str, *, aliases: bool) -> None:
        self._lines = lines
        self._path = path
        self._aliases = aliases
        self._made: dict[int, Any] = {}

    def of(self, node: Node) -> Any:
        """The value of a node."""
        if node.kind == ALIAS:
            if not self._aliases:
                raise self._error(node, _ALIAS)
            node = node.resolved
        if id(node) in self._made:
            return self._made[id(node)]
        if node.kind == SCALAR:
            return _scalar(node.text, plain=node.is_plain)
        made: Mapping | list[Any] = Mapping() if node.kind == MAPPING else []
        if node.anchor is not None:
            # Before what is in it, which may stand for it again.
            self._made[id(node)] = made
        if isinstance(made, list):
            made += [self.of(child) for child in node.children]
        else:
            for key, value in node.children:
                self._put(made, self._key(made, key), self.of(value))
        return made

    def _key(self, mapping: Mapping, node: Node) -> str:
        if node.kind != SCALAR:
            raise self._error(node, "a mapping's key is no plain text")
        if node.text in mapping.lines:
            raise self._error(node, f"the key {node.text!r} stands there twice")
        mapping.lines[node.text] = self._lines.number(node.start)
        return node.text

    @staticmethod
    def _put(mapping: Mapping, key: str, value: Any) -> None:
        if key == "<<" and isinstance(value, Mapping):
            for name, entry in value.items():
                mapping.setdefault(name, entry)
            return
        mapping[key] = value

    def _error(self, node: Node, message: str) -> InputError:
        line, column = self._lines.position(node.start)
        return InputError(message, path=self._path, line=line, column=column)


def _scalar(text: str, *, plain: bool) -> Any:
    if not plain:
        return text
    if text in _NULL:
        return None
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    return int(text) if _INTEGER.match(text) else text
