"""Which edits move a definition from the old network to the new one.

Names are compared exactly and only where Marathon reads a network name; everything else stays.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.spans import Edit
from calico_migrate.marathon.attachments import Attachment, attachments, port_network_names
from calico_migrate.marathon.rules import merge_networks, name_default_network, rename_network

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_core.json.locating import Path, Span
    from calico_migrate.marathon.definitions import Definition
    from calico_migrate.network_map import NetworkMap

_RENAME = rename_network.RULE.id


class Merge(NamedTuple):
    """Entries that become one: the path of the one that stays, all names before, and the name after.

    ``conflicts`` are the labels on which the entries differ.
    """

    entry: Path
    names: list[str | None]
    after: str
    conflicts: list[str]


class Unmoved(NamedTuple):
    """A policy label that was to be moved and stays: its path, its key, and why."""

    path: Path
    key: str
    reason: str


class Plan(NamedTuple):
    """The edits of one definition, in no order, and the result.

    ``networks`` are the names of the container networks after the change, in their order; None stands for
    a default network that is not in the map. ``attachments`` are the networks before the change.
    An edit without a rule belongs to the one before it.
    """

    edits: list[Edit]
    networks: list[str | None]
    attachments: list[Attachment]
    merges: list[Merge]
    unmoved: list[Unmoved]


def plan(definition: Definition, network_map: NetworkMap) -> Plan:
    """The edits that the map asks for in this definition."""
    found = attachments(definition.kind, definition.value)
    planned = Plan([], [], found, [], [])
    if len(found) == 1:
        after = network_map.after(found[0].name)
        planned.networks.append(after)
        if after is not None and after != found[0].name:
            planned.edits.append(_named(definition, found[0], after))
    else:
        _plan_several(definition, planned, network_map)
    for path, names in port_network_names(definition.kind, definition.value):
        _rename_list(definition, planned, path, names, network_map)
    return planned


def _plan_several(definition: Definition, planned: Plan, network_map: NetworkMap) -> None:
    """Plans the names of several networks, and of those that become one."""
    # `networks` beside `ipAddress` is never one entry: Marathon refuses both together.
    groups: dict[tuple[Path, str | None], list[Attachment]] = {}
    for attachment in planned.attachments:
        after = network_map.after(attachment.name)
        place = attachment.entry[:-1] if attachment.entry else ()
        groups.setdefault((place, after), []).append(attachment)
    for (_, after), group in groups.items():
        planned.networks.append(after)
        if after is None or all(each.name == after for each in group):
            # Unnamed networks that the map does not have, and duplicates that were there before.
            planned.networks.extend([after] * (len(group) - 1))
            continue
        if group[0].name != after:
            planned.edits.append(_named(definition, group[0], after))
        if len(group) > 1:
            _merge(definition, planned, group, after)


def _named(definition: Definition, attachment: Attachment, after: str) -> Edit:
    """The edit that gives one network its new name."""
    quoted = json.dumps(after)
    if attachment.entry is None:
        return _new_address(definition, after)
    path = (*attachment.entry, attachment.key)
    pointer = definition.pointer(path)
    if attachment.name is not None:
        return Edit(
            *_span(definition, path, attachment.name), quoted, _RENAME, pointer, attachment.name, after
        )
    if attachment.key in attachment.value:
        null = definition.locator.span(definition.inside + path)
        return Edit(*null, quoted, name_default_network.RULE.id, pointer, None, after)
    from calico_core.json import styling

    place = styling.new_member(
        definition.locator, definition.inside + attachment.entry, attachment.key, quoted, after="mode"
    )
    guard = _insertion_guard(definition, attachment)
    return Edit(
        place.offset,
        place.offset,
        place.text,
        name_default_network.RULE.id,
        pointer,
        None,
        after,
        "add",
        guard,
    )


def _span(definition: Definition, path: Path, name: str) -> tuple[int, int]:
    """The span of a name in the text; found without a look around where the name stands there only once."""
    place = definition.sole(name)
    if place >= 0:
        return place, place + len(name) + 2
    return definition.locator.span(definition.inside + path)


def _insertion_guard(definition: Definition, attachment: Attachment) -> tuple[str, Any]:
    entry = attachment.entry or ()
    if "mode" in attachment.value:
        return definition.pointer((*entry, "mode")), attachment.value["mode"]
    return definition.pointer(entry), dict(attachment.value)


def _new_address(definition: Definition, after: str) -> Edit:
    """An ``ipAddress`` for an app with ``docker.network: USER`` and none, behind its ``container``."""
    from calico_core.json import styling

    locator, inside = definition.locator, definition.inside
    pointer, value = definition.pointer(("ipAddress",)), {"networkName": after}
    new = styling.laid_out(locator, inside, value)
    rule = name_default_network.RULE.id
    if "ipAddress" in definition.value:
        span = locator.span((*inside, "ipAddress"))
        return Edit(*span, new, rule, pointer, None, value)
    place = styling.new_member(locator, inside, "ipAddress", new, after="container")
    network = ("container", "docker", "network")
    guard = definition.pointer(network), definition.value["container"]["docker"]["network"]
    return Edit(place.offset, place.offset, place.text, rule, pointer, None, value, "add", guard)


def _merge(definition: Definition, planned: Plan, group: Sequence[Attachment], after: str) -> None:
    """Entries of one array that become one: the first stays, the later ones go, their labels join it."""
    first, *later = group
    entry = first.entry or ()
    conflicts = _merge_labels(definition, planned, first, later)
    removed = {_index(other): dict(other.value) for other in later}
    elements = definition.locator.elements(definition.inside + entry[:-1])
    _take_out(definition, planned, entry[:-1], elements, removed)
    names = [other.name for other in group]
    planned.merges.append(Merge(entry, names, after, conflicts))


def _merge_labels(
    definition: Definition, planned: Plan, first: Attachment, later: Sequence[Attachment]
) -> list[str]:
    """Plans the labels that the first entry takes over; answers the keys on which the entries differ."""
    merged: dict[str, Any] = dict(first.labels)
    added: list[str] = []
    conflicts: list[str] = []
    locator, inside = definition.locator, definition.inside
    for other in later:
        if not other.labels or other.entry is None:
            continue
        place = (*inside, *other.entry, "labels")
        for member in locator.members(place):
            value = other.labels[member.key]
            if member.key not in merged:
                merged[member.key] = value
                last = locator.member((*place, member.key))
                added.append(locator.text[last.key_start : last.end])
            elif merged[member.key] != value and member.key not in conflicts:
                conflicts.append(member.key)
    if not added or first.entry is None:
        return conflicts
    from calico_core.json import styling

    path = (*first.entry, "labels")
    at, pointer, rule = inside + path, definition.pointer(path), merge_networks.RULE.id
    comma, colon = styling.separators(locator, at[:-1])
    if first.labels:
        anchor = locator.members(at)[-1]
        place_at = styling.new_member(locator, at, "", "", after=anchor.key)
        # The separator is what stands in front of the empty member's key.
        separator = place_at.text[: place_at.text.index('""')]
        text = "".join(separator + pair for pair in added)
        edit = Edit(anchor.end, anchor.end, text, rule, pointer, dict(first.labels), merged)
    elif "labels" in first.value:
        span = locator.span(at)
        edit = Edit(*span, "{" + comma.join(added) + "}", rule, pointer, first.value["labels"], merged)
    else:
        labels = "{" + comma.join(added) + "}"
        members = locator.members(at[:-1])
        if members:
            insertion = styling.new_member(locator, at[:-1], "labels", labels, after=members[-1].key)
        else:
            # The entry is `{}`: its new name is inserted at the same place, in front of this.
            insertion = styling.Insertion(locator.start(at[:-1]) + 1, f'{comma}"labels"{colon}{labels}')
        # The entry itself may have got its name by then; the one that the labels come from goes last.
        source = next(other for other in later if other.labels and other.entry is not None)
        guard = definition.pointer(source.entry or ()), dict(source.value)
        edit = Edit(
            insertion.offset, insertion.offset, insertion.text, rule, pointer, None, merged, "add", guard
        )
    planned.edits.append(edit)
    return conflicts


def _rename_list(
    definition: Definition, planned: Plan, path: Path, names: list[Any], network_map: NetworkMap
) -> None:
    """Renames the networks in one ``networkNames``, and takes out what would stand there twice."""
    seen: set[str] = set()
    afters = [network_map.names.get(name, name) if isinstance(name, str) else None for name in names]
    if not any(after is not None and after != name for after, name in zip(afters, names, strict=True)):
        return
    elements = definition.locator.elements(definition.inside + path)
    renamed = {after for after, name in zip(afters, names, strict=True) if after != name}
    twice: dict[int, Any] = {}
    for index, (name, after) in enumerate(zip(names, afters, strict=True)):
        if after is None:
            continue
        if after in seen and after in renamed:
            twice[index] = name
        elif after != name:
            pointer = definition.pointer((*path, index))
            planned.edits.append(
                Edit(*elements[index], json.dumps(after), rename_network.RULE.id, pointer, name, after)
            )
        seen.add(after)
    if twice:
        _take_out(definition, planned, path, elements, twice)


def _take_out(
    definition: Definition, planned: Plan, path: Path, elements: Sequence[Span], removed: dict[int, Any]
) -> None:
    """Plans the removal of elements (index and value) of the array at ``path``; others stay before them."""
    for index, value in removed.items():
        pointer = definition.pointer((*path, index))
        # One element and the comma in front of it: something that stays stands before.
        edit = Edit(
            elements[index - 1].end,
            elements[index].end,
            "",
            merge_networks.RULE.id,
            pointer,
            value,
            None,
            "remove",
        )
        planned.edits.append(edit)


def _index(attachment: Attachment) -> int:
    """The place of an attachment in its array."""
    index = (attachment.entry or (0,))[-1]
    return index if isinstance(index, int) else 0
