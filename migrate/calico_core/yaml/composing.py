"""From a YAML text to nodes with places; nothing is ever constructed, so that no tag can do anything.

The nodes are built from a parser's events with a stack of their own, so that no nesting exhausts Python's or
C's. libyaml's parser is used where PyYAML was built with it, and PyYAML's own where not. What an alias stands
for is shared and never copied: see `calico_core.yaml.aliases` for what a document holds with all of them
followed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.nesting import deep_bracket
from calico_core.yaml.nodes import ALIAS, MAPPING, SCALAR, SEQUENCE, Document, Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DEEPEST = 500
"""How many levels of nesting are read unless a dialect says otherwise."""

_NO_CHILDREN: list[Any] = []
# The end of a collection that is not closed yet.
_OPEN = -1


class YamlError(Exception):
    """Why a text has no nodes.

    ``reason`` is ``not-yaml``, ``too-deep``, ``undefined-alias``, ``recursive-alias``, ``anchor-twice`` or
    ``two-documents``; ``message`` says what is wrong in one line, ``offset`` where, in code points. ``cause``
    is PyYAML's own error where it has one. ``name`` is the anchor's or the alias', ``first`` the offset of
    what stands there first of two that may not be.
    """

    def __init__(
        self,
        reason: str,
        message: str,
        offset: int,
        cause: Any = None,
        *,
        name: str = "",
        first: int = 0,
    ) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.offset = offset
        self.cause = cause
        self.name = name
        self.first = first


class Dialect(NamedTuple):
    """In what readers of YAML differ before they look at any value.

    ``deepest`` is how many collections may be open, ``anchors_once`` whether a second anchor of a name is an
    error, ``recursive`` whether a value may hold an alias of itself, ``single`` whether a second document is
    an error. ``on_tag`` is called with each scalar that has a tag and with the collection around it, before
    anything behind is read.
    """

    deepest: int = DEEPEST
    anchors_once: bool = False
    recursive: bool = False
    single: bool = False
    on_tag: Callable[[Node, Node | None], object] | None = None


PLAIN = Dialect()


def parsers() -> tuple[Any, Any]:
    """PyYAML's loaders: the fastest that is there (libyaml's, or PyYAML's own), and PyYAML's own."""
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader), yaml.SafeLoader


def compose(text: str, dialect: Dialect = PLAIN, loader: Any = None) -> Iterator[Document]:
    """The documents of a text, one after the other; raises YamlError where the text goes wrong.

    A byte order mark counts as a character, and not as a part of the first node. ``loader`` is one of
    `parsers`, the fastest where none is given.
    """
    import yaml

    loader = loader or parsers()[0]
    is_fast = loader is not yaml.SafeLoader
    # libyaml's marks do not count it, those of PyYAML's own scanner do.
    base = 1 if is_fast and text.startswith("\ufeff") else 0
    parser: Any = None
    try:
        parser = loader(text)
        yield from _documents(parser.get_event, base, dialect)
    except yaml.YAMLError as error:
        # libyaml reads ahead over brackets, and has a limit of its own since 0.2.6.
        opening = deep_bracket(text, dialect.deepest)
        if opening is not None:
            raise YamlError("too-deep", _too_deep(dialect.deepest), opening, error) from error
        raise _error(error, text, base, fast=is_fast) from error
    except UnicodeEncodeError as error:
        raise YamlError("not-yaml", "a surrogate stands alone", error.start, error) from error
    finally:
        if parser is not None:
            parser.dispose()


def _documents(get: Any, base: int, dialect: Dialect) -> Iterator[Document]:
    from yaml import events as kinds

    scalar, alias = kinds.ScalarEvent, kinds.AliasEvent
    mapping_start, mapping_end = kinds.MappingStartEvent, kinds.MappingEndEvent
    sequence_start, sequence_end = kinds.SequenceStartEvent, kinds.SequenceEndEvent
    document_start, stream_end = kinds.DocumentStartEvent, kinds.StreamEndEvent
    make, none = Node, _NO_CHILDREN
    deepest, recursive, on_tag = dialect.deepest, dialect.recursive, dialect.on_tag
    # The open collections, and where the next child goes.
    stack: list[Node] = []
    roots: list[Node] = []
    put = roots.append
    anchors = _Anchors(once=dialect.anchors_once)
    last: Node | None = None
    aliases: list[Node] = []
    begin = base
    while True:
        event = get()
        kind = type(event)
        if kind is scalar:
            start, end = event.start_mark.index + base, event.end_mark.index + base
            node = make(SCALAR, start, end, event.tag, event.style or None, event.value, event.anchor, none)
            put(node)
            if node.tag is not None and on_tag is not None:
                on_tag(node, stack[-1] if stack else None)
            if node.anchor is not None:
                anchors.add(node)
        elif kind is mapping_end or kind is sequence_end:
            node = stack.pop()
            children = node.children
            flow = node.style == "flow" or not children
            node.end = event.end_mark.index + base if flow else children[-1].end
            if kind is mapping_end:
                pairs = iter(children)
                node.children = list(zip(pairs, pairs, strict=True))
            put = stack[-1].children.append if stack else roots.append
        elif kind is mapping_start or kind is sequence_start:
            start = event.start_mark.index + base
            if len(stack) >= deepest:
                raise YamlError("too-deep", _too_deep(deepest), start)
            shape = MAPPING if kind is mapping_start else SEQUENCE
            style = "flow" if event.flow_style else "block"
            node = make(shape, start, _OPEN, event.tag, style, "", event.anchor, [])
            put(node)
            if node.anchor is not None:
                anchors.add(node)
            stack.append(node)
            put = node.children.append
        elif kind is alias:
            start, end = event.start_mark.index + base, event.end_mark.index + base
            node = make(ALIAS, start, end, None, None, event.anchor, None, none)
            node.target = anchors.target(node, recursive=recursive)
            aliases.append(node)
            put(node)
        elif kind is document_start:
            begin, aliases = event.start_mark.index + base, []
            if last is not None and dialect.single:
                message = "there is a second document"
                raise YamlError("two-documents", message, begin, first=last.start)
            anchors.clear()
            continue
        elif kind is stream_end:
            return
        else:
            continue
        if not stack:
            roots.clear()
            last = node
            yield Document(node, begin, aliases)


class _Anchors:
    """The anchors of one document, by their names; ``once`` makes a second one of a name an error."""

    def __init__(self, *, once: bool) -> None:
        self._nodes: dict[str, Node] = {}
        self._once = once
        self.clear = self._nodes.clear

    def add(self, node: Node) -> None:
        name = node.anchor or ""
        if self._once and name in self._nodes:
            message = f"the anchor '{name}' stands there twice"
            raise YamlError("anchor-twice", message, node.start, name=name, first=self._nodes[name].start)
        self._nodes[name] = node

    def target(self, alias: Node, *, recursive: bool) -> Node:
        target = self._nodes.get(alias.text)
        if target is None:
            message = f"the alias '*{alias.text}' names no anchor"
            raise YamlError("undefined-alias", message, alias.start, name=alias.text)
        if target.end == _OPEN and not recursive:
            raise YamlError("recursive-alias", f"the anchor '{alias.text}' contains itself", alias.start)
        return target


def _too_deep(deepest: int) -> str:
    return f"nested more than {deepest} levels deep"


def _error(error: Any, text: str, base: int, *, fast: bool) -> YamlError:
    """PyYAML's error with its place; only the reader's errors have no mark."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        message = " ".join((error.problem or error.context).split())
        return YamlError("not-yaml", message, min(base + mark.index, len(text)), error)
    position = int(getattr(error, "position", 0) or 0)
    if fast:
        # libyaml's reader counts bytes, those of a byte order mark too.
        position = len(text.encode("utf-8", "replace")[:position].decode("utf-8", "ignore"))
    character = getattr(error, "character", None)
    if isinstance(character, (int, str)) and character:
        code = character if isinstance(character, int) else ord(character[:1])
        message = f"the character U+{code:04X} is not allowed"
    else:
        message = str(error).splitlines()[0]
    return YamlError("not-yaml", message, min(position, len(text)), error)
