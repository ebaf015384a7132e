"""The state of each item of a plan: by what its definition is now, by its tasks, and by the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calico_migrate.cluster import bodies, ids
from calico_migrate.cluster.applying.fold import BACK, Record
from calico_migrate.cluster.applying.states import UNDER_WAY, State
from calico_migrate.cluster.connection.failures import RefusedError
from calico_migrate.cluster.kinds import scheduling
from calico_migrate.cluster.kinds.index import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from calico_migrate.cluster.connection.reading import Reader
    from calico_migrate.cluster.planning.document import Item, Plan
    from calico_migrate.cluster.planning.services import Scheduler
    from calico_migrate.cluster.status.counting import Counted


class ItemStatus(NamedTuple):
    """An item: its state and why, its wave (None for what is by hand), its team, and its tasks by network."""

    state: State
    why: str
    wave: str | None
    team: str
    tasks: Mapping[str, int]


class Live(NamedTuple):
    """What a plan's items are now: their contents by key, and each Marathon's framework."""

    contents: Mapping[str, Mapping[str, Any]]
    frameworks: Mapping[str, str]


def read(reader: Reader, plan: Plan, services: tuple[str, ...]) -> Live:
    """Reads the contents of a plan's items. Raises what `Reader.document` raises, but for what is absent."""
    contents: dict[str, Mapping[str, Any]] = {}
    for name, kind in KINDS.items():
        items = {key: item for key, item in plan.items.items() if item.kind == name}
        if items:
            contents.update(kind.contents(reader, items))
    frameworks: dict[str, str] = {}
    for service in services:
        try:
            info = reader.document(f"{ids.service(service)}/v2/info").value
        except RefusedError:
            continue
        if isinstance(info, dict) and isinstance(info.get("frameworkId"), str):
            frameworks[service] = info["frameworkId"]
    return Live(contents, frameworks)


def states(
    plan: Plan,
    live: Live,
    records: Mapping[str, Record],
    counted: Counted,
) -> dict[str, ItemStatus]:
    """The state of each item, and of what is by hand."""
    found: dict[str, ItemStatus] = {}
    specs = counted.specs
    for key, item in plan.items.items():
        if item.scheduler is not None:
            tasks = _tasks_of_scheduler(item.scheduler, counted)
        else:
            spec = KINDS[item.kind].run_spec(item)
            service, identity = (spec.service, spec.id) if spec is not None else (item.service, item.id)
            tasks = _tasks(service, identity, live, plan, specs)
        state, why = _state(item, live.contents.get(key), records.get(key, Record()), tasks, plan)
        found[key] = ItemStatus(state, why, plan.wave_of(key), item.team, tasks)
    for entry in plan.by_hand:
        service, _, identity = entry.item.partition(":")
        team = ids.team(identity)
        tasks = _tasks(service, identity, live, plan, specs)
        found[entry.item] = ItemStatus(State.BY_HAND, entry.why, None, team, tasks)
    return dict(sorted(found.items()))


def keys(plan: Plan, live: Live, found: Iterable[str], counted: Counted) -> dict[tuple[str, str], str]:
    """The key of each item by its framework and the name that its tasks have there, empty for all of them."""
    result: dict[tuple[str, str], str] = {}
    for key in found:
        item = plan.items.get(key)
        if item is not None and item.scheduler is not None:
            for identity, name, _ in counted.frameworks:
                if scheduling.is_of(identity, name, item.scheduler):
                    result[identity, ""] = key
            continue
        spec = KINDS[item.kind].run_spec(item) if item is not None else None
        service, _, identity = key.partition(":")
        if spec is not None:
            service, identity = spec.service, spec.id
        result[live.frameworks.get(service, plan.cluster.framework or ""), identity] = key
    return result


def _tasks_of_scheduler(scheduler: Scheduler, counted: Counted) -> Mapping[str, int]:
    """The running tasks of a service by network."""
    return next(
        (
            tasks
            for identity, name, tasks in counted.frameworks
            if scheduling.is_of(identity, name, scheduler)
        ),
        {},
    )


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
    item: Item, content: Mapping[str, Any] | None, record: Record, tasks: Mapping[str, int], plan: Plan
) -> tuple[State, str]:
    if content is None:
        return State.DRIFTED, "it does not exist any more"
    digest = bodies.digest(content)
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
