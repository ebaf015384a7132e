"""A run forward: first what an earlier run left open, then wave by wave until something is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_core.exits import ExitCode
from calico_migrate.cluster.applying import preflight, reverted
from calico_migrate.cluster.applying.fold import FORWARD, Record, fold
from calico_migrate.cluster.applying.loop import Loop
from calico_migrate.cluster.applying.mover import Mover
from calico_migrate.cluster.applying.pausing import is_paused, why_not
from calico_migrate.cluster.applying.states import TO_LOOK_AT, State
from calico_migrate.cluster.kinds import index

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from calico_migrate.cluster.applying.context import Context

_BROKEN = frozenset({State.FAILED, State.UNKNOWN})


_UNMOVED = frozenset({State.PLANNED, State.ROLLED_BACK, State.DRIFTED})


class Ending(NamedTuple):
    """How a run ended: its exit code, and why nothing new was begun (empty where all was done)."""

    code: ExitCode
    why: str = ""


class Run:
    """One run of `cluster apply` over the selected items.

    ``plan_path`` names the pause file. ``again`` says that items which were moved back are selected by name,
    and are sent again; so they are where nothing of the plan is moved any more, and it begins anew.
    ``changed`` says that the plan is another than that of the journal's last run, so that what was verified
    is looked at again.
    """

    def __init__(
        self, context: Context, selected: Sequence[str], plan_path: str, *, again: bool, changed: bool
    ) -> None:
        self._context = context
        self._plan = context.plan
        self._selected = set(selected)
        self._plan_path = plan_path
        self._again = again
        self._changed = changed
        self._calm = not context.settings.preflight
        found = fold(context.journal.events)
        self.records: dict[str, Record] = {key: found.get(key, Record()) for key in self._plan.items}
        self._at_first: dict[str, State] = {}
        self._reverted: set[str] = set()
        self._loop = Loop(context, self.records, plan_path, context.settings.max_in_flight)

    def carry_out(self) -> Ending:
        """Does what there is to do. Raises what reading raises, and OutputError for the journal."""
        loop = self._loop
        if is_unmoved(self.records.values()):
            self._begin_anew()
        elif not self._changed:
            self._look_for_reverted()
        self._at_first = {key: record.state for key, record in self.records.items()}
        loop.follow(list(self._left_open()))
        if is_paused(self._plan_path) and any(map(self._is_open, self._selected)) and not loop.ended:
            self._pause(why_not(self._plan_path))
        for number, wave in enumerate(self._plan.waves):
            if loop.ended:
                break
            loop.begin([key for key in wave.items if self._is_open(key)], self._next)
            changed = any(self.records[key].state is not self._at_first[key] for key in wave.items)
            rest = [key for later in self._plan.waves[number + 1 :] for key in later.items]
            if wave.pause_after and changed and any(map(self._is_open, rest)) and not loop.ended:
                self._pause(f"{wave.name} done; run apply again")
        failed = any(record.state in _BROKEN for record in self.records.values())
        if self._context.settings.rolls_back and not self._context.stop.requested:
            self._take_back_failed()
        return self._outcome(failed=failed)

    def _begin_anew(self) -> None:
        """What was moved back is planned again, so that a run that ends early is gone on with as ever."""
        for key in self._selected:
            record = self.records[key]
            if record.state is State.ROLLED_BACK:
                why = "rolled back before; the plan begins anew, since nothing of it is moved any more"
                self._enter(key, State.PLANNED, why)

    def _look_for_reverted(self) -> None:
        """What somebody put back is no success, and is nothing to be overwritten without being told so."""
        found = reverted.reverted(self._context.reader, self._plan, self.records, self._selected)
        for key, exactly in sorted(found.items()):
            if not exactly:
                self._enter(key, State.DRIFTED, reverted.CHANGED)
            elif self._again:
                self._enter(key, State.PLANNED, "it was moved, and somebody put it back since")
            else:
                self._context.journal.note(reverted.WHY, key)
                self._reverted.add(key)

    def _enter(self, key: str, state: State, why: str) -> None:
        self._context.journal.write("state", item=key, state=str(state), why=why)
        self.records[key].enter(state, why)

    def _take_back_failed(self) -> None:
        """Moves back what failed, its own deployment included where that still runs."""
        self._context.settings = self._context.settings._replace(revert_stuck=True)
        for wave in reversed(self._plan.waves):
            for key in reversed(wave.items):
                record = self.records[key]
                if record.state is State.FAILED and record.was_moved:
                    self._loop.follow([Mover(self._context, self._plan.items[key], record, forward=False)])

    def _left_open(self) -> list[Mover]:
        """What is resolved, and followed to its end, before anything new is sent."""
        return [
            Mover(
                self._context,
                self._plan.items[key],
                record,
                forward=record.direction == FORWARD,
                looks_again=True,
            )
            for wave in self._plan.waves
            for key in wave.items
            for record in (self.records[key],)
            if record.state in TO_LOOK_AT or (self._changed and record.state is State.VERIFIED)
        ]

    def _is_open(self, key: str) -> bool:
        """Whether this run should send the item."""
        state = self.records[key].state
        if key not in self._selected:
            return False
        return state in (State.PLANNED, State.DRIFTED) or (state is State.ROLLED_BACK and self._again)

    def _is_moved(self, key: str) -> bool:
        return self.records[key].state is State.VERIFIED and key not in self._reverted

    def _next(self, waiting: list[str]) -> Mover | None:
        """The next item that may be begun; those that must not be are taken out with the reason."""
        in_flight = {mover.item.key for mover in self._loop.in_flight}
        for key in list(waiting):
            item = self._plan.items[key]
            unmet = [each for each in item.depends_on if not self._is_moved(each)]
            if any(each in waiting or each in in_flight for each in unmet):
                continue
            if any(index.of(self._plan.items[each]).alone for each in (*in_flight, key)) and in_flight:
                return None
            mover = Mover(self._context, item, self.records[key])
            if unmet:
                waiting.remove(key)
                state = State.REVERTED if unmet[0] in self._reverted else self.records[unmet[0]].state
                mover.end(State.PLANNED, f"not sent: it depends on {unmet[0]}, which is {state}")
            elif self._is_calm():
                waiting.remove(key)
                return mover
            else:
                return None
        return None

    def _is_calm(self) -> bool:
        """Whether Calico is well; asked once, before the first request that writes."""
        if not self._calm:
            problems = list(preflight.problems(self._context.reader))
            if problems:
                self._loop.why = f"Calico is not ready, and nothing is sent: {'; '.join(problems)}"
                self._context.journal.note(self._loop.why)
                return False
            self._calm = True
        return True

    def _pause(self, why: str) -> None:
        self._context.journal.write("pause", why=why)
        self._loop.why = why

    def _outcome(self, *, failed: bool) -> Ending:
        if self._context.stop.requested:
            return Ending(ExitCode.INTERRUPTED, "interrupted; the cluster goes on, and the next run picks up")
        if failed:
            return Ending(ExitCode.LIVE, self._loop.why)
        if not all(map(self._is_moved, self._selected)):
            why = f"reverted: {', '.join(sorted(self._reverted))}; sent again only by name, with --item"
            return Ending(ExitCode.FOUND, self._loop.why or (why if self._reverted else ""))
        return Ending(ExitCode.DONE)


def is_unmoved(records: Iterable[Record]) -> bool:
    """Whether nothing of a plan is moved, or on its way: what was moved once was moved back."""
    return all(record.state in _UNMOVED for record in records)
