"""Finds places in YAML text: nodes with marks, and where exactly a scalar's text stands.

Nothing is ever constructed: libyaml composes nodes, and only their texts and places are read. As the SDK's
Jackson reads a file, the first document counts, and a key is its text whatever its tag.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.json.pointers import token
from calico_core.yaml import composing
from calico_core.yaml.composing import Dialect
from calico_core.yaml.nodes import MAPPING, SCALAR, SEQUENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_core.yaml.nodes import Node

_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*\s+)*")
_NULLS = ("", "~", "null", "Null", "NULL")
_DIALECT = Dialect(deepest=500, anchors_once=True, recursive=True)
_TOO_DEEP = "it is nested too deeply"


class YamlError(Exception):
    """The text is no YAML; ``offset`` is where the reader stopped."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


class Document(NamedTuple):
    """The root node of the first document, None for an empty one; whether there are ``more`` documents."""

    root: Node | None
    more: bool


def compose(text: str) -> Document:
    """The first document's nodes; offsets in marks count code points. Raises YamlError.

    A build-time tag such as ``%(image)s`` may stand where YAML allows no percent sign; it is read as a text.
    """
    try:
        return _compose(text)
    except YamlError:
        if "%(" not in text:
            raise
        return _compose(text.replace("%(", "x("))


def _compose(text: str) -> Document:
    documents = composing.compose(text, _DIALECT)
    try:
        first = next(documents, None)
    except composing.YamlError as error:
        message = _TOO_DEEP if error.reason == "too-deep" else error.message
        raise YamlError(message, error.offset) from None
    if first is None:
        return Document(None, more=False)
    try:
        return Document(first.root, next(documents, None) is not None)
    except composing.YamlError:
        # What is wrong there does not concern the first one.
        return Document(first.root, more=True)


def is_mapping(node: Node | None) -> bool:
    """Whether the node is a mapping."""
    return node is not None and node.kind == MAPPING


def is_null(node: Node | None) -> bool:
    """Whether the node is what Jackson reads as null: nothing, or a plain ``null`` or ``~``."""
    return node is None or (node.kind == SCALAR and not node.style and node.text in _NULLS)


def entries(mapping: Node) -> Iterator[tuple[Node, Node]]:
    """The pairs of a mapping whose keys are scalars, in order, repeated keys included."""
    for key, value in mapping.children:
        if key.resolved.kind == SCALAR:
            yield key.resolved, value.resolved


def child(mapping: Node | None, name: str) -> Any:
    """The value of a key, None where there is none or the node is no mapping."""
    if mapping is None or mapping.kind != MAPPING:
        return None
    return next((value for key, value in entries(mapping) if key.text == name), None)


def children(mapping: Node | None, name: str) -> Iterator[tuple[Node, Node]]:
    """Every pair of a mapping with this key: more than one where the key is repeated."""
    if mapping is not None and mapping.kind == MAPPING:
        yield from ((key, value) for key, value in entries(mapping) if key.text == name)


def merged_entries(mapping: Node) -> Iterator[tuple[Node, Node, bool]]:
    """The pairs of a mapping and of those that ``<<`` merges into it; the flag says that one is merged."""
    pending = [(mapping, False)]
    seen: set[int] = set()
    while pending:
        current, merged = pending.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        for key, value in entries(current):
            if key.text == "<<" and not key.style and value.kind in (MAPPING, SEQUENCE):
                several = [one.resolved for one in value.children] if value.kind == SEQUENCE else [value]
                pending.extend((one, True) for one in several if one.kind == MAPPING)
            else:
                yield key, value, merged


def scalar_text(text: str, node: Node) -> tuple[int, int] | None:
    """The offsets of a one-line scalar's text in ``text``, inside its quotes; None where it can't be told.

    Anchor and tag before it are left out. A quoted text with escapes counts as a whole.
    """
    start, end = node.start, node.end
    match = _PROPERTIES.match(text, start, end)
    start = match.end() if match is not None else start
    source = text[start:end]
    if node.style in ("'", '"'):
        if len(source) < 2 or source[0] != node.style or source[-1] != node.style:
            return None
        return start + 1, end - 1
    if not node.text:
        return None
    if source.count(node.text) != 1:
        return None
    start += source.index(node.text)
    return start, start + len(node.text)


def uses(root: Node, targets: set[int]) -> dict[int, list[str]]:
    """Every place at which nodes (by ``id``) stand, as pointers: more than one where an alias repeats them.

    What an alias repeats is walked once, so that the cost is that of the text.
    """
    found: dict[int, list[str]] = {target: [] for target in targets}
    pending: list[tuple[Node, str]] = [(root, "")]
    seen: set[int] = set()
    while pending:
        node, pointer = pending.pop()
        if id(node) in found:
            found[id(node)].append(pointer)
        if id(node) in seen or node.kind == SCALAR:
            continue
        seen.add(id(node))
        if node.kind == SEQUENCE:
            items = enumerate(node.children)
            pending.extend((item.resolved, f"{pointer}/{index}") for index, item in items)
        else:
            pending.extend((value, f"{pointer}/{token(key.text)}") for key, value in entries(node))
    return found


def same_tree(before: Node | None, after: Node | None, renamed: dict[int, str]) -> bool:
    """Whether two documents are equal but for ``renamed``: the ``id`` of a scalar before to its new text."""
    pending: list[tuple[Any, Any]] = [(before, after)]
    seen: set[tuple[int, int]] = set()
    while pending:
        one, other = pending.pop()
        if one is None or other is None:
            if one is not other:
                return False
            continue
        one, other = one.resolved, other.resolved
        if (id(one), id(other)) in seen:
            continue
        if one.kind != other.kind:
            return False
        if one.kind == SCALAR:
            expected = renamed.get(id(one))
            if expected is not None:
                if other.text != expected:
                    return False
            elif one.text != other.text or one.tag != other.tag or one.style != other.style:
                return False
            continue
        seen.add((id(one), id(other)))
        if len(one.children) != len(other.children) or one.tag != other.tag:
            return False
        if one.kind == MAPPING:
            for (key, value), (other_key, other_value) in zip(one.children, other.children, strict=True):
                pending += ((key, other_key), (value, other_value))
        else:
            pending.extend(zip(one.children, other.children, strict=True))
    return True
