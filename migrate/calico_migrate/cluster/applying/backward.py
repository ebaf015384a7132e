"""A run back: the items that were sent, the last one first, each by its own edits reversed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.exits import ExitCode
from calico_migrate.cluster.applying.fold import Record, fold
from calico_migrate.cluster.applying.loop import Loop
from calico_migrate.cluster.applying.mover import Mover
from calico_migrate.cluster.applying.pausing import is_paused, why_not
from calico_migrate.cluster.applying.run import Ending
from calico_migrate.cluster.applying.states import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.cluster.applying.context import Context

_BROKEN = frozenset({State.FAILED, State.UNKNOWN})
_NOTHING_TO_DO = frozenset({State.PLANNED, State.ROLLED_BACK})


class BackwardRun:
    """One run of `cluster rollback` over the selected items."""

    def __init__(self, context: Context, selected: Sequence[str], plan_path: str) -> None:
        self._context = context
        self._selected = list(selected)
        found = fold(context.journal.events)
        self.records: dict[str, Record] = {key: found.get(key, Record()) for key in context.plan.items}
        # Only what this run handles: that an item failed on its way there keeps nobody from going back.
        self._handled: dict[str, Record] = {}
        self._plan_path = plan_path
        self._loop = Loop(context, self._handled, plan_path, max_in_flight=1)

    def carry_out(self) -> Ending:
        """Does what there is to do. Raises what reading raises, and OutputError for the journal."""
        sent = [key for key in self._selected if self.records[key].sent is not None]
        sent.sort(key=lambda key: -(self.records[key].sent or 0))
        if sent and is_paused(self._plan_path):
            self._loop.why = why_not(self._plan_path)
            self._context.journal.write("pause", why=self._loop.why)
        self._loop.begin(sent, self._next)
        return self._outcome()

    def not_ours(self) -> list[str]:
        """Selected items that are moved, and that no request of this plan moved."""
        return [
            key
            for key in self._selected
            if self.records[key].sent is None and self.records[key].state not in _NOTHING_TO_DO
        ]

    def _next(self, waiting: list[str]) -> Mover | None:
        key = waiting.pop(0)
        record = self._handled[key] = self.records[key]
        return Mover(self._context, self._context.plan.items[key], record, forward=False)

    def _outcome(self) -> Ending:
        why = self._loop.why
        if self._context.stop.requested:
            return Ending(ExitCode.INTERRUPTED, "interrupted; the cluster goes on, and the next run picks up")
        broken = [key for key, record in self._handled.items() if record.state in _BROKEN]
        if self._loop.stuck or broken:
            return Ending(ExitCode.LIVE, why)
        if all(self.records[key].state in _NOTHING_TO_DO for key in self._selected):
            return Ending(ExitCode.DONE)
        return Ending(ExitCode.FOUND, why)
