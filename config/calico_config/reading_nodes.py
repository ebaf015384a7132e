"""From YAML text to nodes with places: parsing and composing, nothing is ever constructed here.

Two parsers know the text: libyaml, which is fast, and PyYAML's own, which the DC/OS installer uses
(``yaml.safe_load``). They differ in tabs, directives and the wording of errors, so that a text in which they
could differ goes through PyYAML's own, and every error is worded by it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_config.reading_scalars import resolve_tag

if TYPE_CHECKING:
    from collections.abc import Iterator

# Deeper nesting is refused. PyYAML itself gives up with a RecursionError at about 490 levels.
MAX_DEPTH = 100
# How many nodes aliases may add once all of them are followed; a config.yaml has some dozens in all.
MAX_ALIASED_NODES = 100_000
# PyYAML's own parser takes about 20 µs for a character: above this size libyaml alone answers.
MAX_CAREFUL_SIZE = 100_000
# libyaml's own composer is the fastest, but it recurses; only small and flat texts go through it.
MAX_QUICK_SIZE = 20_000
MAX_QUICK_OPENINGS = 90

_PREFIX = "tag:yaml.org,2002:"

# Where libyaml and PyYAML's own scanner judge differently: tabs, directives, tags, comments glued to a block
# scalar's header, `?` and `:` beside flow indicators, and white space that is not ASCII. Few files have any
# of it, so that the patterns are compiled when they are first needed.
_GLUED_COMMENT = r"[|>][-+0-9]*#"
_FLOW_COLON = r"[\[{,]\s*:|:[\[\]{},]"
_TAG = r"(?m)(?:^|[\s,\[{}\]:?-])!"
_QUESTION = r"\?(?:\s|\Z)"
_DIRECTIVE = r"(?m)^%"
_OTHER_SPACE = r"[^\x00-\x7f\S]"


def needs_care(text: str) -> bool:
    """Whether the two parsers could judge a text differently."""
    has_flow = "{" in text or "[" in text
    return (
        "\t" in text
        or ("!" in text and re.search(_TAG, text) is not None)
        or ("?" in text and (has_flow or re.search(_QUESTION, text) is not None))
        or ("%" in text and re.search(_DIRECTIVE, text) is not None)
        or ("#" in text and re.search(_GLUED_COMMENT, text) is not None)
        or (has_flow and re.search(_FLOW_COLON, text) is not None)
        or not (text.isascii() or re.search(_OTHER_SPACE, text) is None)
    )


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


def compose(text: str) -> Node | Refusal | None:
    """The one document of ``text`` as nodes, None where there is none, or why there are no nodes."""
    if text.startswith("\ufeff"):
        # The parsers disagree on whether a byte order mark counts.
        return _moved(compose(text[1:]))
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    if loader is yaml.SafeLoader:
        return _compose_with(loader, text)
    if needs_care(text):
        if len(text) <= MAX_CAREFUL_SIZE:
            loader = yaml.SafeLoader
    elif _is_flat(text):
        try:
            composed = yaml.compose(text, Loader=loader)
        except yaml.YAMLError:
            return _compose_with(yaml.SafeLoader, text)
        return None if composed is None else _converted(composed)
    result = _compose_with(loader, text)
    if (
        isinstance(result, Refusal)
        and result.reason in {"not-yaml", "two-documents"}
        and loader is not yaml.SafeLoader
    ):
        if len(text) > MAX_CAREFUL_SIZE:
            return result._replace(exact=False)
        result = _compose_with(yaml.SafeLoader, text)
    return result


def _moved(composed: Node | Refusal | None) -> Node | Refusal | None:
    """The same one character further on."""
    if isinstance(composed, Refusal):
        return composed._replace(offset=composed.offset + 1)
    pending = [] if composed is None else [composed]
    while pending:
        node = pending.pop()
        node.start += 1
        node.end += 1
        for child in node.children:
            pending.extend(child if isinstance(child, tuple) else (child,))
    return composed


def _is_flat(text: str) -> bool:
    """Whether a text cannot nest deeply and has no aliases."""
    return (
        len(text) <= MAX_QUICK_SIZE
        and "&" not in text
        and "*" not in text
        and text.count("[") + text.count("{") + text.count("- ") <= MAX_QUICK_OPENINGS
        # Every further level of a block needs a further column: 45 levels take a line with that many spaces.
        and " " * 90 not in text
    )


def _converted(node: Any) -> Node:
    """PyYAML's node as ours."""
    tag = node.tag
    short = tag.removeprefix(_PREFIX)
    start = node.start_mark.index
    value = node.value
    if type(value) is str:
        style = node.style
        if not style:
            style = None
            if value[:1] == ".":
                # PyYAML 5.3.1 takes `._` for a number, which newer ones do not.
                short = resolve_tag(value)
        made = Node("scalar", start, node.end_mark.index, short, style)
        made.text = value
        return made
    flow = node.flow_style
    end = node.end_mark.index
    if type(node).__name__ == "MappingNode":
        made = Node("mapping", start, end, None if short == "map" else short, "flow" if flow else "block")
        made.children = [(_converted(key), _converted(inner)) for key, inner in value]
        if not flow and made.children:
            made.end = made.children[-1][1].end
        return made
    made = Node("sequence", start, end, None if short == "seq" else short, "flow" if flow else "block")
    made.children = [_converted(inner) for inner in value]
    if not flow and made.children:
        made.end = made.children[-1].end
    return made


