"""The tree of a YAML or JSON document, with the place of every value and without any interpretation.

libyaml's parser gives events; the tree is built from them without recursion. Nothing is constructed, so that
no tag can do anything.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from calico_core.nesting import deep_bracket

if TYPE_CHECKING:
    from typing import TypeAlias

    from yaml.events import Event

_ALIAS_RATIO_LOW = 400_000
_ALIAS_RATIO_HIGH = 4_000_000

# No resource needs a tenth of it. go-yaml 2.2 goes to 10,000 (scannerc.go, max_flow_level and max_indents),
# newer libyamls to 1,000, and older ones take a time that grows with the square of the depth.
_MOST_DEPTH = 900
_TOO_DEEP = f"it is nested more than {_MOST_DEPTH} levels deep"


# What go-yaml takes for a tag: libyaml ends one at a comma or bracket, go-yaml does not.
_TAG = re.compile(r"![-A-Za-z0-9_;/?:@&=+$,.!~*'()\[\]%]*")
_TAG_ENDS = re.compile(r"[,\[\]]")

# A document is read once more for each such tag.
_MOST_LONG_TAGS = 100


class YamlError(Exception):
    """A document that cannot be read; ``offset`` is the place in its text, in code points."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


class Scalar(NamedTuple):
    """A scalar as it is written.

    ``tag`` is the explicit tag in its long form, or None. ``plain`` says that the value is neither quoted
    nor a block scalar, so that its form decides what it is.
    """

    offset: int
    text: str
    tag: str | None
    plain: bool


class Sequence(NamedTuple):
    """A sequence; an alias stands as the value it names."""

    offset: int
    items: list[Node]


class Mapping(NamedTuple):
    """A mapping with its pairs in the order of the text, repeated keys and merge keys included."""

    offset: int
    pairs: list[tuple[Node, Node]]


Node: TypeAlias = Scalar | Sequence | Mapping


class _Open:
    """A collection whose end is still to come."""

    __slots__ = ("aliased", "children", "count", "flow", "node")

    def __init__(self, node: Sequence | Mapping, *, flow: bool) -> None:
        self.node = node
        self.flow = flow
        self.children: list[Node] = []
        self.count = 1
        self.aliased = 0


def compose(text: str, base: int = 0) -> Node | None:
    """The tree of the first document of ``text``, or None where there is none.

    ``base`` is added to every offset. Raises YamlError where the text is no YAML, an alias names nothing or
    a value that contains itself, or where aliases blow up the document (the limits are go-yaml's).
    """
    for _ in range(_MOST_LONG_TAGS):
        node, long_tag = _attempt(text, base)
        if long_tag is None:
            return node
        # The places stay as they are, and nobody asks what such a tag is called.
        start, end = long_tag
        text = text[:start] + _TAG_ENDS.sub("~", text[start:end]) + text[end:]
    raise YamlError("there are too many tags with commas and brackets", base)


def _attempt(text: str, base: int) -> tuple[Node | None, tuple[int, int] | None]:
    """The tree, or the span of a tag with which libyaml cannot go on."""
    try:
        return _compose(text, base), None
    except _LongTagError as error:
        return None, error.span


def _compose(text: str, base: int) -> Node | None:
    import yaml

    try:
        return _build(text, base)
    except yaml.MarkedYAMLError as error:
        if error.context == "while scanning a tag" and error.context_mark is not None:
            _check_tag(text, error.context_mark.index)
        opening = deep_bracket(text, _MOST_DEPTH)
        if opening is not None:
            raise YamlError(_TOO_DEEP, base + opening) from None
        mark = error.problem_mark or error.context_mark
        problem = " ".join(part for part in (error.context, error.problem) if part)
        raise YamlError(problem or "it is no YAML", base + (mark.index if mark is not None else 0)) from error
    except yaml.reader.ReaderError as error:
        raise YamlError(f"{error.reason} (character #x{_code(error.character):04x})", base) from error
    except UnicodeEncodeError as error:
        raise YamlError("a surrogate stands alone", base + error.start) from error


class _LongTagError(Exception):
    """A tag that libyaml ends before go-yaml does; ``span`` is what go-yaml takes for it."""

    def __init__(self, span: tuple[int, int]) -> None:
        super().__init__(span)
        self.span = span


def _check_tag(text: str, at: int) -> None:
    match = _TAG.match(text, at)
    if match is not None and _TAG_ENDS.search(match[0]):
        raise _LongTagError(match.span())


def _index(event: Event) -> int:
    mark = event.start_mark
    return 0 if mark is None else mark.index


def _code(character: object) -> int:
    if isinstance(character, int):
        return character
    return ord(str(character)[:1] or "\0")


def _build(text: str, base: int) -> Node | None:
    import yaml

    anchors: dict[str, tuple[Node, int]] = {}
    stack: list[_Open] = []
    open_anchors: list[str | None] = []
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        count, aliased = 1, 0
        node: Node
        if isinstance(event, yaml.ScalarEvent):
            plain = not event.style
            if event.tag is not None and stack and stack[-1].flow:
                _check_tag(text, _index(event))
            node = Scalar(base + _index(event), event.value, event.tag, plain)
            if plain and "?" in event.value and stack and stack[-1].flow:
                # libyaml takes it there, go-yaml 2.2 ends the value at it (scannerc.go).
                raise YamlError("a '?' inside [ ] or { } needs quotes", node.offset)
            if event.anchor is not None:
                anchors[event.anchor] = (node, 1)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            place = base + _index(event)
            mapping = isinstance(event, yaml.MappingStartEvent)
            opened = _Open(
                Mapping(place, []) if mapping else Sequence(place, []), flow=bool(event.flow_style)
            )
            if len(stack) >= _MOST_DEPTH:
                raise YamlError(_TOO_DEEP, place)
            stack.append(opened)
            open_anchors.append(event.anchor)
            if event.anchor is not None:
                anchors.pop(event.anchor, None)
            continue
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            closed = stack.pop()
            node, count, aliased = closed.node, closed.count, closed.aliased
            children = closed.children
            if isinstance(node, Mapping):
                node.pairs.extend(zip(children[::2], children[1::2], strict=True))
            else:
                node.items.extend(children)
            anchor = open_anchors.pop()
            if anchor is not None:
                anchors[anchor] = (node, count)
        elif isinstance(event, yaml.AliasEvent):
            place = base + _index(event)
            if event.anchor in open_anchors:
                raise YamlError(f"the anchor '{event.anchor}' contains itself", place)
            if event.anchor not in anchors:
                raise YamlError(f"the alias '*{event.anchor}' names no anchor", place)
            node, size = anchors[event.anchor]
            count, aliased = 1 + size, size
        else:
            continue
        if not stack:
            _check_aliases(count, aliased, node.offset)
            return node
        parent = stack[-1]
        parent.children.append(node)
        parent.count += count
        parent.aliased += aliased
    return None


def _check_aliases(count: int, aliased: int, offset: int) -> None:
    # go-yaml 2.2 decode.go, allowedAliasRatio.
    if aliased <= 100 or count <= 1000:
        return
    if count <= _ALIAS_RATIO_LOW:
        allowed = 0.99
    elif count >= _ALIAS_RATIO_HIGH:
        allowed = 0.10
    else:
        allowed = 0.99 - 0.89 * (count - _ALIAS_RATIO_LOW) / (_ALIAS_RATIO_HIGH - _ALIAS_RATIO_LOW)
    # Integers, since the counts of a bomb are larger than any float.
    if aliased * 1000 > count * int(allowed * 1000):
        raise YamlError("the document contains excessive aliasing", offset)
