"""All gates again for what is done, by one look at each item and one at Mesos."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_migrate.cluster.applying import gates, looks
from calico_migrate.cluster.applying.gates import PASSED, Goal, Judgement, Result
from calico_migrate.cluster.kinds import scheduling

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calico_migrate.cluster.connection.reading import Reader
    from calico_migrate.cluster.mesos import Framework
    from calico_migrate.cluster.planning.document import Item, Plan


class Verified(NamedTuple):
    """What one gate says of one item."""

    item: str
    gate: str
    judgement: Judgement


def verify(plan: Plan, reader: Reader, keys: Sequence[str]) -> Iterator[Verified]:
    """The gates of these items. Raises what reading raises, but for Mesos."""
    frameworks = looks.frameworks(reader) if keys else None
    old, new = frozenset(plan.names), plan.new_names
    for key in keys:
        item = plan.items[key]
        yield from _gates(reader, item, frameworks, Goal(item.after, new, old, plan.pools, True))


def _gates(
    reader: Reader, item: Item, frameworks: Sequence[Framework] | None, goal: Goal
) -> Iterator[Verified]:
    look = looks.whole(reader, item)
    if look is None or look.digest != goal.digest:
        why = (
            "it does not exist any more" if look is None else "its definition is not the planned one any more"
        )
        yield Verified(item.key, "tasks", Judgement(Result.FAILED, why))
        return
    version = look.config or (look.version if item.kind == "app" else "")
    yield Verified(item.key, "tasks", _certain(gates.tasks(look, version)))
    if item.scheduler is not None:
        yield Verified(item.key, "plan", _certain(scheduling.plan(reader, item.scheduler)))
        for gate, judged in scheduling.network(scheduling.tasks(frameworks, item.scheduler), goal):
            yield Verified(item.key, gate, judged)
        yield Verified(item.key, "health", _certain(gates.health(look, version)))
        return
    if look.wanted == 0:
        return
    yield Verified(item.key, "addresses", _certain(gates.addresses(look, version, goal)))
    yield Verified(item.key, "network", gates.network(frameworks, item, look.instances, goal))
    yield Verified(item.key, "health", _certain(gates.health(look, version)))


def _certain(judged: Judgement) -> Judgement:
    """What a single look says: what is not there now may come, and is not certain."""
    if judged.result is Result.WAIT:
        return Judgement(Result.INCONCLUSIVE, judged.why)
    return judged if judged.result is not Result.PASSED else PASSED