def _compose_with(loader: Any, text: str) -> Node | Refusal | None:
    import yaml

    try:
        parser = loader(text)
    except yaml.YAMLError as error:
        return _refusal(error, text)
    try:
        return _Composer(parser, text).document()
    except yaml.YAMLError as error:
        return _refusal(error, text)
    except _RefusedError as error:
        return error.refusal
    finally:
        parser.dispose()


def _refusal(error: Any, text: str, reason: str = "not-yaml") -> Refusal:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        return Refusal(reason, _wording(error), mark.index, mark.line + 1, mark.column + 1)
    # A ReaderError knows only a position: a character that YAML does not allow.
    position = min(int(getattr(error, "position", 0) or 0), len(text))
    line_start = text.rfind("\n", 0, position) + 1
    return Refusal(reason, str(error), position, text.count("\n", 0, position) + 1, position - line_start + 1)


def _wording(error: Any) -> str:
    """The error as the installer prints it: with the name that the file has there, without excerpts."""

    def place(mark: Any) -> str:
        return f'  in "genconf/config.yaml", line {mark.line + 1}, column {mark.column + 1}'

    lines: list[str] = []
    context, problem = error.context_mark, error.problem_mark
    if error.context is not None:
        lines.append(error.context)
    if context is not None and (
        problem is None
        or error.problem is None
        or (context.line, context.column) != (problem.line, problem.column)
    ):
        lines.append(place(context))
    if error.problem is not None:
        lines.append(error.problem)
    if problem is not None:
        lines.append(place(problem))
    if error.note is not None:
        lines.append(error.note)
    return "\n".join(lines)


class _RefusedError(Exception):
    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


