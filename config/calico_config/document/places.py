"""Where a value inside a setting stands: in nested YAML, or in JSON that is written inside a text."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from calico_config.document.scalars import tag_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_core.json.locating import Locator
    from calico_core.yaml.nodes import Node

_SPACE = re.compile(r"[ \t\r\n]*")
_ESCAPE_WIDTHS = {"x": 4, "u": 6, "U": 10}


def loads(text: str) -> Any:
    """``json.loads``; a number too long for newer Python versions is infinite instead of an error.

    Raises ValueError and RecursionError as ``json.loads`` does.
    """
    return json.loads(text, parse_int=_number) if len(text) > 4000 else json.loads(text)


def _number(digits: str) -> int | float:
    return int(digits) if len(digits) <= 4000 else float("-inf" if digits[0] == "-" else "inf")


def locate(text: str, node: Node, path: Sequence[str | int], *, key: bool = False) -> tuple[int, int]:
    """Where the value (or, with ``key``, the last key) at ``path`` inside a setting's value stands.

    Offsets of start and end in the file; of what is not there, those of the nearest value around it.
    """
    place = (node.start, node.end)
    for depth, step in enumerate(path):
        target = node.resolved
        if target.kind == "scalar":
            return _in_scalar(text, target, path[depth:], key=key) or place
        found = _child(target, step)
        if found is None:
            return place
        key_node, node = found
        is_last = depth == len(path) - 1
        chosen = key_node if key and is_last and key_node is not None else node
        place = (chosen.start, chosen.end)
    return place


def _child(node: Node, step: str | int) -> tuple[Node | None, Node] | None:
    if node.kind == "sequence":
        if isinstance(step, int) and 0 <= step < len(node.children):
            return None, node.children[step]
        return None
    found = None
    for key, value in node.children:
        if key.resolved.kind == "scalar" and key.resolved.text == step:
            found = (key, value)
    if found is None:
        for key, value in node.children:
            merges = key.resolved.kind == "scalar" and tag_of(key.resolved) == "merge"
            if merges and value.resolved.kind == "mapping" and value.resolved is not node:
                found = _child(value.resolved, step) or found
    return found


def _in_scalar(text: str, node: Node, path: Sequence[str | int], *, key: bool) -> tuple[int, int] | None:
    locator = _locator_of(node.text)
    if locator is None:
        return None
    nearest = locator.nearest(tuple(path))
    is_key = key and len(nearest) == len(path) and isinstance(path[-1], str)
    start, end = locator.key(nearest) if is_key else locator.span(nearest)
    offsets = character_offsets(text, node)
    if end == start:
        return offsets[start], offsets[start]
    last = offsets[end - 1]
    return offsets[start], last + _width(text, last, node.style)


def _width(source: str, place: int, style: str | None) -> int:
    """How many characters of the file stand for the one at ``place``."""
    if style == '"' and source[place] == "\\":
        return _ESCAPE_WIDTHS.get(source[place + 1 : place + 2], 2)
    return 2 if style == "'" and source[place] == "'" else 1


@lru_cache(maxsize=8)
def _locator_of(text: str) -> Locator | None:
    """The places of a JSON text, None for any other; kept, because many places are asked for in a row."""
    from calico_core.json import locating, scanning

    try:
        loads(text)
    except (ValueError, RecursionError):
        return None
    return locating.Locator(text, scanning.begin(text))


def _skip(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


@lru_cache(maxsize=4)
def character_offsets(source: str, node: Node) -> list[int]:
    """For every character of a scalar's text the offset in the file that it comes from.

    Where the way back cannot be followed (folded lines with
    escapes), every character comes from the scalar's start.
    """
    raw = source[node.start : node.end]
    if node.style == '"':
        found = _double_quoted(raw)
    elif node.style == "'":
        found = _single_quoted(raw)
    elif node.style in {"|", ">"}:
        found = _block(raw, node.text)
    else:
        found = _lines(raw, node.text)
    if found is not None and len(found) == len(node.text):
        return [node.start + place for place in found]
    return [node.start] * len(node.text)


def _double_quoted(raw: str) -> list[int] | None:
    places: list[int] = []
    position = 1
    while position < len(raw) - 1:
        sign = raw[position]
        if sign == "\\":
            following = raw[position + 1 : position + 2]
            if following == "\n" or raw[position + 1 : position + 3] == "\r\n":
                # An escaped line break joins the lines without a space.
                position = _skip(raw, position + 1)
                continue
            places.append(position)
            position += _ESCAPE_WIDTHS.get(following, 2)
        elif sign in " \t\r\n":
            position = _fold(raw, position, len(raw) - 1, places)
        else:
            places.append(position)
            position += 1
    return places


def _single_quoted(raw: str) -> list[int] | None:
    places: list[int] = []
    position = 1
    while position < len(raw) - 1:
        if raw[position] in " \t\r\n":
            position = _fold(raw, position, len(raw) - 1, places)
        else:
            places.append(position)
            position += 2 if raw[position] == "'" else 1
    return places


def _fold(raw: str, position: int, limit: int, places: list[int]) -> int:
    """White space in a quoted scalar: kept within a line, else one space or the further line breaks."""
    end = position
    while end < limit and raw[end] in " \t\r\n":
        end += 1
    breaks = [place for place in range(position, end) if raw[place] == "\n"]
    if not breaks:
        places.extend(range(position, end))
    elif len(breaks) == 1:
        places.append(breaks[0])
    else:
        places.extend(breaks[1:])
    return end


def _block(raw: str, text: str) -> list[int] | None:
    """A block scalar: its text is found line by line after the indentation."""
    header = raw.find("\n") + 1
    return _lines(raw, text, header) if header else None


def _lines(raw: str, text: str, position: int = 0) -> list[int] | None:
    """Follows ``text`` through ``raw``; a space or break of the text may be any white space of the file."""
    places: list[int] = []
    for sign in text:
        if sign in " \n":
            if raw[position : position + 1] == sign:
                places.append(position)
                position += 1
                continue
            if sign == "\n" and position >= len(raw):
                places.append(len(raw) - 1)
                continue
            start = position
            while position < len(raw) and raw[position] in " \t\r\n" and raw[position] != sign:
                position += 1
            if raw[position : position + 1] == sign:
                places.append(position)
                position += 1
            else:
                places.append(start)
            continue
        while position < len(raw) and raw[position] != sign and raw[position] in " \t\r\n":
            position += 1
        if raw[position : position + 1] != sign:
            return None
        places.append(position)
        position += 1
    return places
