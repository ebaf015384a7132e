"""The loop of a run: steps what is in flight, begins more while that is allowed, and waits in between."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from calico_migrate.cluster import moments
from calico_migrate.cluster.applying.pausing import is_paused, pause_path
from calico_migrate.cluster.applying.states import State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from calico_migrate.cluster.applying.context import Context
    from calico_migrate.cluster.applying.fold import Record
    from calico_migrate.cluster.applying.mover import Mover

    # Takes the next key that may be begun out of the list; None where none may be now.
    Next = Callable[[list[str]], Mover | None]


class Loop:
    """``why`` says why nothing new is begun any more, empty while it may be.

    ``in_flight`` what is under way.
    """

    def __init__(
        self, context: Context, records: Mapping[str, Record], plan_path: str, max_in_flight: int
    ) -> None:
        self._context = context
        self._records = records
        self._plan_path = plan_path
        self._max_in_flight = max_in_flight
        self._held = False
        self.in_flight: list[Mover] = []
        self.why = ""
        self.stuck: list[Mover] = []
        context.stop.is_busy = lambda: any(mover.is_sent for mover in self.in_flight)

    @property
    def ended(self) -> bool:
        """Whether nothing new may be begun in this run."""
        return bool(self.why) or self._context.stop.requested

    def follow(self, movers: Sequence[Mover]) -> None:
        """Steps these until all are done."""
        self.in_flight += movers
        self.begin([], lambda _: None)

    def begin(self, waiting: list[str], following: Next) -> None:
        """Begins the waiting ones as they may be begun, and follows them to their end."""
        while True:
            self._begin_some(waiting, following)
            for mover in list(self.in_flight):
                if self._context.stop.requested:
                    mover.abandon()
                if not mover.done:
                    mover.step()
            self._take_out()
            if self.in_flight:
                self._context.sleep(self._context.settings.nap())
            elif not waiting or self.ended:
                return
            elif self._held:
                self._wait_for_resume()
            else:
                self._context.sleep(self._context.settings.nap())

    def _begin_some(self, waiting: list[str], following: Next) -> None:
        while waiting and self._may_begin():
            mover = following(waiting)
            if mover is None:
                return
            self.in_flight.append(mover)
            mover.step()
            self._take_out()

    def _may_begin(self) -> bool:
        if self.ended or any(mover.blocks for mover in self.in_flight):
            return False
        if len(self.in_flight) >= self._max_in_flight or self._is_held():
            return False
        return self._is_in_window()

    def _is_in_window(self) -> bool:
        """Whether the clock of this machine lets anything begin."""
        now = time.localtime()
        inside = self._context.settings.is_in_window(now.tm_hour * 60 + now.tm_min)
        if not inside:
            self._context.watcher.wait(None, "the window in which items are begun", moments.now())
        return inside

    def _is_held(self) -> bool:
        """Whether people hold the run by the pause file."""
        held = is_paused(self._plan_path)
        if held is not self._held:
            name, what = ("pause", "there") if held else ("resume", "gone")
            self._context.journal.write(name, why=f"{pause_path(self._plan_path)} is {what}")
        self._held = held
        return held

    def _wait_for_resume(self) -> None:
        self._context.watcher.wait(
            None,
            f"{pause_path(self._plan_path)} to go: `calico-migrate cluster resume {self._plan_path}`"
            " removes it",
            moments.now(),
        )
        self._context.sleep(self._context.settings.nap())

    def _take_out(self) -> None:
        self._context.under_way = {mover.item.key for mover in self.in_flight if not mover.done}
        for mover in [each for each in self.in_flight if each.done]:
            self.in_flight.remove(mover)
            if mover.stuck:
                self.stuck.append(mover)
            if mover.stops and not self.why:
                self.why = mover.stops
        self._judge()

    def _judge(self) -> None:
        """Whether something is wrong enough to begin nothing new."""
        if self.why:
            return
        open_ones = {mover.item.key for mover in self.in_flight}
        for state, most in (
            (State.UNKNOWN, 0),
            (State.FAILED, self._context.settings.max_failures),
            (State.INCONCLUSIVE, 0),
        ):
            found = [
                key
                for key, record in self._records.items()
                if record.state is state and key not in open_ones and key in self._context.plan.items
            ]
            if len(found) > most:
                self.why = f"{state}: {', '.join(sorted(found))}"
                return
