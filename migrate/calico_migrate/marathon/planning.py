"""Which edits move a definition from the old network to the new one.

Names are compared exactly and only where Marathon reads a network name; everything else stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_core.spans import Edit
from calico_migrate.marathon.notation import Adopted
from calico_migrate.marathon.plan import Merge, Plan
from calico_migrate.marathon.rules import merge_networks, name_default_network, rename_network

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_core.json.pointers import Path
    from calico_migrate.marathon.definitions import Definition
    from calico_migrate.marathon.parsed.attachments import Attachment
    from calico_migrate.marathon.parsed.record import Record
    from calico_migrate.marathon.result import Options
    from calico_migrate.network_map import NetworkMap

_RENAME = rename_network.RULE.id
_NONE = frozenset({None})


def plans(definitions: Sequence[Definition], options: Options) -> list[Plan]:
    """The plan of each definition: its networks' names, then policy labels where these are to be moved.

    Raises UnwritableError for what the notation of a definition cannot say.
    """
    network_map = options.network_map
    # All are read before the first is planned: what is done for many in a row is done sooner.
    records = [each.record for each in definitions]
    planned = [_plan(*each, network_map) for each in zip(definitions, records, strict=True)]
    if options.move_labels:
        from calico_migrate.marathon.moving_labels import plan_labels

        for definition, its_plan in zip(definitions, planned, strict=True):
            plan_labels(definition, its_plan, network_map)
    return planned


def plan(definition: Definition, network_map: NetworkMap) -> Plan:
    """The edits that the map asks for in this definition."""
    return _plan(definition, definition.record, network_map)


def _plan(definition: Definition, record: Record, network_map: NetworkMap) -> Plan:
    found = record.attachments
    planned = Plan(found)
    if len(found) == 1:
        sole = found[0]
        after = network_map.after(sole.name)
        planned.networks.append(after)
        if after is not None and after != sole.name:
            planned.edits.append(_named(definition, sole, after))
    elif found:
        _plan_several(definition, planned, network_map)
    for path, names in record.network_names:
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
    if attachment.entry is None:
        return _new_address(definition, after)
    path = (*attachment.entry, attachment.key)
    pointer, notation = definition.pointer(path), definition.notation
    if attachment.name is not None:
        change = notation.rename(path, attachment.name, after)
        return Edit(*change, _RENAME, pointer, attachment.name, after)
    rule = name_default_network.RULE.id
    if attachment.key in attachment.value:
        return Edit(*notation.replace(path, after), rule, pointer, None, after)
    change = notation.insert(attachment.entry, attachment.key, after, after="mode")
    return Edit(*change, rule, pointer, None, after, "add", _insertion_guard(definition, attachment))


def _insertion_guard(definition: Definition, attachment: Attachment) -> tuple[str, Any]:
    entry = attachment.entry or ()
    if "mode" in attachment.value:
        return definition.pointer((*entry, "mode")), attachment.value["mode"]
    return definition.pointer(entry), dict(attachment.value)


def _new_address(definition: Definition, after: str) -> Edit:
    """An ``ipAddress`` for an app with ``docker.network: USER`` and none, behind its ``container``."""
    notation = definition.notation
    pointer, value = definition.pointer(("ipAddress",)), {"networkName": after}
    rule = name_default_network.RULE.id
    if "ipAddress" in definition.value:
        return Edit(*notation.replace(("ipAddress",), value), rule, pointer, None, value)
    network = ("container", "docker", "network")
    guard = definition.pointer(network), definition.value["container"]["docker"]["network"]
    change = notation.insert((), "ipAddress", value, after="container")
    return Edit(*change, rule, pointer, None, value, "add", guard)


def _merge(definition: Definition, planned: Plan, group: Sequence[Attachment], after: str) -> None:
    """Entries of one array that become one: the first stays, the later ones go, their labels join it."""
    first, *later = group
    entry = first.entry or ()
    conflicts = _merge_labels(definition, planned, first, later)
    removed = {_index(other): dict(other.value) for other in later}
    _take_out(definition, planned, entry[:-1], removed)
    names = [other.name for other in group]
    planned.merges.append(Merge(entry, names, after, conflicts))


def _merge_labels(
    definition: Definition, planned: Plan, first: Attachment, later: Sequence[Attachment]
) -> list[str]:
    """Plans the labels that the first entry takes over; answers the keys on which the entries differ."""
    merged: dict[str, Any] = dict(first.labels)
    adopted: list[Adopted] = []
    conflicts: list[str] = []
    for other in later:
        if other.entry is None:
            continue
        for key, value in other.labels.items():
            if key not in merged:
                merged[key] = value
                adopted.append(Adopted((*other.entry, "labels"), key))
            elif merged[key] != value and key not in conflicts:
                conflicts.append(key)
    if not adopted or first.entry is None:
        return conflicts
    pointer, rule = definition.pointer((*first.entry, "labels")), merge_networks.RULE.id
    change = definition.notation.adopt(first.entry, "labels", adopted)
    if "labels" in first.value:
        before = dict(first.labels) if first.labels else first.value["labels"]
        edit = Edit(*change, rule, pointer, before, merged)
    else:
        # The entry itself may have got its name by then; the one that the labels come from goes last.
        source = next(other for other in later if other.labels and other.entry is not None)
        guard = definition.pointer(source.entry or ()), dict(source.value)
        edit = Edit(*change, rule, pointer, None, merged, "add", guard)
    planned.edits.append(edit)
    return conflicts


def _rename_list(
    definition: Definition, planned: Plan, path: Path, names: list[Any], network_map: NetworkMap
) -> None:
    """Renames the networks in one ``networkNames``, and takes out what would stand there twice."""
    renames = network_map.names
    afters = [renames.get(name, name) if isinstance(name, str) else None for name in names]
    if afters == names:
        return
    renamed = {after for after, name in zip(afters, names, strict=True) if after != name}
    if renamed <= _NONE:
        return
    seen: set[str] = set()
    twice: dict[int, Any] = {}
    for index, (name, after) in enumerate(zip(names, afters, strict=True)):
        if after is None:
            continue
        if after in seen and after in renamed:
            twice[index] = name
        elif after != name:
            change = definition.notation.rename((*path, index), name, after)
            pointer = definition.pointer((*path, index))
            planned.edits.append(Edit(*change, _RENAME, pointer, name, after))
        seen.add(after)
    if twice:
        _take_out(definition, planned, path, twice)


def _take_out(definition: Definition, planned: Plan, path: Path, removed: dict[int, Any]) -> None:
    """Plans the removal of elements (index and value) of the array at ``path``; others stay before them."""
    for index, value in removed.items():
        change = definition.notation.take_element(path, index)
        pointer = definition.pointer((*path, index))
        planned.edits.append(Edit(*change, merge_networks.RULE.id, pointer, value, None, "remove"))


def _index(attachment: Attachment) -> int:
    """The place of an attachment in its array."""
    index = (attachment.entry or (0,))[-1]
    return index if isinstance(index, int) else 0
