"""One app or pod, ready to be sent back to Marathon (``--for-update``)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from calico_core.errors import UsageError, VerificationError
from calico_core.json import scanning, styling
from calico_core.json.locating import Locator
from calico_core.json.pointers import pointer
from calico_core.spans import Edit, Spliced, apply
from calico_migrate.marathon.parsed.attachments import own_labels
from calico_migrate.marathon.parsed.fields import RUNTIME_FIELDS
from calico_migrate.marathon.parsed.package_labels import PackageLabels
from calico_migrate.marathon.rules import package_managed
from calico_migrate.marathon.rules.runtime_field import RULE
from calico_migrate.marathon.verification import apply_operations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_core.findings import Finding
    from calico_core.json.pointers import Path
    from calico_migrate.marathon.result import Rewriting

_REASONS = {
    "group": "a group: sending it back deletes what it does not name; send each app and pod by itself",
    "list": "a list: send each app and pod by itself",
    "job": "a job, which goes to Metronome and not to Marathon",
    "edgelb-pool": "an Edge-LB pool: update it with `dcos edgelb update`",
}

_NETWORKS_ALONE = frozenset({"id", "networks", "ipAddress"})


def finish(text: str, planned: Rewriting, *, build: bool) -> Rewriting:
    """What was planned for one app or pod, with the fields removed and the wrapper taken off.

    Where no network changes there is nothing to send, and no edit at all. What a package manages is an error:
    the next update of the package would take the edit back. Raises UsageError where the document is anything
    else than one app or pod.
    """
    kind = planned.kind or "unknown"
    if kind in _REASONS:
        raise UsageError(f"--for-update takes one app or pod, and this is {_REASONS[kind]}")
    document = scanning.loads(text)
    inside: Path = ()
    if kind == "pod-status":
        inside = ("spec",)
    elif kind in ("app", "pod") and isinstance(document.get(kind), dict) and "id" not in document:
        inside = (kind,)
    body = document[inside[0]] if inside else document
    _refuse_networks_alone(body)
    locator = Locator(text, scanning.begin(text))
    planned = planned._replace(findings=[*planned.findings, *_managed(body, locator, inside, planned)])
    if not planned.edits:
        return planned
    edits = [*planned.edits, *_removals(locator, inside)]
    if inside:
        edits += _unwrapping(text, locator, inside)
    new = None
    if edits and build:
        after = apply(text, edits)
        _verify(document, inside, edits, after)
        new = Spliced(after)
    return planned._replace(edits=edits, new=new)


def _managed(body: dict[str, Any], locator: Locator, inside: Path, planned: Rewriting) -> Iterator[Finding]:
    """What is wrong with sending an app that a package manages."""
    labels = own_labels(body)
    package = PackageLabels.of(labels)
    if package is not None:
        key = "DCOS_PACKAGE_NAME" if "DCOS_PACKAGE_NAME" in labels else "DCOS_COMMONS_API_VERSION"
        path = (*inside, "labels", key)
        place = planned.lines.position(locator.start(path))
        found = package_managed.finding(package, pointer(path), place)
        yield found._replace(id=planned.identities.at(0))


def refuse(text: str) -> None:
    """Raises UsageError where a document that is no definition is the networks of one alone."""
    document = scanning.loads(text)
    for inside in ("app", "pod"):
        if isinstance(document, dict) and isinstance(document.get(inside), dict):
            document = document[inside]
    if isinstance(document, dict):
        _refuse_networks_alone(document)


def _refuse_networks_alone(body: dict[str, Any]) -> None:
    if body.keys() <= _NETWORKS_ALONE and not body.keys() <= {"id"}:
        raise UsageError(
            "--for-update takes a whole definition: of a body with its networks alone Marathon takes an empty"
            " container, and drops image, volumes and ports"
        )


def _removals(locator: Locator, inside: Path) -> list[Edit]:
    """One edit for each field, where several stand together one for all of them and marks for the others."""
    members = locator.members(inside)
    removed = [index for index, member in enumerate(members) if member.key in RUNTIME_FIELDS]
    # Of duplicate keys only the last one is in the parsed document, and only its removal is reported.
    last = {members[index].key: index for index in removed}
    spans = styling.without([member.whole for member in members], removed) if removed else []
    edits = []
    for span in spans:
        covered = [index for index in removed if span.start <= members[index].start < span.end]
        # The first field's edit takes out the text of the whole run; the others only say what went.
        for number, index in enumerate(covered):
            member = members[index]
            old = json.loads(locator.text[member.start : member.end])
            place = span if number == 0 else (span.end, span.end)
            path = pointer((*inside, member.key))
            rule = RULE.id if last[member.key] == index else ""
            edits.append(Edit(*place, "", rule, path, old, None, "remove"))
    return edits


def _unwrapping(text: str, locator: Locator, inside: Path) -> list[Edit]:
    """Takes the wrapper off: everything around the definition but the file's final newline."""
    start, end = locator.span(inside)
    tail = len(text) - (2 if text.endswith("\r\n") else 1 if text.endswith("\n") else 0)
    origin = pointer(inside)
    return [
        Edit(0, start, "", RULE.id, "", origin, None, "move"),
        Edit(end, max(tail, end), "", "", "", None, None),
    ]


def _verify(document: Any, inside: Path, edits: list[Edit], after: str) -> None:
    apply_operations(document, [edit for edit in edits if edit.operation != "move"], 0)
    expected = document[inside[0]] if inside else document
    if scanning.loads(after) != expected:
        raise VerificationError(
            "the result for Marathon is not what was planned; nothing is written"
            " (this is a fault of the tool, please report it)"
        )
