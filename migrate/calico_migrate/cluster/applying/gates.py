"""The gates: what must be seen before an item counts as moved, or as moved back.

That a deployment is gone says nothing: it goes on success, on failure and when it is cancelled. Each gate has
three answers, and where the facts are missing it is `inconclusive`.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from calico_core.legible import legible
from calico_core.words import counted
from calico_migrate.cluster import mesos
from calico_migrate.cluster.pools import addresses_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from calico_migrate.cluster.kinds.look import Instance, Look
    from calico_migrate.cluster.mesos import Framework
    from calico_migrate.cluster.planning.document import Item
    from calico_migrate.cluster.pools import Pools


class Result(str, Enum):
    """What a gate answers; WAIT is for the next look and is never written down."""

    PASSED = "passed"
    FAILED = "failed"
    INCONCLUSIVE = "inconclusive"
    WAIT = "wait"

    __str__ = str.__str__


class Judgement(NamedTuple):
    """A gate's answer, and why; ``held`` says that only a person lets it go on."""

    result: Result
    why: str = ""
    held: bool = False

    @property
    def passed(self) -> bool:
        """Whether the gate is passed."""
        return self.result is Result.PASSED


class Goal(NamedTuple):
    """Where an item goes: the digest, the networks it must be on and must not be on, and where its addresses
    are.

    ``inside`` says whether addresses must be in the pools (forward) or outside (back).
    """

    digest: str
    wanted: frozenset[str]
    unwanted: frozenset[str]
    pools: Pools
    inside: bool


PASSED = Judgement(Result.PASSED)


def tasks(look: Look, version: str) -> Judgement:
    """As many running instances of the version as are wanted, and none older."""
    new = [each for each in look.of_version(version) if each.running]
    old = look.before(version)
    if look.wanted == 0:
        return PASSED
    if len(new) >= look.wanted and not old:
        return PASSED
    return Judgement(Result.WAIT, f"{len(new)} of {look.wanted} new, {len(old)} old")


def addresses(look: Look, version: str, goal: Goal) -> Judgement:
    """Every instance has its addresses where they belong."""
    single = len(look.body.get("networks") or ()) == 1
    for each in look.of_version(version):
        if not each.addresses:
            return Judgement(Result.WAIT, "an instance has no address yet")
        inside = [goal.pools.have(address) for address in each.addresses]
        right = (all(inside) if single else any(inside)) if goal.inside else not any(inside)
        if not right:
            where = f"outside {', '.join(goal.pools.texts)}" if goal.inside else "still in the pools"
            return Judgement(Result.FAILED, f"{addresses_text(each.addresses)} is {where}")
    return PASSED


def health(look: Look, version: str) -> Judgement:
    """All instances are well, where anything looks at that."""
    if not look.checked:
        return PASSED
    well = healthy(look, version)
    if well >= look.wanted:
        return PASSED
    return Judgement(Result.WAIT, f"{well} of {look.wanted} healthy")


def healthy(look: Look, version: str = "") -> int:
    """How many instances of a version or later are healthy: by Marathon's own count where it has one."""
    told = look.body.get("tasksHealthy")
    if isinstance(told, int) and not isinstance(told, bool):
        return told
    return sum(each.healthy is True for each in look.of_version(version))


def network(
    frameworks: Sequence[Framework] | None, item: Item, instances: Iterable[Instance], goal: Goal
) -> Judgement:
    """Mesos names the right network for each task; ``frameworks`` None where it says nothing."""
    if frameworks is None:
        return Judgement(Result.INCONCLUSIVE, "Mesos' state cannot be read")
    running = [task for framework in frameworks for task in framework.tasks]
    wanted = {task for each in instances for task in each.tasks}
    found = [task for task in running if task.id in wanted]
    if not found:
        found = [task for task in running if task.run_spec == item.id]
    if not found:
        return Judgement(Result.INCONCLUSIVE, "Mesos lists none of its tasks as running")
    for task in found:
        names = set(task.networks)
        if not names.isdisjoint(goal.unwanted) or names.isdisjoint(goal.wanted):
            said = ", ".join(sorted(names)) or mesos.NO_NETWORK
            return Judgement(Result.FAILED, f"Mesos has {legible(task.id)} on {legible(said)}")
    return PASSED


def settled(look: Look, baseline: Sequence[Instance], wanted: int) -> Judgement:
    """Nothing that ran and was well when it began to settle has changed for the worse."""
    now = {each.id: each for each in look.instances}
    gone = [each.id for each in baseline if each.id not in now or not now[each.id].running]
    if gone and look.wanted >= wanted:
        return Judgement(
            Result.FAILED, f"{counted(len(gone), 'instance')} went while it settled: {legible(gone[0])}"
        )
    worse = [
        each.id for each in baseline if each.healthy and each.id in now and now[each.id].healthy is False
    ]
    if worse:
        return Judgement(Result.FAILED, f"{legible(worse[0])} was healthy and is not any more")
    return PASSED
