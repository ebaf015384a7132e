"""Policy labels from where no runtime reads them to where the container's does (``--move-labels``).

They come from the other runtime's place, or from the definition's own labels, which neither reads. A label
moves only where both runtimes would give the endpoint the same: UCR sanitises labels, Docker takes them as
they are (`calico_migrate.calico.labels`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_core.spans import Edit
from calico_migrate.calico.annotations import LABEL_PREFIX
from calico_migrate.marathon.parsed.attachments import docker_holder, policy_label
from calico_migrate.marathon.plan import Unmoved
from calico_migrate.marathon.rules.move_policy_label import RULE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from calico_core.json.pointers import Path
    from calico_core.spans import Operation
    from calico_migrate.marathon.definitions import Definition
    from calico_migrate.marathon.notation import Change
    from calico_migrate.marathon.parsed.attachments import Attachment
    from calico_migrate.marathon.plan import Plan
    from calico_migrate.network_map import NetworkMap


def plan_labels(definition: Definition, planned: Plan, network_map: NetworkMap) -> None:
    """Adds to the plan the edits that move misplaced policy labels, and those that cannot be moved."""
    if definition.kind == "edgelb-pool" or network_map.new_names.isdisjoint(planned.networks):
        return
    if definition.record.runtime == "docker":
        _to_parameters(definition, planned)
    else:
        _to_network(definition, planned, network_map)


def _to_parameters(definition: Definition, planned: Plan) -> None:
    """Labels of networks, and the definition's own, become docker parameters."""
    docker = definition.value[docker_holder(definition.kind)].get("docker")
    given = [policy_label(parameter) for _, parameter in definition.record.parameters]
    # Of two parameters with one label Docker takes the later one.
    held = {label[0]: label[1] for label in given if label is not None}
    new: list[dict[str, str]] = []
    sources = [
        (entry, attachment.labels, attachment.value.keys() == {"labels"}, "")
        for attachment in planned.attachments
        if (entry := attachment.entry) is not None and attachment.labels
    ]
    own = definition.record.labels
    if own:
        sources.append(((), own, True, LABEL_PREFIX))
    for entry, labels, alone, prefix in sources:
        path = (*entry, "labels")
        moved: list[str] = []
        for whole, value in labels.items():
            if not whole.startswith(prefix):
                continue
            key = whole[len(prefix) :]
            reason = _obstacle(key, value, held, planned)
            if reason is None and not isinstance(docker, dict):
                reason = "the container has no docker object to hold parameters"
            elif reason is None and not isinstance(docker.get("parameters") or [], list):
                reason = "the container's docker parameters are no array"
            if reason is not None:
                planned.unmoved.append(Unmoved((*path, whole), key, reason))
                continue
            moved.append(whole)
            if key not in held:
                held[key] = value
                new.append({"key": "label", "value": f"{LABEL_PREFIX}{key}={value}"})
        _remove_labels(definition, planned, path, labels, moved, alone=alone)
    if new:
        _add_parameters(definition, planned, docker, new)


def _to_network(definition: Definition, planned: Plan, network_map: NetworkMap) -> None:
    """Labels in docker parameters, and the definition's own, become labels of the one new network."""
    parameters = definition.record.parameters
    targets = [each for each in planned.attachments if network_map.after(each.name) in network_map.new_names]
    target = targets[0] if len(targets) == 1 else None
    labels: dict[str, Any] = dict(target.labels) if target is not None else {}
    removed: dict[int, Any] = {}
    given = definition.record.labels
    moved: list[str] = []
    found: list[tuple[Path, str, Any]] = [
        ((*path, "value"), *label)
        for path, parameter in parameters
        if (label := policy_label(parameter)) is not None
    ]
    found += [
        (("labels", key), key[len(LABEL_PREFIX) :], value)
        for key, value in given.items()
        if key.startswith(LABEL_PREFIX)
    ]
    for path, key, value in found:
        reason = _obstacle(key, value, labels, planned)
        if reason is None and target is None:
            reason = "the definition has no single new network to carry it"
        elif reason is None and target is not None and target.entry is None:
            reason = "its network gets a place for it in this run; run again on the result"
        if reason is not None:
            planned.unmoved.append(Unmoved(path, key, reason))
            continue
        labels[key] = value
        if path[0] == "labels":
            moved.append(str(path[-1]))
        else:
            removed[int(path[-2])] = value
    if target is not None and (removed or moved):
        _set_labels(definition, planned, target, labels)
    _remove_labels(definition, planned, ("labels",), given, moved, alone=True)
    if not removed or target is None:
        return
    holder = docker_holder(definition.kind)
    place: Path = (holder, "docker", "parameters")
    before = definition.value[holder]["docker"]["parameters"]
    after = [entry for index, entry in enumerate(before) if index not in removed]
    _cut(planned, definition.notation.cut_elements(place, removed), definition.pointer(place), before, after)


