"""Packages that Cosmos installed: the options that are changed, and what their app becomes.

Which options name the network is said by the package's own schema and template, as Cosmos describes them.
What cannot be decided stays by hand, with the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.errors import InputError
from calico_core.json import scanning
from calico_core.json.pointers import pointer
from calico_core.legible import legible
from calico_migrate.cluster import ids
from calico_migrate.cluster.edits import BodyEdit
from calico_migrate.cluster.kinds import packages as kind
from calico_migrate.cluster.planning import hands, risks, services
from calico_migrate.cluster.planning.definitions import Carried, Definition
from calico_migrate.cluster.planning.document import Roll
from calico_migrate.cluster.snapshot import parts
from calico_migrate.marathon.parsed.attachments import attachments
from calico_migrate.marathon.parsed.package_labels import PackageLabels
from calico_migrate.package.options.installed import with_values
from calico_migrate.package.rules import network_option

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from calico_migrate.cluster.mesos import Framework
    from calico_migrate.cluster.planning.services import Scheduler
    from calico_migrate.cluster.snapshot.manifest import Snapshot
    from calico_migrate.network_map import NetworkMap

_SDK = "DCOS_COMMONS_API_VERSION"


class Undecided(NamedTuple):
    """A package that stays by hand: the id of its app, and why."""

    id: str
    why: str


def packages(
    snapshot: Snapshot,
    apps: Iterable[Definition],
    network_map: NetworkMap,
    frameworks: Sequence[Framework],
) -> list[Definition | Undecided]:
    """What becomes of the packages among the root Marathon's apps; nothing of those that nothing moves.

    Raises InputError for a part of the snapshot that is no such answer.
    """
    found: list[Definition | Undecided] = []
    for app in apps:
        labels = app.body.get("labels")
        package = PackageLabels.of(labels) if isinstance(labels, dict) else None
        if package is None or not isinstance(labels, dict) or "DCOS_PACKAGE_NAME" not in labels:
            continue
        part = parts.description(app.id)
        if part in snapshot.bodies:
            described = _answer(snapshot, part, kind.is_described)
            scheduler = _scheduler(labels, package, frameworks) if _SDK in labels else None
            decided = _decided(app, described, scheduler, network_map)
            if isinstance(decided, Definition) and scheduler is not None:
                decided = _with_roll(decided, scheduler, snapshot, frameworks)
            found += [decided] if decided is not None else []
        elif part in snapshot.missing:
            found.append(Undecided(app.id, f"Cosmos does not describe it: {snapshot.missing[part][1]}"))
    return found


def _answer(snapshot: Snapshot, part: str, shape: Callable[[Any], bool]) -> Any:
    """What a part says; raises InputError where it is no such answer."""
    value: Any = scanning.loads(snapshot.bodies[part])
    if not shape(value):
        raise InputError("is JSON of another shape than this answer has", path=f"{snapshot.path}/{part}")
    return value


def _decided(
    app: Definition, described: Mapping[str, Any], scheduler: Scheduler | None, network_map: NetworkMap
) -> Definition | Undecided | None:
    """The item of a package, or why there is none; None where nothing of it is on an old network."""
    content = kind.content(described)
    package = kind.installed(described)
    moving = package.moving(network_map)
    if not moving:
        if app.edits or hands.names_old({"env": app.body.get("env")}, network_map):
            return Undecided(app.id, "none of its options names the network that it is on")
        if hands.names_old(app.body, network_map):
            return Undecided(app.id, "its options name an old network without using it: they move nothing")
        return None
    if "manager" in described["package"]:
        return Undecided(app.id, "its package has a manager of its own, which Cosmos passes updates on to")
    if described.get("resolvedOptions") is None:
        return Undecided(app.id, "Cosmos has not stored its options, so that nothing can be merged into them")
    before = package.app(package.options)
    after = package.app(with_values(package.options, moving))
    if before is None or after is None:
        return Undecided(app.id, kind.UNRENDERED)
    overwriting = kind.overwriting(app.body, before)
    if overwriting:
        return Undecided(app.id, overwriting)
    still = _still(after, network_map)
    if still:
        return Undecided(app.id, f"with its options changed, its app would still name {still}")
    named = {each.name for each in attachments("app", after)}
    if scheduler is None and named.isdisjoint(network_map.new_names):
        return Undecided(
            app.id,
            "it has no deploy plan, and its own app is on no network: nothing would say whether it moved",
        )
    edits = []
    for path, new in sorted(moving.items()):
        old: Any = content[kind.OPTIONS]
        for key in path:
            old = old.get(key) if isinstance(old, dict) else None
        if old is None:
            return Undecided(app.id, f"Cosmos does not say what {'.'.join(path)} is now")
        edits.append(BodyEdit(pointer((kind.OPTIONS, *path)), old, new, network_option.RULE.id))
    carried = Carried(app.body, scheduler, kind.rendered(before, after), None)
    return Definition("package", ids.COSMOS, app.id, content, tuple(edits), (), carried)


def _scheduler(
    labels: Mapping[str, Any], package: PackageLabels, frameworks: Sequence[Framework]
) -> Scheduler:
    """The SDK scheduler of a service; its framework is called like the service."""
    service = package.service.strip("/")
    name = str(labels.get("DCOS_PACKAGE_FRAMEWORK_NAME") or service).strip("/")
    return services.scheduler(service, (service, name), frameworks)


def _with_roll(
    item: Definition, scheduler: Scheduler, snapshot: Snapshot, frameworks: Sequence[Framework]
) -> Definition:
    """With what the scheduler restarts: its running tasks, as many at once as its plan has it."""
    running = services.running(scheduler, frameworks)
    part = parts.deploy_plan(scheduler.service)
    at_once = services.at_once(_answer(snapshot, part, services.is_plan)) if part in snapshot.bodies else 1
    roll = Roll(running, min(at_once, running), running, risks.NOTHING_MORE)
    carried = item.carried
    return item if carried is None else item._replace(carried=carried._replace(roll=roll))


def _still(app: Mapping[str, Any], network_map: NetworkMap) -> str:
    """The old network that an app still names, empty where it names none."""
    named = {each.name for each in attachments("app", app)} & set(network_map.names)
    if named:
        return legible(min(map(str, named)))
    return "an old network in its environment" if hands.names_old(app, network_map) else ""
