"""New members and elements in the style of the text around them, and taking old ones out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.json import scanning
from calico_core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from calico_core.json.locating import Locator, Member
    from calico_core.json.pointers import Path


_encode = json.JSONEncoder(ensure_ascii=False).encode


class Insertion(NamedTuple):
    """Text to put in at an offset."""

    offset: int
    text: str


def new_member(locator: Locator, path: Path, key: str, value: str, *, after: str | None = None) -> Insertion:
    """A member ``key: value`` (``value`` is JSON text) for the object at ``path``.

    It goes behind the member ``after`` where there is one, else in front of all others.
    """
    text, members = locator.text, locator.members(path)
    quoted = _encode(key)
    if not members:
        return Insertion(locator.start(path) + 1, f"{quoted}{separators(locator, path)[1]}{value}")
    anchor = next((member for member in reversed(members) if member.key == after), None)
    colon = _colon(text, (anchor or members[0]))
    separator = _separator(text, locator.start(path), members, anchor or members[0])
    if anchor is None:
        return Insertion(members[0].key_start, f"{quoted}{colon}{value}{separator}")
    return Insertion(anchor.end, f"{separator}{quoted}{colon}{value}")


def new_element(locator: Locator, path: Path, value: str) -> Insertion:
    """An element (JSON text) behind the last one of the array at ``path``."""
    text, elements = locator.text, locator.elements(path)
    if not elements:
        return Insertion(locator.start(path) + 1, value)
    last = elements[-1]
    if len(elements) > 1:
        separator = text[elements[-2].end : last.start]
    else:
        lead = text[locator.start(path) + 1 : last.start]
        separator = "," + lead if "\n" in lead else separators(locator, path)[0]
    return Insertion(last.end, separator + value)


def without(spans: Sequence[Span], removed: Collection[int]) -> list[Span]:
    """The spans whose removal takes these members or elements, and their commas, out of the whole list.

    ``spans`` are all members (from their keys on) or elements in their order.
    """
    kept = [index for index in range(len(spans)) if index not in removed]
    if not kept:
        return [Span(spans[0].start, spans[-1].end)]
    cut: list[Span] = []
    if kept[0] > 0:
        cut.append(Span(spans[0].start, spans[kept[0]].start))
    for index, following in zip(kept, [*kept[1:], len(spans)], strict=True):
        if following > index + 1:
            cut.append(Span(spans[index].end, spans[following - 1].end))
    return cut


def separators(locator: Locator, path: Path) -> tuple[str, str]:
    """The comma and the colon on one line, as the nearest object at or around ``path`` has them."""
    text = locator.text
    for depth in range(len(path), -1, -1):
        if text[locator.start(path[:depth])] == "{" and locator.members(path[:depth]):
            colon = _colon(text, locator.members(path[:depth])[0])
            return ", " if colon.endswith((" ", "\t")) else ",", colon
    return ", ", ": "


def laid_out(locator: Locator, parent: Path, value: Any) -> str:
    """The JSON text of a new member's or element's value, laid out like what is in its parent.

    Several lines where the parent has its members on lines of their own, with its indentation; else one
    line, with blanks where the parent has them. A text has one layout.
    """
    if isinstance(value, str):
        return _encode(value)
    text, start = locator.text, locator.start(parent)
    first = scanning.first(text, start)
    lead = text[start + 1 : first] if first >= 0 else ""
    if "\n" not in lead:
        return json.dumps(value, ensure_ascii=False, separators=separators(locator, parent))
    indent = lead[lead.rindex("\n") + 1 :]
    line = text[text.rfind("\n", 0, start) + 1 : start]
    outer = line[: len(line) - len(line.lstrip(" \t"))]
    step = indent.removeprefix(outer) or "  "
    newline = "\r\n" if "\r\n" in lead else "\n"
    return json.dumps(value, ensure_ascii=False, indent=step).replace("\n", newline + indent)


def _colon(text: str, member: Member) -> str:
    """What stands between a member's key and its value, taken from a neighbour."""
    between = text[member.key_start : member.start]
    return between[between.rindex('"') + 1 :]


def _separator(text: str, start: int, members: Sequence[Member], anchor: Member) -> str:
    """What stands between two members: beside ``anchor`` where it has a neighbour, else as it began."""
    place = members.index(anchor)
    if place + 1 < len(members):
        return text[anchor.end : members[place + 1].key_start]
    if place:
        return text[members[place - 1].end : anchor.key_start]
    lead = text[start + 1 : anchor.key_start]
    if "\n" in lead:
        return "," + lead
    return ", " if _colon(text, anchor).endswith((" ", "\t")) else ","
