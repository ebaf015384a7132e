"""``calicoctl get … -o yaml``: a list of resources, by a reader for the form in which calicoctl writes them.

That form (sorted keys, sequences not indented, strings quoted where they look like something else) is read
some sixty times as fast by lines as by a YAML library. Whatever else stands in the file is composed by one;
of all scalars strings are made, and aliases are refused.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.spans import Lines

if TYPE_CHECKING:
    from calico_core.yaml.nodes import Node

# Limits of our own, so that no text recurses without end: the quick reader of what calicoctl prints leaves
# deeper texts to composing, and composing refuses what is deeper still.
_DEEPEST = 40
_DEEPEST_COMPOSED = 100


class NotCanonicalError(ValueError):
    """A line is written as calicoctl does not write it."""


class Resource(NamedTuple):
    """A resource: its document, and its first and last line, from 1."""

    document: dict[str, Any]
    first: int
    last: int

    @property
    def metadata(self) -> dict[str, Any]:
        """Its metadata."""
        return _mapping(self.document.get("metadata"))

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.metadata.get("name", ""))

    @property
    def spec(self) -> dict[str, Any]:
        """Its spec."""
        return _mapping(self.document.get("spec"))

    @property
    def annotations(self) -> dict[str, str]:
        """Its annotations."""
        return {str(key): str(value) for key, value in _mapping(self.metadata.get("annotations")).items()}

    @property
    def labels(self) -> dict[str, str]:
        """Its labels."""
        return {str(key): str(value) for key, value in _mapping(self.metadata.get("labels")).items()}


class ResourceList(NamedTuple):
    """The resources of a list, and the lines of its text, by which evidence is quoted."""

    items: list[Resource]
    lines: list[str]

    def line_of(self, resource: Resource, key: str) -> tuple[int, str]:
        """The outermost line of a resource that begins with a key, with the value below it, else that of
        its name.
        """
        for wanted in (f"{key}:", "name:"):
            found = [
                (len(line) - len(line.lstrip(" -")), number, line.strip(" -"))
                for number in range(resource.first, resource.last + 1)
                if (line := self.lines[number - 1]).lstrip(" -").startswith(wanted)
            ]
            if found:
                _, number, text = min(found)
                below = self.lines[number].strip() if text.endswith(":") and number < resource.last else ""
                return number, f"{text} {below}".strip()
        return resource.first, self.lines[resource.first - 1].strip()


def parse_resources(text: str) -> ResourceList:
    """The list's resources; a single resource is a list of one. Raises ValueError where it is none."""
    lines = text.splitlines()
    start = next(
        (
            number
            for number, line in enumerate(lines)
            if re.match(r"(?:apiVersion|items|kind|metadata):", line)
        ),
        None,
    )
    if start is None:
        raise ValueError("no resource")
    try:
        value, places = _Canonical(list(lines), start).read()
    except NotCanonicalError:
        value, places = _composed("\n" * start + "\n".join(lines[start:]) + "\n")
    if not isinstance(value, dict) or "kind" not in value:
        raise ValueError("no list of resources")
    if not str(value["kind"]).endswith("List"):
        return ResourceList([Resource(value, start + 1, len(lines))], lines)
    items = value.get("items") or []
    if not isinstance(items, list) or len(items) != len(places):
        raise ValueError("no list of resources")
    ends = [*(place - 1 for place in places[1:]), len(lines)][: len(places)]
    return ResourceList(
        [
            Resource(item, place, end)
            for item, place, end in zip(items, places, ends, strict=True)
            if isinstance(item, dict)
        ],
        lines,
    )


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


