"""Finds places in YAML text: nodes with marks, and where exactly a scalar's text stands.

Nothing is ever constructed: libyaml composes nodes, and only their texts and places are read. As the SDK's
Jackson reads a file, the first document counts, and a key is its text whatever its tag.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from calico_core.json.pointers import token
from calico_core.nesting import deep_bracket

if TYPE_CHECKING:
    from collections.abc import Iterator

# PyYAML's nodes: `id` is "scalar", "sequence" or "mapping"; their types come from an untyped module.
Node: TypeAlias = Any

_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*\s+)*")
_NULLS = ("", "~", "null", "Null", "NULL")
# The composer recurses: older libyamls until the stack is used up, newer ones to a limit of their own.
_DEEPEST = 500
_TOO_DEEP = "it is nested too deeply"
_LEADING = re.compile(r"^[ \t]*(?:[-?:][ \t]+)*", re.MULTILINE)


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
    import yaml

    reader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader: Any = None
    try:
        _check_depth(text, reader)
        loader = reader(text)
        root = loader.get_node() if loader.check_node() else None
        return Document(root, root is not None and _has_more(loader))
    except yaml.YAMLError as error:
        opening = deep_bracket(text, _DEEPEST)
        if opening is not None:
            raise YamlError(_TOO_DEEP, opening) from None
        offset = 0
        for name in ("context_mark", "problem_mark"):
            offset = getattr(getattr(error, name, None), "index", offset)
        offset = getattr(error, "position", offset) or 0
        raise YamlError(getattr(error, "problem", None) or str(error), min(offset, len(text))) from None
    except RecursionError:
        raise YamlError(_TOO_DEEP, 0) from None
    finally:
        if loader is not None:
            loader.dispose()


def _check_depth(text: str, reader: Any) -> None:
    """Refuse a document that nests deeper than `_DEEPEST`; libyaml's events tell it without recursion."""
    if len(text) <= _DEEPEST:
        return
    if text.count("[") + text.count("{") <= _DEEPEST and all(
        match.end() - match.start() <= _DEEPEST for match in _LEADING.finditer(text)
    ):
        return
    import yaml

    depth = 0
    events: Iterator[Any] = yaml.parse(text, Loader=reader)
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                mark: Any = event.start_mark
                raise YamlError(_TOO_DEEP, mark.index)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _has_more(loader: Any) -> bool:
    """Whether another document follows; what is wrong there does not concern the first one."""
    import yaml

    try:
        return bool(loader.check_node())
    except yaml.YAMLError:
        return True


def is_mapping(node: Node | None) -> bool:
    """Whether the node is a mapping."""
    return node is not None and node.id == "mapping"


def is_null(node: Node | None) -> bool:
    """Whether the node is what Jackson reads as null: nothing, or a plain ``null`` or ``~``."""
    return node is None or (node.id == "scalar" and not node.style and node.value in _NULLS)


def entries(mapping: Node) -> Iterator[tuple[Node, Node]]:
    """The pairs of a mapping whose keys are scalars, in order, repeated keys included."""
    for key, value in mapping.value:
        if key.id == "scalar":
            yield key, value


def child(mapping: Node | None, name: str) -> Any:
    """The value of a key, None where there is none or the node is no mapping."""
    if mapping is None or mapping.id != "mapping":
        return None
    return next((value for key, value in entries(mapping) if key.value == name), None)


def children(mapping: Node | None, name: str) -> Iterator[tuple[Node, Node]]:
    """Every pair of a mapping with this key: more than one where the key is repeated."""
    if is_mapping(mapping):
        yield from ((key, value) for key, value in entries(mapping) if key.value == name)


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
            if key.value == "<<" and not key.style and value.id in ("mapping", "sequence"):
                several = value.value if value.id == "sequence" else [value]
                pending.extend((one, True) for one in several if one.id == "mapping")
            else:
                yield key, value, merged


def scalar_text(text: str, node: Node) -> tuple[int, int] | None:
    """The offsets of a one-line scalar's text in ``text``, inside its quotes; None where it can't be told.

    Anchor and tag before it are left out. A quoted text with escapes counts as a whole.
    """
    start, end = node.start_mark.index, node.end_mark.index
    match = _PROPERTIES.match(text, start, end)
    start = match.end() if match is not None else start
    source = text[start:end]
    if node.style in ("'", '"'):
        if len(source) < 2 or source[0] != node.style or source[-1] != node.style:
            return None
        return start + 1, end - 1
    if not node.value:
        return None
    if source.count(node.value) != 1:
        return None
    start += source.index(node.value)
    return start, start + len(node.value)


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
        if id(node) in seen or node.id == "scalar":
            continue
        seen.add(id(node))
        if node.id == "sequence":
            pending.extend((item, f"{pointer}/{index}") for index, item in enumerate(node.value))
        else:
            pending.extend((value, f"{pointer}/{token(key.value)}") for key, value in entries(node))
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
        if (id(one), id(other)) in seen:
            continue
        if one.id != other.id:
            return False
        if one.id == "scalar":
            expected = renamed.get(id(one))
            if expected is not None:
                if other.value != expected:
                    return False
            elif one.value != other.value or one.tag != other.tag or one.style != other.style:
                return False
            continue
        seen.add((id(one), id(other)))
        if len(one.value) != len(other.value) or one.tag != other.tag:
            return False
        if one.id == "mapping":
            for (key, value), (other_key, other_value) in zip(one.value, other.value, strict=True):
                pending += ((key, other_key), (value, other_value))
        else:
            pending.extend(zip(one.value, other.value, strict=True))
    return True
