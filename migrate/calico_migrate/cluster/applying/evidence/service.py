"""A service behind a scheduler: its deploy plan, and where Mesos has its own tasks.

The scheduler's app says nothing of them. Mesos' state is large, and is asked for seldom.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from calico_core.legible import legible
from calico_core.words import counted
from calico_migrate.cluster.applying import looks
from calico_migrate.cluster.applying.gates import PASSED, Judgement, Result
from calico_migrate.cluster.kinds import index, scheduling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.cluster.applying.context import Context
    from calico_migrate.cluster.applying.gates import Goal
    from calico_migrate.cluster.mesos import Task
    from calico_migrate.cluster.planning.document import Item
    from calico_migrate.cluster.planning.services import Scheduler

_LONGEST_PAUSE = 60.0


class Service:
    """The service of an item on its way; ``is_held`` says that its plan waits for a person."""

    def __init__(self, context: Context, item: Item, scheduler: Scheduler, goal: Goal) -> None:
        self.is_held = False
        self._context = context
        self._scheduler = scheduler
        self._goal = goal
        self._is_late = index.of(item).is_late
        self._tasks: Sequence[Task] = ()
        self._asks_at = 0.0
        self._pause = context.settings.nap()

    @classmethod
    def of(cls, context: Context, item: Item, goal: Goal) -> Service | None:
        """The service of an item, None where no scheduler carries it."""
        return None if item.scheduler is None else cls(context, item, item.scheduler, goal)

    @property
    def is_due(self) -> bool:
        """Whether Mesos may be asked again."""
        return time.monotonic() >= self._asks_at

    @property
    def addresses(self) -> list[str]:
        """Where its tasks are on the network on which they should be."""
        return sorted(address for each in self._moved for address in each.addresses)

    def planned(self) -> Judgement:
        """Whether the deploy plan of its scheduler is complete."""
        judged = scheduling.plan(self._context.reader, self._scheduler)
        self.is_held = judged.held
        return judged

    def told(self) -> list[tuple[str, Judgement]]:
        """The gates of which its plan and its tasks tell.

        What Mesos has wrong may come right where a request has its effect late: that is to be waited for.
        """
        running = self._running()
        self._tasks = running or ()
        state_gates = list(scheduling.network(running, self._goal))
        if self._is_late and any(judged.result is Result.FAILED for _, judged in state_gates):
            self._asks_at = time.monotonic() + self._pause
            self._pause = min(2 * self._pause, _LONGEST_PAUSE)
            state_gates = [
                (gate, judged._replace(result=Result.WAIT) if judged.result is Result.FAILED else judged)
                for gate, judged in state_gates
            ]
        return [("plan", PASSED), *state_gates]

    def settled(self) -> Judgement:
        """Whether the tasks that ran when it began to settle run still."""
        running = self._running()
        if running is None:
            return Judgement(Result.INCONCLUSIVE, "Mesos' state cannot be read")
        left = {task.id for task in running}
        gone = [task.id for task in self._moved if task.id not in left]
        if not gone:
            return PASSED
        return Judgement(
            Result.FAILED, f"{counted(len(gone), 'task')} went while it settled: {legible(gone[0])}"
        )

    def counts(self) -> dict[str, object]:
        """How its tasks stand, as the journal has it."""
        moved = self._moved
        return {"new": len(moved), "old": len(self._tasks) - len(moved), "addresses": self.addresses}

    @property
    def _moved(self) -> list[Task]:
        return [each for each in self._tasks if not self._goal.wanted.isdisjoint(each.networks)]

    def _running(self) -> Sequence[Task] | None:
        return scheduling.tasks(looks.frameworks(self._context.reader), self._scheduler)
