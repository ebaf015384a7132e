"""The state of each item of a plan: by what its definition is now, by its tasks, and by the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calico_migrate.cluster import bodies, ids
from calico_migrate.cluster.applying.fold import BACK, Record
from calico_migrate.cluster.applying.states import UNDER_WAY, State
from calico_migrate.cluster.connection.failures import RefusedError
from calico_migrate.cluster.connection.reading import has_list, is_list

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_migrate.cluster.connection.reading import Reader
    from calico_migrate.cluster.planning.document import Item, Plan


class ItemStatus(NamedTuple):
    """An item: its state and why, its wave (None for what is by hand), its team, and its tasks by network."""

    state: State
    why: str
    wave: str | None
    team: str
    tasks: Mapping[str, int]


class Live(NamedTuple):
    """What the Marathons of a plan have now: definitions by key, and each Marathon's framework."""

    definitions: Mapping[str, Mapping[str, Any]]
    frameworks: Mapping[str, str]


def read(reader: Reader, services: tuple[str, ...]) -> Live:
    """Reads the lists of apps and pods. Raises what `Reader.document` raises, but for absent pods."""
    definitions: dict[str, Mapping[str, Any]] = {}
    frameworks: dict[str, str] = {}
    for service in services:
        base = ids.service(service) + "/v2"
        listed = list(reader.document(f"{base}/apps", has_list("apps")).value["apps"])
        try:
            listed += reader.document(f"{base}/pods", is_list).value
        except RefusedError as error:
            if error.status != 404:
                raise
        for each in listed:
            if isinstance(each, dict) and isinstance(each.get("id"), str):
                definitions[ids.key(service, each["id"])] = each
        try:
            info = reader.document(f"{base}/info").value
        except RefusedError:
            continue
        if isinstance(info, dict) and isinstance(info.get("frameworkId"), str):
            frameworks[service] = info["frameworkId"]
    return Live(definitions, frameworks)


def read_jobs(reader: Reader) -> dict[str, Mapping[str, Any]]:
    """The jobs by key; none where there is no Metronome."""
    try:
        listed = reader.document(ids.jobs(), is_list, route_may_miss=True).value
    except RefusedError as error:
        if error.status != 404:
            raise
        return {}
    return {
        ids.key(ids.METRONOME, each["id"]): each
        for each in listed
        if isinstance(each, dict) and isinstance(each.get("id"), str)
    }


def states(
    plan: Plan,
    live: Live,
    records: Mapping[str, Record],
    specs: Mapping[tuple[str, str], Mapping[str, int]],
) -> dict[str, ItemStatus]:
    """The state of each item, and of what is by hand."""
    found: dict[str, ItemStatus] = {}
    for key, item in plan.items.items():
        tasks = _tasks(item.service, item.id, live, plan, specs)
        state, why = _state(item, live.definitions.get(key), records.get(key, Record()), tasks, plan)
        found[key] = ItemStatus(state, why, plan.wave_of(key), item.team, tasks)
    for entry in plan.by_hand:
        service, _, identity = entry.item.partition(":")
        team = ids.team(identity) if identity.startswith("/") else ""
        tasks = _tasks(service, identity, live, plan, specs)
        found[entry.item] = ItemStatus(State.BY_HAND, entry.why, None, team, tasks)
    return dict(sorted(found.items()))


def _tasks(
    service: str,
    identity: str,
    live: Live,
    plan: Plan,
    specs: Mapping[tuple[str, str], Mapping[str, int]],
) -> Mapping[str, int]:
    framework = live.frameworks.get(service)
    if framework is None and service == "marathon":
        framework = plan.cluster.framework
    return specs.get((framework or "", identity), {})


def _state(
    item: Item, body: Mapping[str, Any] | None, record: Record, tasks: Mapping[str, int], plan: Plan
) -> tuple[State, str]:
    if body is None:
        return State.DRIFTED, "it does not exist any more"
    digest = bodies.digest_of(item.kind, body)
    on_old = any(tasks.get(name) for name in plan.names)
    if digest == item.after:
        return _moved(record, on_old=on_old)
    if digest == item.before:
        return _as_before(record)
    return State.DRIFTED, "its definition is neither the one before nor the planned one"


def _moved(record: Record, *, on_old: bool) -> tuple[State, str]:
    if record.state in (State.FAILED, State.INCONCLUSIVE):
        return record.state, record.why
    if on_old:
        return State.ROLLING, "its definition is the planned one, and tasks are on the old network"
    if record.state in UNDER_WAY and record.direction != BACK:
        return (State.ROLLING if record.state is State.SENDING else record.state), record.why
    return State.VERIFIED, ""


def _as_before(record: Record) -> tuple[State, str]:
    if record.direction == BACK:
        # What is under way back, or was left in between, is as its journal says.
        if record.state in (State.ROLLED_BACK, State.FAILED, State.INCONCLUSIVE, State.UNKNOWN):
            return record.state, record.why
        if record.state in UNDER_WAY:
            return State.ROLLING, "on its way back"
    if record.was_moved:
        return State.REVERTED, "it was moved, and somebody put it back"
    if record.state in (State.UNKNOWN, State.FAILED, State.ROLLED_BACK):
        return record.state, record.why
    return State.PLANNED, record.why if record.state is State.PLANNED else ""