def _obstacle(key: str, value: object, held: Mapping[str, object], planned: Plan) -> str | None:
    """Why a label cannot move, None where it can."""
    from calico_migrate.calico.labels import sanitise

    if planned.merges:
        return "its networks are merged in this run; run again on the result"
    if not isinstance(value, str):
        return "its value is no text"
    if held.get(key, value) != value:
        return f"the other place has it already, with the value {held[key]!r}"
    under_ucr, under_docker = sanitise({key: value}, "ucr"), sanitise({key: value}, "docker")
    if under_docker.problems:
        return f"Docker would lose all labels: {under_docker.problems[0].reason}"
    if under_ucr.problems:
        return f"UCR could not start the container: {under_ucr.problems[0].reason}"
    if under_ucr.labels != under_docker.labels:
        (arrived,) = under_ucr.labels.items()
        return f"UCR turns it into {arrived[0]}={arrived[1]}, and Docker does not"
    return None


def _remove_labels(
    definition: Definition,
    planned: Plan,
    path: Path,
    labels: Mapping[str, Any],
    moved: Sequence[str],
    *,
    alone: bool,
) -> None:
    """Takes moved labels out of a network's labels; the member goes where none is left in it.

    A member that stands ``alone`` stays and is emptied, because the network's name may be inserted beside it.
    """
    if not moved:
        return
    notation, pointer = definition.notation, definition.pointer(path)
    if len(moved) == len(labels) and not alone:
        _cut(planned, notation.cut_members(path[:-1], {"labels"}), pointer, dict(labels), None)
        return
    left = {key: value for key, value in labels.items() if key not in moved}
    _cut(planned, notation.cut_members(path, moved), pointer, dict(labels), left)


def _cut(planned: Plan, changes: Sequence[Change], pointer: str, before: Any, after: Any) -> None:
    """One change of the document that takes several spans out of the text."""
    for number, change in enumerate(changes):
        rule = RULE.id if number == 0 else ""
        operation: Operation = "remove" if after is None else "replace"
        planned.edits.append(Edit(*change, rule, pointer, before, after, operation))


def _add_parameters(
    definition: Definition, planned: Plan, docker: dict[str, Any], new: list[dict[str, str]]
) -> None:
    path: Path = (docker_holder(definition.kind), "docker", "parameters")
    notation, pointer = definition.notation, definition.pointer(path)
    before = docker.get("parameters")
    if isinstance(before, list) and before:
        change = notation.append_elements(path, new)
        planned.edits.append(Edit(*change, RULE.id, pointer, before, [*before, *new]))
    elif "parameters" in docker:
        planned.edits.append(Edit(*notation.replace(path, new), RULE.id, pointer, before, new))
    else:
        change = notation.append_member(path[:-1], "parameters", new)
        guard = _docker_guard(definition, path[:-1], docker)
        planned.edits.append(Edit(*change, RULE.id, pointer, None, new, "add", guard))


def _docker_guard(definition: Definition, path: Path, docker: dict[str, Any]) -> tuple[str, Any]:
    """What must be there when ``parameters`` are added: a simple member, which no other edit changes."""
    for key, value in docker.items():
        if isinstance(value, str):
            return definition.pointer((*path, key)), value
    name = definition.value.get("id")
    if isinstance(name, str):
        return definition.pointer(("id",)), name
    return definition.pointer(path), dict(docker)


def _entry_guard(definition: Definition, entry: Path) -> tuple[str, Any]:
    """What must be there when ``labels`` are added to an entry whose name may be edited too."""
    name = definition.value.get("id")
    if isinstance(name, str):
        return definition.pointer(("id",)), name
    kind = definition.value.get("container", {}).get("type")
    if isinstance(kind, str):
        return definition.pointer(("container", "type")), kind
    key = str(entry[0])
    return definition.pointer((key,)), definition.value[key]


def _set_labels(definition: Definition, planned: Plan, target: Attachment, labels: dict[str, Any]) -> None:
    """Gives the network these labels, which are its own and more."""
    if target.entry is None or labels == target.labels:
        return
    notation, path = definition.notation, (*target.entry, "labels")
    pointer = definition.pointer(path)
    if target.labels:
        added = {key: value for key, value in labels.items() if key not in target.labels}
        change = notation.extend(path, added)
        planned.edits.append(Edit(*change, RULE.id, pointer, dict(target.labels), labels))
    elif "labels" in target.value:
        before = target.value["labels"]
        planned.edits.append(Edit(*notation.replace(path, labels), RULE.id, pointer, before, labels))
    else:
        change = notation.append_member(target.entry, "labels", labels)
        guard = _entry_guard(definition, target.entry)
        planned.edits.append(Edit(*change, RULE.id, pointer, None, labels, "add", guard))
