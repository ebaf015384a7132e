"""What would be sent beside what is there: a unified diff for each item, without secrets."""

from __future__ import annotations

import difflib
import json
from typing import TYPE_CHECKING, Any

from calico_core.json import scanning
from calico_core.secrets import blotted_value
from calico_migrate.cluster import bodies, edits, ids
from calico_migrate.cluster.kinds import packages
from calico_migrate.cluster.snapshot import parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calico_migrate.cluster.planning.document import Item, Plan
    from calico_migrate.cluster.snapshot.manifest import Snapshot


def item_diffs(plan: Plan, snapshot: Snapshot) -> dict[str, str]:
    """The diff of each item of the plan, by key, in the order of the waves."""
    found = dict(_definitions(plan, snapshot))
    keep = {*plan.names, *plan.new_names}
    order = [key for wave in plan.waves for key in wave.items]
    return {key: _diff(plan.items[key], found[key], keep) for key in order if key in found}


def _diff(item: Item, body: Mapping[str, Any], keep: set[str]) -> str:
    content = packages.content(body) if item.kind == "package" else body
    before = bodies.stripped(item.kind, content)
    after = edits.applied(before, item.edits)
    if item.kind == "package":
        # What is sent are options; what somebody has to agree to is the app that they make.
        package = packages.installed(body)
        before, after = ({**each, "app": package.app(each[packages.OPTIONS])} for each in (before, after))
    name = f"{item.service}{'' if item.id.startswith('/') else '/'}{item.id}.json"
    # Blotted as a whole and cut afterwards: what stands around a change may be a secret.
    old, new = _lines(blotted_value(before, keep=keep)), _lines(blotted_value(after, keep=keep))
    return "".join(difflib.unified_diff(old, new, f"a/{name}", f"b/{name}"))


def _lines(body: Any) -> list[str]:
    return [f"{line}\n" for line in json.dumps(body, indent=2, sort_keys=True).split("\n")]


def _definitions(plan: Plan, snapshot: Snapshot) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for service in plan.marathons:
        for name in ("apps", "pods"):
            text = snapshot.bodies.get(f"marathon/{service}/{name}.json")
            value = scanning.loads(text) if text is not None else []
            for each in value["apps"] if isinstance(value, dict) else value:
                yield ids.key(service, each["id"]), each
    text = snapshot.bodies.get(parts.JOBS)
    for each in scanning.loads(text) if text is not None else []:
        yield ids.key(ids.METRONOME, each["id"]), each
    text = snapshot.bodies.get(parts.POOLS)
    for each in scanning.loads(text) if text is not None else []:
        yield ids.key(ids.EDGELB, each["name"]), each
    for key, item in plan.items.items():
        part = parts.description(item.id)
        if item.kind == "package" and part in snapshot.bodies:
            yield key, scanning.loads(snapshot.bodies[part])
