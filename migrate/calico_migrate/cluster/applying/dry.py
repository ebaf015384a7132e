"""A dry run: reads each item as a run would before it sends, and says what would be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.exits import ExitCode
from calico_migrate.cluster.applying import looks, preflight, reverted, sending
from calico_migrate.cluster.applying.fold import Record, fold
from calico_migrate.cluster.applying.run import Ending, is_unmoved
from calico_migrate.cluster.applying.states import State
from calico_migrate.cluster.edits import MismatchError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.cluster.applying.context import Watcher
    from calico_migrate.cluster.applying.journal import Event
    from calico_migrate.cluster.applying.settings import RunSettings
    from calico_migrate.cluster.connection.reading import Reader
    from calico_migrate.cluster.planning.document import Item, Plan


class DryRun:
    """What a run over the selected items would do; ``events`` are the journal's."""

    def __init__(
        self,
        plan: Plan,
        reader: Reader,
        events: Sequence[Event],
        settings: RunSettings,
        watcher: Watcher,
    ) -> None:
        self._plan = plan
        self._reader = reader
        self._settings = settings
        self._watcher = watcher
        self._records = fold(events)

    def forward(self, selected: Sequence[str], *, again: bool) -> Ending:
        """What `apply` would send; ``again`` as for `Run`."""
        again = again or is_unmoved(self._records.values())
        problems = list(preflight.problems(self._reader)) if self._settings.preflight else []
        for problem in problems:
            self._watcher.say(problem)
        held = bool(problems)
        put_back = reverted.reverted(self._reader, self._plan, self._records, selected)
        for key in selected:
            record = self._records.get(key, Record())
            if key in put_back and not (again and put_back[key]):
                state = State.VERIFIED if put_back[key] else State.DRIFTED
                why = reverted.WHY if put_back[key] else reverted.CHANGED
                self._watcher.would_not(self._plan.items[key], str(state), why)
                held = True
            elif record.state is State.VERIFIED and key not in put_back:
                self._watcher.would_not(self._plan.items[key], str(State.VERIFIED), "it is done already")
            elif record.state is State.ROLLED_BACK and not again:
                why = "it was rolled back before, and is sent again only by name"
                self._watcher.would_not(self._plan.items[key], str(record.state), why)
                held = True
            elif record.state not in (State.PLANNED, State.DRIFTED, State.ROLLED_BACK, State.VERIFIED):
                why = "an earlier run left it open: the next one looks at it first"
                self._watcher.would_not(self._plan.items[key], str(record.state), why)
                held = True
            else:
                held |= not self._item(self._plan.items[key], forward=True)
        return Ending(ExitCode.FOUND if held else ExitCode.DONE, "; ".join(problems))

    def backward(self, selected: Sequence[str]) -> Ending:
        """What `rollback` would send."""
        held = False
        sent = [key for key in selected if self._records.get(key, Record()).sent is not None]
        for key in sorted(sent, key=lambda key: -(self._records[key].sent or 0)):
            held |= not self._item(self._plan.items[key], forward=False)
        for key in selected:
            if key not in sent:
                state = str(self._records.get(key, Record()).state)
                self._watcher.would_not(self._plan.items[key], state, "it was not sent by this plan")
        return Ending(ExitCode.FOUND if held else ExitCode.DONE)

    def _item(self, item: Item, *, forward: bool) -> bool:
        """Says what would become of one item; answers whether it would be sent or needs nothing."""
        target, origin = (item.after, item.before) if forward else (item.before, item.after)
        listed = looks.deployments_of(self._reader, item)
        look = looks.definition(self._reader, item)
        if look is None:
            self._watcher.would_not(item, str(State.DRIFTED), "it does not exist any more")
            return False
        if look.digest == target:
            self._watcher.would_not(
                item, str(State.PLANNED), "it is so already; only the gates would be passed"
            )
            return True
        if look.digest != origin:
            self._watcher.would_not(item, str(State.DRIFTED), "its definition was changed since")
            return False
        if look.objection or (forward and look.broken):
            state = State.DRIFTED if look.objection else State.PLANNED
            self._watcher.would_not(item, str(state), look.objection or look.broken)
            return False
        if not forward and listed and set(listed) <= self._records[item.key].deployments:
            return self._own_lock(item, listed[0])
        if listed or (forward and look.busy):
            held = f"locked by the deployment {', '.join(listed)}" if listed else look.busy
            why = f"{held}; a run would wait"
            self._watcher.would_not(item, str(State.PLANNED), why)
            return False
        try:
            request = sending.prepared(item, look, target, forward=forward)
        except MismatchError as error:
            self._watcher.would_not(item, str(State.DRIFTED), error.message)
            return False
        edits = item.edits if forward else tuple(edit.reversed for edit in item.edits)
        self._watcher.would(item, request.method, request.path, edits)
        return True

    def _own_lock(self, item: Item, deployment: str) -> bool:
        """Says what becomes of an item that our own roll locks, as `_item` does."""
        if self._settings.revert_stuck:
            request = sending.revert(item, deployment)
            self._watcher.would(item, request.method, request.path, ())
            return True
        why = f"locked by its own deployment {deployment}; only --revert-stuck takes that back"
        self._watcher.would_not(item, str(self._records[item.key].state), why)
        return False
