"""Where a value ends that stands behind a name: in quotes, bare, between brackets, in the lines below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_core.secrets.shapes import FAR

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUOTED = re.compile(r"(?P<mark>\\*)(?P<quote>[\"'])")
_COMMENT = re.compile(r"\s+#")
BLOCK = re.compile(r"(?:[&!]\S+[ \t]+)*[|>][-+0-9]*[ \t]*(?:#.*)?$")
_FLOW_VALUE = re.compile(r"[^,}\]\"'\\\n]*")
_BARE_VALUE = re.compile(r"[^\s,;}\])\"'\\&|]*")
_LEAF = re.compile(r"(?P<key>[\w.-]+\\*[\"']?\s*[:=]\s*)|(?P<text>[^\s\"'{}\[\],:=\\]+)")
_LEAF_TEXT = re.compile(r"(?P<mark>\\*)(?P<quote>[\"'])(?P<text>.*?)(?P=mark)(?P=quote)(?P<key>\s*:)?")
_NESTED_KEY = re.compile(r"(?:- +)*[\"']?[\w.-]+[\"']?\s*:(?:\s+|$)")


def value_at(text: str, start: int, end: int, *, spaced: bool) -> Iterator[tuple[int, int]]:
    """The span of the value that begins at ``start``, without its quotes.

    ``spaced`` says that a bare value may hold blanks, as it may in YAML and in headers.
    """
    match = _QUOTED.match(text, start, end)
    if match is not None:
        closing = _closing(text, match.end(), end, match["mark"], match["quote"])
        yield match.end(), closing
        return
    stop = end
    if spaced and not _in_flow(text, start):
        quote = _enclosing_quote(text, start, end)
        stop = quote if quote is not None else end
        comment = _COMMENT.search(text, start, stop)
        stop = comment.start() if comment is not None else stop
    else:
        bare = (_FLOW_VALUE if spaced else _BARE_VALUE).match(text, start, end)
        stop = bare.end() if bare is not None else end
    while stop > start and text[stop - 1] in " \t\r,;":
        stop -= 1
    if stop > start:
        yield start, stop


def _closing(text: str, start: int, end: int, mark: str, quote: str) -> int:
    """Where a quoted value ends: at its quote, escaped as often as the one before it, or with the line."""
    at = start
    while (at := text.find(quote, at, end)) >= 0:
        slashes = 0
        while at - slashes - 1 >= start and text[at - slashes - 1] == "\\":
            slashes += 1
        if slashes == len(mark) or (slashes > len(mark) and quote == "'" and not mark):
            return at - slashes if mark else at
        if not mark and slashes % 2 == 0:
            return at
        at += 1
    return end


def _line_start(text: str, start: int) -> int:
    """Where the line of ``start`` begins, or a place far before it."""
    near = max(start - FAR, 0)
    return text.rfind("\n", near, start) + 1 or near


def _in_flow(text: str, start: int) -> bool:
    """Whether brackets are open before ``start`` on its line, so that a bare value ends at a comma."""
    line = text[_line_start(text, start) : start]
    return line.count("{") + line.count("[") > line.count("}") + line.count("]")


def _enclosing_quote(text: str, start: int, stop: int) -> int | None:
    """Where a quote ends that has begun on the line before ``start``: the value ends there too."""
    line = text[_line_start(text, start) : start]
    found = [
        at
        for quote in ('"', "'")
        if line.count(quote) % 2 == 1 and (at := text.find(quote, start, stop)) >= 0
    ]
    return min(found, default=None)


def closing_bracket(text: str, start: int, end: int) -> int | None:
    """Where the bracket at ``start`` closes in this line, or None."""
    depth = 0
    for at in range(start, end):
        if text[at] in "{[":
            depth += 1
        elif text[at] in "}]":
            depth -= 1
            if depth == 0:
                return at + 1
    return None


def leaves(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Every value between brackets, and no key."""
    at = start
    while at < end:
        quoted = _LEAF_TEXT.match(text, at, end)
        if quoted is not None:
            if quoted["key"] is None and quoted["text"]:
                yield quoted.span("text")
            at = quoted.end()
            continue
        bare = _LEAF.match(text, at, end)
        if bare is None:
            at += 1
            continue
        if bare["text"] is not None:
            yield bare.span()
        at = bare.end()


def nested(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The value in a line below a secret name: behind its own key, or the whole line."""
    match = _NESTED_KEY.match(text, start, end)
    start = match.end() if match is not None else start
    if start >= end or BLOCK.match(text, start, end) is not None or text[start:end].strip("{}[], \r") == "":
        return
    if text[start] in "{[":
        yield from leaves(text, start, end)
        return
    yield from value_at(text, start, end, spaced=True)
