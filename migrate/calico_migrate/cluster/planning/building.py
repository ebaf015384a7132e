"""From a snapshot to a plan, without any connection."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.errors import InputError
from calico_core.json import scanning
from calico_migrate.cluster import bodies, edits, health, ids, paths
from calico_migrate.cluster.identity import Identity
from calico_migrate.cluster.planning import hands, risks
from calico_migrate.cluster.planning.balancers import app_of, balancers
from calico_migrate.cluster.planning.coverage import coverage, frameworks
from calico_migrate.cluster.planning.definitions import Definition, definitions
from calico_migrate.cluster.planning.dependencies import Dependencies
from calico_migrate.cluster.planning.document import ByHand, Item, Plan
from calico_migrate.cluster.planning.packages import packages
from calico_migrate.cluster.planning.waves import Candidate, waves
from calico_migrate.cluster.snapshot import parts
from calico_migrate.network_map import NetworkMap

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from calico_migrate.cluster.mesos import Framework
    from calico_migrate.cluster.planning.ordering import Order
    from calico_migrate.cluster.pools import Pools
    from calico_migrate.cluster.snapshot.manifest import Snapshot


_DEPENDS = re.compile(r'"dependencies"\s*:\s*\[\s*"')


class PlanSettings(NamedTuple):
    """What a plan is asked for; ``default_network`` None takes each Marathon's own word.

    ``order`` is what people wish to start first.
    """

    names: Mapping[str, str]
    default_network: str | None
    pools: Pools
    allow: Sequence[str]
    include: Sequence[str]
    exclude: Sequence[str]
    canaries: int
    max_in_flight: int
    tool: str
    team_label: str | None = None
    max_unavailable: float | None = None
    networks: Sequence[str] = ()
    policies: Sequence[str] = ()
    order: Order | None = None


class _Sorted(NamedTuple):
    """What became of the definitions of one or all Marathons.

    ``known`` are the keys of all of them, ``carriers`` those of apps that something else carries out, which
    are no items themselves.
    """

    movable: list[tuple[Definition, Item, Dependencies]]
    by_hand: list[ByHand]
    excluded: list[str]
    known: set[str]
    carriers: set[str]


def build(snapshot: Snapshot, settings: PlanSettings, warn: Callable[[str], object]) -> Plan:
    """The plan. Raises InputError where the snapshot does not hold what is needed."""
    services = sorted(
        name.removeprefix("marathon/").removesuffix("/apps.json")
        for name in snapshot.bodies
        if name.startswith("marathon/") and name.endswith("/apps.json")
    )
    infos = {service: _info(snapshot, service) for service in services}
    defaults = {
        service: settings.default_network or _default_network(info, snapshot, service)
        for service, info in infos.items()
    }
    known = frameworks(snapshot)
    found = _Sorted([], [], [], set(), set())
    total = _sort_pools(snapshot, defaults.get(paths.ROOT_MARATHON), known or (), settings, found)
    for service in services:
        total += _sort(snapshot, service, defaults[service], known or (), settings, found)
        if _groups_part(service) not in snapshot.bodies:
            warn(
                f"the groups of {service} are not in the snapshot: what depends on what by group is unknown,"
                " and the order of items does not go by it"
            )
    total += _sort_jobs(snapshot, defaults.get(paths.ROOT_MARATHON), settings, found)
    items = _with_dependencies(found)
    candidates = [
        Candidate(items[item.key], definition, graph.has_any(item.id))
        for definition, item, graph in found.movable
    ]
    named = settings.order.ranks(items, found.known, warn) if settings.order is not None else {}
    planned = waves(candidates, settings.canaries, named)
    if settings.canaries and items and not any(wave.name == "canary" for wave in planned):
        warn(
            "no canary: nothing has a health check, two instances, no volume, no VIP and no dependencies"
            " at once; the first wave is not tried out before"
        )
    for problem in health.problems(snapshot.bodies):
        warn(f"{problem}; `cluster apply` looks again, and sends nothing until it is")
    held = {entry.item for entry in found.by_hand}
    covered = None
    if known is not None:
        new, jobs = frozenset(settings.names.values()), parts.JOBS in snapshot.bodies
        covered = coverage(known, infos.values(), items.values(), new, settings.pools, jobs=jobs)
    return Plan(
        tool=settings.tool,
        cluster=_identity(snapshot),
        snapshot=snapshot.sha256,
        taken=snapshot.taken,
        names=dict(settings.names),
        default_networks=defaults,
        pools=settings.pools,
        allow=tuple(sorted(set(settings.allow))),
        max_in_flight=settings.max_in_flight,
        networks=tuple(settings.networks),
        policies=tuple(settings.policies),
        marathons=tuple(services),
        frameworks=covered,
        waves=planned,
        items=items,
        by_hand=tuple(sorted(found.by_hand)),
        excluded=tuple(sorted(found.excluded)),
        untouched=total - len(items) - len(held) - len(found.excluded),
    )


def _sort(
    snapshot: Snapshot,
    service: str,
    default: str | None,
    running: Sequence[Framework],
    settings: PlanSettings,
    found: _Sorted,
) -> int:
    """Sorts the definitions of one Marathon into what is moved and what is not.

    Answers how many there are.
    """
    network_map = NetworkMap(dict(settings.names), default or "")
    known: list[Definition] = []
    for kind, name in (("app", "apps"), ("pod", "pods")):
        path = f"marathon/{service}/{name}.json"
        if path in snapshot.bodies:
            where = f"{snapshot.path}/{path}"
            known += definitions(
                "app" if kind == "app" else "pod", service, snapshot.bodies[path], network_map, where
            )
    groups = snapshot.bodies.get(_groups_part(service), "")
    # The tree repeats every app, and only what depends on something is of interest in it.
    graph = Dependencies(known, scanning.loads(groups) if _DEPENDS.search(groups) else None)
    # What a pool of Edge-LB stands for is counted with the pools.
    own = [each for each in known if each.key not in found.carriers]
    if service == paths.ROOT_MARATHON:
        _take_packages(snapshot, own, network_map, running, settings, found)
    _take(own, graph, network_map, settings, found)
    return len(own)


def _groups_part(service: str) -> str:
    return f"marathon/{service}/groups.json"


def _take_packages(
    snapshot: Snapshot,
    apps: Sequence[Definition],
    network_map: NetworkMap,
    running: Sequence[Framework],
    settings: PlanSettings,
    found: _Sorted,
) -> None:
    """Sorts the packages that Cosmos described; their apps are no items beside them."""
    by_id = {each.id: each for each in apps if each.kind == "app"}
    for each in packages(snapshot, by_id.values(), network_map, running):
        app = by_id[each.id]
        found.carriers.add(app.key)
        if isinstance(each, Definition):
            _take([each], Dependencies([], None), network_map, settings, found)
            continue
        found.known.add(app.key)
        if _is_wanted(app, settings):
            found.by_hand.append(hands.of_package(app, each.why))
        else:
            found.excluded.append(app.key)


def _sort_jobs(snapshot: Snapshot, default: str | None, settings: PlanSettings, found: _Sorted) -> int:
    """Sorts the jobs, where they were read; answers how many there are."""
    text = snapshot.bodies.get(parts.JOBS)
    if text is None:
        return 0
    network_map = NetworkMap(dict(settings.names), default or "")
    known = list(definitions("job", ids.METRONOME, text, network_map, f"{snapshot.path}/{parts.JOBS}"))
    _take(known, Dependencies([], None), network_map, settings, found)
    return len(known)


def _sort_pools(
    snapshot: Snapshot,
    default: str | None,
    running: Sequence[Framework],
    settings: PlanSettings,
    found: _Sorted,
) -> int:
    """Sorts the pools of Edge-LB, whose apps are no items beside them; answers how many there are."""
    network_map = NetworkMap(dict(settings.names), default or "")
    known = balancers(snapshot, network_map, running)
    found.carriers.update(ids.key(paths.ROOT_MARATHON, app_of(each)) for each in known)
    _take(known, Dependencies([], None), network_map, settings, found)
    return len(known)


def _take(
    known: Sequence[Definition],
    graph: Dependencies,
    network_map: NetworkMap,
    settings: PlanSettings,
    found: _Sorted,
) -> None:
    """Sorts definitions into what is moved and what is not."""
    for definition in known:
        if definition.key in found.carriers:
            continue
        found.known.add(definition.key)
        by_hand = hands.reasons(definition, network_map)
        if not by_hand and not definition.edits:
            continue
        if not _is_wanted(definition, settings):
            found.excluded.append(definition.key)
            continue
        item = None if by_hand else _item(definition, settings)
        if item is not None:
            by_hand = hands.not_allowed(item.key, item.needs, settings.allow)
            by_hand += hands.stops_too_many(item, settings.max_unavailable)
        elif not by_hand:
            by_hand = [_irreversible(definition)]
        if by_hand or item is None:
            found.by_hand.extend(by_hand)
        else:
            found.movable.append((definition, item, graph))


def _item(definition: Definition, settings: PlanSettings) -> Item | None:
    """The item of a definition; None where its edits could not be undone exactly."""
    before = definition.stripped
    first = bodies.digest(before)
    try:
        after = edits.applied(before, definition.edits)
        back = edits.undone(after, definition.edits)
    except InputError:
        return None
    if back != before:
        return None
    carried = definition.carried
    kind, body = (definition.kind, definition.body) if carried is None else ("app", carried.app)
    planned = (carried.roll if carried is not None else None) or risks.roll(kind, body)
    needs = risks.needs(kind, body, planned)
    if carried is not None and carried.roll is not None:
        needs = risks.needs_of_scheduler(planned)
    info = body.get("versionInfo")
    config = info.get("lastConfigChangeAt") if isinstance(info, dict) else None
    return Item(
        key=definition.key,
        kind=definition.kind,
        service=definition.service,
        id=definition.id,
        team=_team(definition, settings.team_label),
        version=str(body.get("version", "")),
        config=config if kind == "app" and isinstance(config, str) else None,
        before=first,
        after=bodies.digest(after),
        edits=definition.edits,
        roll=planned,
        needs=needs,
        findings=tuple(each.finding for each in definition.said),
        depends_on=(),
        scheduler=carried.scheduler if carried is not None else None,
        rendered=carried.rendered if carried is not None else (),
    )


def _team(definition: Definition, label: str | None) -> str:
    labels = definition.body.get("labels")
    named = labels.get(label) if label is not None and isinstance(labels, dict) else None
    return named if isinstance(named, str) and named else ids.team(definition.id)


def _irreversible(definition: Definition) -> ByHand:
    return ByHand(
        definition.key,
        "irreversible",
        "its edits could not be undone exactly, so that there would be no way back",
        "send the definition yourself; undo it with its old version",
    )


def _with_dependencies(found: _Sorted) -> dict[str, Item]:
    """The items with what they depend on; those that depend on each other in a circle stay by hand."""
    from calico_migrate.cluster.planning.dependencies import topological

    planned: dict[str, set[str]] = {}
    for definition, _, _ in found.movable:
        planned.setdefault(definition.service, set()).add(definition.id)
    items = {}
    for definition, item, graph in found.movable:
        near = graph.nearest(item.id, planned[definition.service])
        keys = tuple(sorted(ids.key(item.service, each) for each in near))
        items[item.key] = item._replace(depends_on=keys)
    _, circular = topological(items, {key: item.depends_on for key, item in items.items()})
    for key in circular:
        del items[key]
        found.by_hand.append(
            ByHand(
                key,
                "dependency-cycle",
                "it depends on itself by way of others, so that no order is right",
                "take the circle out of the dependencies",
            )
        )
    found.movable[:] = [each for each in found.movable if each[1].key in items]
    return items


def _is_wanted(definition: Definition, settings: PlanSettings) -> bool:
    names = (definition.key, definition.id)

    def matches(patterns: Sequence[str]) -> bool:
        return any(fnmatchcase(name, pattern) for name in names for pattern in patterns)

    return (not settings.include or matches(settings.include)) and not matches(settings.exclude)


def _info(snapshot: Snapshot, service: str) -> Mapping[str, Any]:
    text = snapshot.bodies.get(f"marathon/{service}/info.json")
    value = scanning.loads(text) if text is not None else {}
    return value if isinstance(value, dict) else {}


def _default_network(info: Mapping[str, Any], snapshot: Snapshot, service: str) -> str | None:
    if not info:
        raise InputError(
            f"does not say the default network of {service}: its info was refused; give --default-network"
            " NAME",
            path=snapshot.path,
        )
    config = info.get("marathon_config")
    name = config.get("default_network_name") if isinstance(config, dict) else None
    return name if isinstance(name, str) and name else None


def _identity(snapshot: Snapshot) -> Identity:
    cluster = snapshot.cluster
    texts = {key: value if isinstance(value := cluster.get(key), str) else None for key in Identity._fields}
    if texts["framework"] is None and texts["id"] is None:
        raise InputError(
            "says neither the cluster's id nor its root Marathon's framework: a plan could be applied to any"
            " cluster; take the snapshot with an account that may read one of them",
            path=snapshot.path,
        )
    return Identity.of(texts)
