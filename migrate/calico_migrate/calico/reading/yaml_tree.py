"""The tree of a YAML or JSON document, with the place of every value and without any interpretation.

The tree is that of the one composer, with what go-yaml 2.2 reads otherwise than libyaml: tags with commas and
brackets, question marks, aliases.
"""

# No annotations as texts here: `NamedTuple` would compile each at every start.
import re
from typing import NamedTuple, TypeAlias

from calico_core.yaml import composing
from calico_core.yaml import nodes as composed
from calico_core.yaml.aliases import counted
from calico_core.yaml.composing import Dialect

_ALIAS_RATIO_LOW = 400_000
_ALIAS_RATIO_HIGH = 4_000_000

# No resource needs a tenth of it. go-yaml 2.2 goes to 10,000 (scannerc.go, max_flow_level and max_indents),
# newer libyamls to 1,000, and older ones take a time that grows with the square of the depth.
_MOST_DEPTH = 900
_TOO_DEEP = f"it is nested more than {_MOST_DEPTH} levels deep"


# What go-yaml takes for a tag: libyaml ends one at a comma or bracket, go-yaml does not.
_TAG = re.compile(r"![-A-Za-z0-9_;/?:@&=+$,.!~*'()\[\]%]*")
_TAG_ENDS = re.compile(r"[,\[\]]")

_STRING_OR_TABS = re.compile(r'"(?:[^"\\]|\\.)*"|\t+', re.DOTALL)

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
    items: "list[Node]"


class Mapping(NamedTuple):
    """A mapping with its pairs in the order of the text, repeated keys and merge keys included."""

    offset: int
    pairs: "list[tuple[Node, Node]]"


Node: TypeAlias = Scalar | Sequence | Mapping


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
    fastest, plain = composing.parsers()
    if fastest is plain and text.lstrip()[:1] in ("{", "["):
        # PyYAML's own parser takes no tabs between the values of JSON.
        text = _STRING_OR_TABS.sub(_blanks, text)
    dialect = Dialect(_MOST_DEPTH, on_tag=lambda node, around: _check_flow_tag(text, node, around))
    try:
        document = next(composing.compose(text, dialect), None)
    except composing.YamlError as error:
        context = getattr(error.cause, "context_mark", None)
        if context is not None and error.cause.context == "while scanning a tag":
            _check_tag(text, context.index)
        raise YamlError(_message(error), base + error.offset) from error
    if document is None:
        return None
    if "?" in text:
        _check_questions(document.root, base)
    if document.aliases:
        _check_aliases(*counted(document), base + document.root.start)
    return _tree(document.root, base)


def _blanks(match: re.Match[str]) -> str:
    return match[0] if match[0][0] == '"' else " " * len(match[0])


def _message(error: composing.YamlError) -> str:
    """What is wrong, in the words of go-yaml's readers."""
    if error.reason == "too-deep":
        return _TOO_DEEP
    context, problem = getattr(error.cause, "context", None), getattr(error.cause, "problem", None)
    return " ".join(part for part in (context, problem) if part) or error.message


class _LongTagError(Exception):
    """A tag that libyaml ends before go-yaml does; ``span`` is what go-yaml takes for it."""

    def __init__(self, span: tuple[int, int]) -> None:
        super().__init__(span)
        self.span = span


def _check_tag(text: str, at: int) -> None:
    match = _TAG.match(text, at)
    if match is not None and _TAG_ENDS.search(match[0]):
        raise _LongTagError(match.span())


def _check_flow_tag(text: str, node: composed.Node, around: composed.Node | None) -> None:
    if around is not None and around.style == "flow":
        _check_tag(text, node.start)


def _check_questions(root: composed.Node, base: int) -> None:
    """Refuses plain values with a question mark in brackets, the first one first."""
    pending = [root]
    while pending:
        node = pending.pop()
        below = list(node.parts())
        if node.style == "flow":
            for part in below:
                if part.kind == composed.SCALAR and part.style is None and "?" in part.text:
                    # libyaml takes it there, go-yaml 2.2 ends the value at it (scannerc.go).
                    raise YamlError("a '?' inside [ ] or { } needs quotes", base + part.start)
        pending.extend(reversed(below))


def _tree(root: composed.Node, base: int) -> Node:
    """The nodes in the shapes that readers of resources ask for; what an alias names is shared."""
    made: dict[int, Node] = {}
    pending: list[composed.Node] = []

    def shape(node: composed.Node) -> Node:
        node = node.resolved
        known = made.get(id(node))
        if known is not None:
            return known
        offset = base + node.start
        if node.kind == composed.SCALAR:
            found: Node = Scalar(offset, node.text, node.tag, node.style is None)
        else:
            found = Mapping(offset, []) if node.kind == composed.MAPPING else Sequence(offset, [])
            pending.append(node)
        made[id(node)] = found
        return found

    top = shape(root)
    while pending:
        node = pending.pop()
        target = made[id(node)]
        if isinstance(target, Mapping):
            target.pairs.extend((shape(key), shape(value)) for key, value in node.children)
        elif isinstance(target, Sequence):
            target.items.extend(map(shape, node.children))
    return top


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
