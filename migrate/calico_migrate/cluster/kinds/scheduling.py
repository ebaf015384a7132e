"""The scheduler of a service: how far its deploy plan is, and on which network its tasks are.

dcos-commons http/queries/PlansQueries.java:54-68: 200 is complete, 202 under way, 417 has errors; a new
configuration that it refuses leaves the old one running, and only the plan's errors say so. After an update
its address may lead nowhere, or to another program, for half a minute (dcos/dcos adminrouter lib/cache.lua).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.legible import legible
from calico_migrate.cluster import ids
from calico_migrate.cluster.applying.gates import PASSED, Judgement, Result
from calico_migrate.cluster.connection.failures import RefusedError, UnreachableError
from calico_migrate.cluster.connection.reading import is_list
from calico_migrate.cluster.planning.services import is_plan, steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from calico_migrate.cluster.applying.gates import Goal
    from calico_migrate.cluster.connection.reading import Reader
    from calico_migrate.cluster.kinds.look import Look
    from calico_migrate.cluster.mesos import Framework, Task
    from calico_migrate.cluster.planning.services import Scheduler

PLAN_STATUSES = (200, 202, 417)
_COMPLETE = "COMPLETE"
_WAITING = "WAITING"
_DEPLOY = "deploy"


class Progress(NamedTuple):
    """How far a deploy plan is; ``errors`` are why the new configuration is refused."""

    status: str
    errors: tuple[str, ...]
    done: int
    total: int
    current: str

    @property
    def is_complete(self) -> bool:
        """Whether every step is done and nothing was refused."""
        return self.status == _COMPLETE and not self.errors

    def __str__(self) -> str:
        now = f", {self.current}" if self.current else ""
        return f"its deploy plan is {self.status}: {self.done} of {self.total} steps{now}"


def plan(reader: Reader, scheduler: Scheduler) -> Judgement:
    """Whether the deploy plan is complete; a scheduler that does not answer yet is waited for."""
    try:
        found = _progress(reader, scheduler)
    except (RefusedError, UnreachableError) as error:
        return Judgement(Result.WAIT, f"its scheduler does not answer yet: {legible(str(error), 160)}")
    if found is None:
        return Judgement(Result.WAIT, "another scheduler answers on its address")
    if found.errors or found.status == "ERROR":
        why = "; ".join(legible(each, 200) for each in found.errors[:3]) or "it does not say why"
        return Judgement(Result.FAILED, f"it refuses the configuration, and the one before runs on: {why}")
    if found.is_complete:
        return PASSED
    # A strategy with a canary waits for a person twice; an interrupted plan does so too.
    held = found.status == _WAITING
    how = f"; it goes on with `plan continue {_DEPLOY}` of the service's command line" if held else ""
    return Judgement(Result.WAIT, f"{found}{how}", held)


def at_rest(reader: Reader, scheduler: Scheduler, look: Look) -> Look:
    """A look that says what of the scheduler must end, or be mended, before anything is moved."""
    judged = plan(reader, scheduler)
    if judged.passed:
        return look
    if judged.result is Result.FAILED:
        return look._replace(broken=f"its deploy plan has errors already: {judged.why}")
    return look._replace(busy=judged.why)


def tasks(frameworks: Sequence[Framework] | None, scheduler: Scheduler) -> list[Task] | None:
    """The running tasks of a service; None where Mesos does not say them."""
    if frameworks is None:
        return None
    return [
        task
        for framework in frameworks
        if is_of(framework.id, framework.name, scheduler)
        for task in framework.tasks
    ]


def is_of(framework: str, name: str, scheduler: Scheduler) -> bool:
    """Whether a framework is the service's: by its id, else by its name."""
    if scheduler.framework is not None:
        return framework == scheduler.framework
    return name.strip("/") == scheduler.service


def network(found: Sequence[Task] | None, goal: Goal) -> Iterator[tuple[str, Judgement]]:
    """The gates `addresses` and `network` of a service's own tasks; None where Mesos does not say them."""
    if not found:
        why = "Mesos' state cannot be read" if found is None else "Mesos lists none of its tasks as running"
        yield "network", Judgement(Result.INCONCLUSIVE, why)
        return
    for task in found:
        unwanted = sorted(set(task.networks) & set(goal.unwanted))
        if unwanted:
            why = f"Mesos has {legible(task.id)} on {legible(', '.join(unwanted))}"
            yield "network", Judgement(Result.FAILED, why)
            return
    moved = [task for task in found if not set(task.networks).isdisjoint(goal.wanted)]
    if not moved:
        wanted = " or ".join(sorted(goal.wanted))
        yield "network", Judgement(Result.INCONCLUSIVE, f"Mesos has none of its tasks on {legible(wanted)}")
        return
    for task in moved:
        inside = [goal.pools.have(address) for address in task.addresses]
        if not inside or (not any(inside) if goal.inside else any(inside)):
            shown = ", ".join(task.addresses) or "no address"
            why = f"{legible(task.id)} has {legible(shown)}, which is not where it should be"
            yield "addresses", Judgement(Result.FAILED, why)
            return
    yield "addresses", PASSED
    yield "network", PASSED


def _progress(reader: Reader, scheduler: Scheduler) -> Progress | None:
    """How far the plan is; None where another scheduler answers."""
    value: Mapping[str, Any] = reader.document(
        scheduler.plan, is_plan, within=0, route_may_miss=True, statuses=PLAN_STATUSES
    ).value
    if not _is_itself(reader, scheduler):
        return None
    errors = value.get("errors")
    all_steps = steps(value)
    open_ones = [each for each in all_steps if each.get("status") != _COMPLETE]
    under_way = next((each for each in open_ones if each.get("status") != "PENDING"), None)
    current = ""
    if under_way is not None:
        current = f"{legible(str(under_way.get('name')), 60)} {legible(str(under_way.get('status')), 30)}"
    return Progress(
        legible(str(value.get("status")), 30),
        tuple(str(each) for each in (errors if isinstance(errors, list) else ())),
        len(all_steps) - len(open_ones),
        len(all_steps),
        current,
    )


def _is_itself(reader: Reader, scheduler: Scheduler) -> bool:
    """Whether the scheduler that answers has the framework that is expected, where it says one."""
    if scheduler.framework is None:
        return True
    path = f"{ids.service(scheduler.service)}/v1/state/frameworkId"
    try:
        said = reader.document(path, is_list, within=0, route_may_miss=True).value
    except (RefusedError, UnreachableError):
        return True
    return said in ([], [scheduler.framework])
