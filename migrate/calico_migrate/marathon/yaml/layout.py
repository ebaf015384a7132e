"""Where the lines and parts of block collections begin and end in a YAML text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_core.yaml.nodes import MAPPING, SEQUENCE

if TYPE_CHECKING:
    from calico_core.yaml.nodes import Node

_PROPERTIES = re.compile(r"(?:(?:&[^\s,\[\]{}]+|!<[^>\s]*>|![^\s,\[\]{}]*)(?:[ \t\r\n]|(?<=\s)#[^\r\n]*)*)+")
_BETWEEN = re.compile(r"(?:\s|#[^\r\n]*)*")
_LINE_END = re.compile(r"\r\n|\r|\n|\Z")


def content(text: str, node: Node) -> int:
    """Where a node begins behind its anchor and tag."""
    if node.anchor is None and node.tag is None:
        return node.start
    match = _PROPERTIES.match(text, node.start, node.end)
    return node.start if match is None else match.end()


def is_braced(text: str, node: Node) -> bool:
    """Whether a collection stands in brackets: a pair in ``[a: b]`` is a mapping without any."""
    return node.style == "flow" and text[content(text, node)] in "{["


def line_start(text: str, offset: int) -> int:
    """Where the line of an offset begins, behind a byte order mark."""
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    return 1 if start == 0 and text.startswith("\ufeff") else start


def line_end(text: str, offset: int) -> int:
    """Where the line of an offset ends, in front of its line break."""
    match = _LINE_END.search(text, offset)
    return len(text) if match is None else match.start()


def newline(text: str, offset: int) -> str:
    """The line break behind an offset, or the text's first one where none follows."""
    match = _LINE_END.search(text, offset)
    if match is None or not match[0]:
        match = _LINE_END.search(text)
    return (match[0] if match is not None else "") or "\n"


def column(text: str, offset: int) -> int:
    """How far from the start of its line an offset is."""
    return offset - line_start(text, offset)


def own_line(text: str, offset: int) -> bool:
    """Whether only spaces stand in front of an offset on its line."""
    return not text[line_start(text, offset) : offset].strip(" ")


def ends_line(text: str, offset: int) -> bool:
    """Whether an offset is behind a line break: a block scalar ends there."""
    return offset > 0 and text[offset - 1] in "\r\n"


def last_line_end(text: str, end: int) -> int:
    """Where the last line of a part ends, in front of its line break; a block scalar's end is behind it."""
    if not ends_line(text, end):
        return line_end(text, end)
    return end - (2 if text[end - 2 : end] == "\r\n" else 1)


def dash(text: str, sequence: Node, index: int) -> int:
    """The offset of the dash of a block sequence's element."""
    if index == 0:
        return content(text, sequence)
    match = _BETWEEN.match(text, sequence.children[index - 1].end)
    return sequence.start if match is None else match.end()


def steps(text: str, root: Node) -> tuple[int, int]:
    """How far to the right of its key a block mapping and the dashes of a block sequence stand, as seen."""
    step = hyphen = -1
    pending = [root]
    seen: set[int] = set()
    while pending and (step < 0 or hyphen < 0):
        node = pending.pop(0)
        if id(node) in seen or node.style != "block":
            continue
        seen.add(id(node))
        if node.kind == SEQUENCE:
            pending.extend(node.children)
            continue
        for key, value in node.children:
            if value.style != "block" or not value.children:
                continue
            if value.kind == MAPPING and step < 0:
                step = column(text, value.children[0][0].start) - column(text, key.start)
            if value.kind == SEQUENCE and hyphen < 0:
                hyphen = column(text, content(text, value)) - column(text, key.start)
            pending.append(value)
    step = step if step > 0 else 2
    return step, hyphen if hyphen >= 0 else step
