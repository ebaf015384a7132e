"""Packages: their options, changed through Cosmos, and the scheduler that carries the change out.

Cosmos merges what is sent into the stored options, renders the app anew and replaces the running one by
force (dcos/cosmos ServiceUpdateHandler.scala:128-139, MarathonClient.scala:59-71). So its app must be at
rest, and must be what Cosmos renders: anything else would be lost.
"""

from __future__ import annotations

from types import NoneType
from typing import TYPE_CHECKING, Any

from calico_core.json.pointers import keys_of
from calico_core.legible import legible
from calico_migrate.cluster import bodies, edits, paths
from calico_migrate.cluster.connection import cosmos
from calico_migrate.cluster.connection.failures import RefusedError
from calico_migrate.cluster.kinds import run_specs, scheduling
from calico_migrate.cluster.kinds.kind import RunSpec
from calico_migrate.cluster.planning.services import Rendered
from calico_migrate.package.options import hand_edits
from calico_migrate.package.options.installed import Installed, with_values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_migrate.cluster.connection.reading import Reader
    from calico_migrate.cluster.kinds.look import Look
    from calico_migrate.cluster.planning.document import Item

OPTIONS = "options"
_RESOLVED = "resolvedOptions"
_MOST = 200
UNRENDERED = "what Cosmos would make of it is unknown: its package says no template that can be rendered"
"""Why a package is not moved whose app nobody can foresee."""


class PackageKind:
    """Services that Cosmos installed on the root Marathon, one at a time."""

    server = "Cosmos"
    alone = True
    is_late = False

    def run_spec(self, item: Item) -> RunSpec:
        """The app of its scheduler."""
        return RunSpec("app", paths.ROOT_MARATHON, item.id)

    def path(self, item: Item) -> str:  # noqa: ARG002
        """One address for all of them."""
        return cosmos.UPDATE

    def look(self, reader: Reader, item: Item, *, within: float | None) -> Look | None:
        """The options, whether an update would undo anybody's change, and whether its plan is at rest."""
        found = self._look(reader, item, within)
        if found is None:
            return None
        look, described = found
        look = look._replace(objection=_objection(item, installed(described), look))
        return scheduling.at_rest(reader, item.scheduler, look) if item.scheduler is not None else look

    def whole(self, reader: Reader, item: Item) -> Look | None:
        """The options, and the instances of its app."""
        found = self._look(reader, item, None)
        return found[0] if found is not None else None

    def payload(self, item: Item, look: Look, content: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        """The options that change, to be merged into the stored ones."""
        changed = {}
        for edit in item.edits:
            path: list[str] = []
            value: Any = content
            for key in keys_of(edit.pointer):
                # Cosmos merges objects, and replaces a list as a whole.
                if not isinstance(value, dict):
                    break
                path.append(key)
                value = value[key]
            changed[tuple(path[1:])] = value
        return {"appId": item.id, "options": with_values({}, changed), "replace": False}

    def contents(self, reader: Reader, items: Mapping[str, Item]) -> dict[str, dict[str, Any]]:
        """One question for each of them."""
        found = {}
        for key, item in items.items():
            described = _described(reader, item.id, None)
            if described is not None:
                found[key] = content(described)
        return found

    def _look(
        self, reader: Reader, item: Item, within: float | None
    ) -> tuple[Look, Mapping[str, Any]] | None:
        app = run_specs.app(reader, paths.ROOT_MARATHON, item.id, within=within)
        described = _described(reader, item.id, within) if app is not None else None
        if app is None or described is None:
            return None
        own = content(described)
        return app._replace(content=own, digest=bodies.digest(own)), described


def is_described(value: Any) -> bool:
    """Whether a value has the shape of a description."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("package"), dict)
        and isinstance(value.get(_RESOLVED), (dict, NoneType))
    )


def content(described: Mapping[str, Any]) -> dict[str, Any]:
    """What of a description is compared: the resolved options, and of which package and version they are."""
    package = described["package"]
    return {
        OPTIONS: described.get(_RESOLVED) or {},
        "package": {"name": package.get("name"), "version": package.get("version")},
    }


def installed(described: Mapping[str, Any]) -> Installed:
    """The package of a description with the options that it has now."""
    package = described["package"]
    return Installed(str(package.get("name", "")), package, described.get(_RESOLVED) or {})


def overwriting(running: Mapping[str, Any], rendered: Mapping[str, Any]) -> str:
    """What an update would undo in the running app, empty for nothing; ``rendered`` is without a change."""
    lost = hand_edits.undone(running, rendered)
    if not lost:
        return ""
    shown = ", ".join(legible(each, 80) for each in lost[:5])
    shown += f" and {len(lost) - 5} more" if lost[5:] else ""
    return f"an update would undo what somebody changed in its running app: {shown}"


def rendered(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Rendered, ...]:
    """The values in which two apps differ."""
    return tuple(
        Rendered(place, _at(before, place), _at(after, place))
        for place in edits.differences(before, after, most=_MOST)
    )


def _objection(item: Item, package: Installed, look: Look) -> str:
    """Why an update must not be sent, empty where nothing speaks against it."""
    now = package.app(package.options)
    if now is None:
        return UNRENDERED
    return overwriting(look.body, now) or _unplanned(item, package, now, look)


def _unplanned(item: Item, package: Installed, now: Mapping[str, Any], look: Look) -> str:
    """Why the update would make something else of the app than the plan shows; empty where it would not."""
    if look.digest not in (item.before, item.after):
        return ""
    forward = look.digest == item.before
    change = edits.applied if forward else edits.undone
    try:
        options = change(look.content, item.edits)[OPTIONS]
    except edits.MismatchError as error:
        return error.message
    then = package.app(options)
    if then is None:
        return "what Cosmos would make of it is unknown"
    promised = item.rendered if forward else tuple(each.reversed for each in item.rendered)
    found = rendered(now, then)
    if found == promised:
        return ""
    different = [each for each in (*found, *promised) if each not in found or each not in promised]
    places = sorted({each.pointer for each in different})
    shown = ", ".join(legible(each, 80) for each in places[:5])
    return f"changed since the snapshot: its app would not become what the plan shows: {shown}"


def _at(value: Any, place: str) -> Any:
    for step in edits.steps(place):
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def _described(reader: Reader, app: str, within: float | None) -> Any:
    """The description of a service; None where Cosmos knows no such app."""
    try:
        return reader.document(cosmos.DESCRIBE, is_described, within=within, question={"appId": app}).value
    except RefusedError as error:
        if error.kind != cosmos.NO_SUCH_SERVICE:
            raise
        return None
