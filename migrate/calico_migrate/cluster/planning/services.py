"""What carries an item that is no app itself: the scheduler of a service, and what its app becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calico_migrate.cluster import ids

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from calico_migrate.cluster.mesos import Framework


class Scheduler(NamedTuple):
    """The scheduler of a service: its path below ``/service/``, and its framework's id where it is known."""

    service: str
    framework: str | None

    @property
    def plan(self) -> str:
        """Where its deploy plan is told."""
        return f"{ids.service(self.service)}/v1/plans/deploy"


class Rendered(NamedTuple):
    """A value of the app that Cosmos makes, before and after; None where there is none."""

    pointer: str
    old: Any
    new: Any

    @property
    def reversed(self) -> Rendered:
        """The same on the way back."""
        return self._replace(old=self.new, new=self.old)


def scheduler(service: str, names: Collection[str], frameworks: Iterable[Framework]) -> Scheduler:
    """The scheduler of a service, with the one framework that has one of these names."""
    found = [each.id for each in frameworks if each.name.strip("/") in names]
    return Scheduler(service, found[0] if len(found) == 1 else None)


def running(scheduler: Scheduler, frameworks: Iterable[Framework]) -> int:
    """How many tasks of a service run; 0 too where its framework is not known."""
    return next((len(each.tasks) for each in frameworks if each.id == scheduler.framework), 0)


def steps(plan: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """All steps of an SDK plan, in their order (dcos-commons http/types)."""
    return [step for phase in plan["phases"] for step in phase["steps"] if isinstance(step, dict)]


def at_once(plan: Mapping[str, Any]) -> int:
    """How many steps of an SDK plan may be under way at once: those of its largest parallel phase, or one."""
    parallel = [phase for phase in plan["phases"] if phase.get("strategy") in _PARALLEL]
    return max([1, *(len(phase["steps"]) for phase in parallel)])


_PARALLEL = ("parallel", "parallel-canary")


def is_plan(value: Any) -> bool:
    """Whether a value has the shape of an SDK plan."""
    listed = value.get("phases") if isinstance(value, dict) else None
    return (
        isinstance(listed, list)
        and "status" in value
        and all(isinstance(phase, dict) and isinstance(phase.get("steps"), list) for phase in listed)
    )