class _Composer:
    """Builds nodes from a parser's events with a stack of its own, so that no input exhausts Python's."""

    def __init__(self, parser: Any, text: str) -> None:
        self._parser = parser
        self._text = text
        self._anchors: dict[str, Node] = {}
        self._sizes: dict[int, int] = {}
        self._depths: dict[int, int] = {}
        self._nodes = 0

    def _events(self) -> Iterator[Any]:
        parser = self._parser
        while parser.check_event():
            yield parser.get_event()

    def document(self) -> Node | None:
        import yaml

        root: Node | None = None
        stack: list[Node] = []
        counts: list[int] = []
        depths: list[int] = []
        key: list[Node | None] = []
        documents = 0
        first_mark: Any = None
        for event in self._events():
            kind = type(event)
            if kind is yaml.ScalarEvent:
                node = self._scalar(event)
                size = depth = 1
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                node = self._collection(event, "mapping" if kind is yaml.MappingStartEvent else "sequence")
                if len(stack) >= MAX_DEPTH:
                    raise self._refused(
                        "too-deep", f"nested deeper than {MAX_DEPTH} levels", event.start_mark
                    )
                stack.append(node)
                counts.append(1)
                depths.append(1)
                key.append(None)
                continue
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                node = stack.pop()
                size = counts.pop()
                depth = depths.pop()
                key.pop()
                node.end = self._end(node, event)
                self._sizes[id(node)] = size
                self._depths[id(node)] = depth
            elif kind is yaml.AliasEvent:
                node, size, depth = self._alias(event)
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise self._second(first_mark, event.start_mark)
                continue
            else:
                continue
            if not stack:
                if root is None:
                    root = node
                    first_mark = event.start_mark if node.kind == "scalar" else self._mark(node)
                continue
            self._nodes += 1
            counts[-1] += size
            depths[-1] = max(depths[-1], depth + 1)
            # Aliases of aliases nest without a bracket being written.
            if depths[-1] > MAX_DEPTH:
                raise self._refused("too-deep", f"nested deeper than {MAX_DEPTH} levels", event.start_mark)
            if counts[-1] > self._nodes + MAX_ALIASED_NODES:
                raise self._refused(
                    "alias-explosion",
                    f"more than {MAX_ALIASED_NODES:,} values once all aliases are followed",
                    event.start_mark,
                )
            parent = stack[-1]
            if parent.kind == "sequence":
                parent.children.append(node)
            elif key[-1] is None:
                key[-1] = node
            else:
                parent.children.append((key[-1], node))
                key[-1] = None
        return root

    def _scalar(self, event: Any) -> Node:
        style = event.style if event.style in {"'", '"', "|", ">"} else None
        tag = event.tag if event.tag != "!" else None
        if tag is not None:
            tag = tag.removeprefix(_PREFIX)
        else:
            tag = resolve_tag(event.value) if event.implicit[0] else "str"
        node = Node("scalar", event.start_mark.index, event.end_mark.index, tag, style)
        node.text = event.value
        self._anchor(event, node)
        return node

    def _collection(self, event: Any, kind: str) -> Node:
        start = event.start_mark.index
        tag = event.tag if event.tag != "!" else None
        if tag is not None:
            tag = tag.removeprefix(_PREFIX)
        node = Node(kind, start, start, tag, "flow" if event.flow_style else "block")
        self._anchor(event, node)
        return node

    def _anchor(self, event: Any, node: Node) -> None:
        if event.anchor is None:
            return
        if event.anchor in self._anchors:
            from yaml.composer import ComposerError

            first = self._mark(self._anchors[event.anchor])
            raise ComposerError(
                f"found duplicate anchor {event.anchor!r}; first occurrence",
                first,
                "second occurrence",
                event.start_mark,
            )
        self._anchors[event.anchor] = node

    def _alias(self, event: Any) -> tuple[Node, int, int]:
        target = self._anchors.get(event.anchor)
        if target is None:
            from yaml.composer import ComposerError

            raise ComposerError(None, None, f"found undefined alias {event.anchor!r}", event.start_mark)
        node = Node("alias", event.start_mark.index, event.end_mark.index, None, None)
        node.target = target
        return node, self._sizes.get(id(target), 1), self._depths.get(id(target), 1)

    def _end(self, node: Node, event: Any) -> int:
        """A flow collection ends with its bracket; a block one with its last child, not at the next token."""
        if node.style == "flow":
            return int(event.end_mark.index)
        if not node.children:
            return int(event.end_mark.index)
        last = node.children[-1]
        return int((last[1] if isinstance(last, tuple) else last).end)

    def _mark(self, node: Node) -> Any:
        from yaml import Mark

        line_start = self._text.rfind("\n", 0, node.start) + 1
        line = self._text.count("\n", 0, node.start)
        return Mark("<unicode string>", node.start, line, node.start - line_start, None, 0)

    def _second(self, first: Any, second: Any) -> _RefusedError:
        from yaml.composer import ComposerError

        error = ComposerError(
            "expected a single document in the stream", first, "but found another document", second
        )
        return _RefusedError(_refusal(error, self._text, "two-documents"))

    def _refused(self, reason: str, message: str, mark: Any) -> _RefusedError:
        return _RefusedError(Refusal(reason, message, mark.index, mark.line + 1, mark.column + 1))
