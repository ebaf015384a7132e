"""From YAML text to nodes with places; nothing is ever constructed here.

Two parsers know the text: libyaml, which is fast, and PyYAML's own, which the DC/OS installer uses
(``yaml.safe_load``). They differ in tabs, directives and the wording of errors, so that a text in which they
could differ goes through PyYAML's own, and every error is worded by it.
"""

from __future__ import annotations

import re
from typing import Any

from calico_config.document.nodes import PREFIX, Node, Refusal

# PyYAML's own parser takes about 20 µs for a character: above this size libyaml alone answers.
MAX_CAREFUL_SIZE = 100_000
# libyaml's own composer is the fastest, but it recurses; only small and flat texts go through it.
MAX_QUICK_SIZE = 20_000
MAX_QUICK_OPENINGS = 90

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


def compose(text: str) -> Node | Refusal | None:
    """The one document of ``text`` as nodes, None where there is none, or why there are no nodes."""
    if text.startswith("\ufeff"):
        # The parsers disagree on whether a byte order mark counts.
        return _moved(compose(text[1:]))
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    if loader is not yaml.SafeLoader and _is_flat(text) and not needs_care(text):
        try:
            composed = yaml.compose(text, Loader=loader)
        except yaml.YAMLError:
            loader = yaml.SafeLoader
        else:
            return None if composed is None else _converted(composed)
    return _carefully(text, loader)


def _carefully(text: str, loader: Any) -> Node | Refusal | None:
    """Through the events: any nesting and aliases are bounded, and PyYAML's own parser has the last word."""
    import yaml

    from calico_config.document.events import compose_with

    is_small = len(text) <= MAX_CAREFUL_SIZE
    if loader is not yaml.SafeLoader and is_small and needs_care(text):
        loader = yaml.SafeLoader
    result = compose_with(loader, text)
    if loader is yaml.SafeLoader or not isinstance(result, Refusal):
        return result
    if result.reason not in {"not-yaml", "two-documents"}:
        return result
    return compose_with(yaml.SafeLoader, text) if is_small else result._replace(exact=False)


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
    short = tag.removeprefix(PREFIX)
    start = node.start_mark.index
    value = node.value
    if type(value) is str:
        style = node.style
        if not style:
            style = None
            if value[:1] == ".":
                # PyYAML 5.3.1 takes `._` for a number, which newer ones do not.
                from calico_config.document.scalars import resolve_tag

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
