"""New members and elements in the style of the text around them, and taking old ones out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.jsontext.locating import Locator, Member, Path, Span


class Insertion(NamedTuple):
    """Text to put in at an offset."""

    offset: int
    text: str


def new_member(locator: Locator, path: Path, key: str, value: str, *, after: str | None = None) -> Insertion:
    """A member ``key: value`` (``value`` is JSON text) for the object at ``path``.

    It goes behind the member ``after`` where there is one, else in front of all others.
    """
    text, members = locator.text, locator.members(path)
    quoted = json.dumps(key, ensure_ascii=False)
    if not members:
        return Insertion(locator.start(path) + 1, f"{quoted}: {value}")
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
        separator = "," + (lead if "\n" in lead else " ")
    return Insertion(last.end, separator + value)


def without_element(elements: Sequence[Span], index: int) -> Span:
    """The span whose removal takes one element and one comma out of an array of several."""
    if index:
        return elements[index]._replace(start=elements[index - 1].end)
    return elements[0]._replace(end=elements[1].start)


def without_member(members: Sequence[Member], index: int) -> tuple[int, int]:
    """The span whose removal takes one member and its comma out of an object."""
    if index:
        return members[index - 1].end, members[index].end
    if len(members) > 1:
        return members[0].key_start, members[1].key_start
    return members[0].key_start, members[0].end


def nested_object(locator: Locator, model: Path, key: str, value: str) -> str:
    """The text of an object with one member, laid out like the object at ``model``, its sibling."""
    text, members = locator.text, locator.members(model)
    quoted = json.dumps(key, ensure_ascii=False)
    if not members:
        return f"{{{quoted}: {value}}}"
    span = locator.span(model)
    lead = text[span.start + 1 : members[0].key_start]
    tail = text[members[-1].end : span.end - 1]
    return f"{{{lead}{quoted}{_colon(text, members[0])}{value}{tail}}}"


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
