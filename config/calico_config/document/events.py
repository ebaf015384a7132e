"""Builds nodes from the events of a YAML parser, with a stack of its own: no input exhausts Python's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_config.document.nodes import PREFIX, Node, Refusal
from calico_config.document.scalars import resolve_tag
from calico_core.nesting import deep_bracket
from calico_core.spans import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

# Deeper nesting is refused. PyYAML itself gives up with a RecursionError at about 490 levels.
MAX_DEPTH = 100
_TOO_DEEP = f"nested deeper than {MAX_DEPTH} levels"
# How many nodes aliases may add once all of them are followed; a config.yaml has some dozens in all.
MAX_ALIASED_NODES = 100_000


def compose_with(loader: Any, text: str) -> Node | Refusal | None:
    """The one document of ``text``, read with a PyYAML loader's parser; its own composer is not used."""
    import yaml

    try:
        parser = loader(text)
    except yaml.YAMLError as error:
        return _refusal(error, text)
    try:
        return _Composer(parser, text).document()
    except yaml.YAMLError as error:
        opening = deep_bracket(text, MAX_DEPTH)
        if opening is not None:
            line, column = Lines(text).position(opening)
            return Refusal("too-deep", _TOO_DEEP, opening, line, column)
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
                    raise self._refused("too-deep", _TOO_DEEP, event.start_mark)
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
                raise self._refused("too-deep", _TOO_DEEP, event.start_mark)
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
            tag = tag.removeprefix(PREFIX)
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
            tag = tag.removeprefix(PREFIX)
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
