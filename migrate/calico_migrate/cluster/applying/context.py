"""What the items of one run share: the connection, the journal, the limits, and who watches."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Protocol

from calico_migrate.cluster.applying.gates import Goal

if TYPE_CHECKING:
    from calico_migrate.cluster.applying.journal import Journal
    from calico_migrate.cluster.applying.settings import RunSettings
    from calico_migrate.cluster.applying.stopping import Stop
    from calico_migrate.cluster.connection.reading import Reader
    from calico_migrate.cluster.edits import BodyEdit
    from calico_migrate.cluster.planning.document import Item, Plan


class Watcher(Protocol):
    """Who watches a run."""

    @property
    def gone(self) -> bool:
        """Whether nobody takes what is told any more."""

    def event(self, event: dict[str, Any]) -> None:
        """An event was written to the journal."""

    def wait(self, item: str | None, what: str, since: str) -> None:
        """An item (or all, for None) waits for something; told at every look."""

    def would(self, item: Item, method: str, path: str, edits: tuple[BodyEdit, ...]) -> None:
        """A dry run would send this."""

    def would_not(self, item: Item, state: str, why: str) -> None:
        """A dry run would not send this item."""

    def say(self, message: str) -> None:
        """Something for people."""

    def pulse(self) -> None:
        """Time passes."""


class Context:
    """One run. ``wrote`` says whether a request that writes may have had an effect in this run."""

    def __init__(
        self,
        plan: Plan,
        reader: Reader,
        journal: Journal,
        settings: RunSettings,
        watcher: Watcher,
        stop: Stop,
    ) -> None:
        self.plan = plan
        self.reader = reader
        self.journal = journal
        self.settings = settings
        self.watcher = watcher
        self.stop = stop
        self.wrote = False
        self.under_way: set[str] = set()

    def goal(self, item: Item, *, forward: bool) -> Goal:
        """Where an item goes."""
        old, new = frozenset(self.plan.names), self.plan.new_names
        if forward:
            return Goal(item.after, new, old, self.plan.pools, True)
        return Goal(item.before, old, new, self.plan.pools, False)

    def sleep(self, seconds: float) -> None:
        """Waits; a second signal ends it."""
        self.watcher.pulse()
        time.sleep(seconds)