class _Canonical:
    """A reader by lines; ``places`` are the first lines of the items at the top."""

    def __init__(self, lines: list[str], start: int) -> None:
        self.lines = lines
        self.at = start
        self.places: list[int] = []

    def read(self) -> tuple[Any, list[int]]:
        while self.lines and not self.lines[-1].strip():
            self.lines.pop()
        value = self._mapping(0, 0)
        if self.at < len(self.lines):
            raise NotCanonicalError
        return value, self.places

    def _mapping(self, indent: int, depth: int) -> dict[str, Any]:
        if depth > _DEEPEST:
            raise NotCanonicalError
        found: dict[str, Any] = {}
        lines = self.lines
        prefix = " " * indent
        while self.at < len(lines):
            line = lines[self.at]
            if not line.startswith(prefix) or line[indent : indent + 1] in ("", " ", "-"):
                break
            key, separator, rest = line[indent:].partition(":")
            if not separator or (rest and rest[0] != " ") or key[:1] in "\"'?&*!|>%@`[{":
                raise NotCanonicalError
            self.at += 1
            if rest.strip():
                found[key] = _scalar(rest.strip())
            else:
                found[key] = self._nested(indent, depth, key)
        if self.at < len(lines):
            line = lines[self.at]
            if len(line) - len(line.lstrip(" ")) > indent:
                raise NotCanonicalError
        return found

    def _nested(self, indent: int, depth: int, key: str) -> Any:
        if self.at >= len(self.lines):
            return None
        line = self.lines[self.at]
        deep = len(line) - len(line.lstrip(" "))
        if line[deep : deep + 2] in ("- ", "-") and deep >= indent:
            return self._sequence(deep, depth + 1, top=depth == 0 and key == "items")
        return self._mapping(deep, depth + 1) if deep > indent else None

    def _sequence(self, indent: int, depth: int, *, top: bool) -> list[Any]:
        if depth > _DEEPEST:
            raise NotCanonicalError
        found: list[Any] = []
        prefix = " " * indent + "- "
        while self.at < len(self.lines) and self.lines[self.at].startswith(prefix):
            if top:
                self.places.append(self.at + 1)
            rest = self.lines[self.at][indent + 2 :]
            if re.match(r"[A-Za-z0-9_./-]+:(?: |\Z)", rest):
                self.lines[self.at] = " " * (indent + 2) + rest
                found.append(self._mapping(indent + 2, depth + 1))
            else:
                found.append(_scalar(rest.strip()))
                self.at += 1
        return found


def _scalar(text: str) -> Any:
    first = text[0]
    if first == '"':
        try:
            value = json.loads(text)
        except ValueError as error:
            raise NotCanonicalError from error
        if not isinstance(value, str):
            raise NotCanonicalError
        return value
    if first == "'":
        if len(text) < 2 or text[-1] != "'" or re.search(r"(?<!')(?:'')*'(?!')", text[1:-1]):
            raise NotCanonicalError
        return text[1:-1].replace("''", "'")
    if text == "{}":
        return {}
    if text == "[]":
        return []
    if text in ("-", "?") or text.startswith(("- ", "? ")) or text.endswith(":"):
        raise NotCanonicalError
    if first in "|>&*!%@`{[" or " #" in text or ": " in text:
        raise NotCanonicalError
    return text


def _composed(text: str) -> tuple[Any, list[int]]:
    """The document as strings, and the lines of its items. Raises ValueError."""
    from calico_core.yaml.composing import Dialect, YamlError, compose
    from calico_core.yaml.nodes import MAPPING, SEQUENCE

    try:
        ((root, _, aliases),) = compose(text, Dialect(deepest=_DEEPEST_COMPOSED, single=True))
    except YamlError as error:
        raise ValueError("no YAML") from error
    if aliases:
        raise ValueError("aliases")
    places: list[int] = []
    for key, items in root.children if root.kind == MAPPING else ():
        if key.text == "items" and items.kind == SEQUENCE:
            lines = Lines(text)
            places = [lines.number(item.start) for item in items.children]
    return _value(root), places


def _value(node: Node) -> Any:
    from calico_core.yaml.nodes import MAPPING, SCALAR

    if node.kind == SCALAR:
        return node.text
    if node.kind == MAPPING:
        if any(key.kind != SCALAR for key, _ in node.children):
            raise ValueError("a key that is no text")
        return {key.text: _value(value) for key, value in node.children}
    return [_value(item) for item in node.children]
