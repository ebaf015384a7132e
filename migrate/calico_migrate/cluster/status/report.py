"""A status as JSON for scripts and as lines for people."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.legible import escaped, legible
from calico_core.words import counted
from calico_migrate.cluster.applying.states import State
from calico_migrate.cluster.display.lines import GOOD, HEADING, Line
from calico_migrate.cluster.mesos import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calico_migrate.cluster.identity import Identity
    from calico_migrate.cluster.status.counting import Counted, Left
    from calico_migrate.cluster.status.items import ItemStatus

VERSION = 1
_ALARMING = (State.REVERTED, State.FAILED, State.UNKNOWN)


class Status(NamedTuple):
    """A cluster at one moment; ``items`` is empty without a plan, ``keys`` finds the item of an app."""

    taken: str
    cluster: Identity
    counted: Counted
    items: Mapping[str, ItemStatus]
    keys: Mapping[tuple[str, str], str]

    @property
    def summary(self) -> dict[str, int]:
        """How many items are in each state."""
        return dict(sorted(Counter(str(each.state) for each in self.items.values()).items()))

    @property
    def is_finished(self) -> bool:
        """Whether nothing runs on an old or unknown network, and no item needs a look."""
        return not self.counted.left and not any(each.state in _ALARMING for each in self.items.values())

    def item_of(self, left: Left) -> str | None:
        """The item of what is left."""
        return self.keys.get((left.framework, left.name)) or self.keys.get((left.framework, ""))

    def to_json(self) -> dict[str, Any]:
        """For scripts."""
        return {
            "version": VERSION,
            "taken": self.taken,
            "cluster": self.cluster.to_json(),
            "tasks": dict(self.counted.tasks),
            "frameworks": [
                {"id": identity, "name": name, "tasks": dict(tasks)}
                for identity, name, tasks in self.counted.frameworks
            ],
            "left": [self._left(each) for each in self.counted.left],
            "items": {
                key: {
                    "state": str(each.state),
                    "wave": each.wave,
                    "team": each.team,
                    "tasks": dict(each.tasks),
                }
                for key, each in self.items.items()
            },
            "summary": self.summary,
        }

    def _left(self, left: Left) -> dict[str, Any]:
        key = self.item_of(left)
        state = str(self.items[key].state) if key is not None else None
        return {
            "framework": left.framework,
            "name": left.name,
            "item": key,
            "state": state,
            "tasks": dict(left.tasks),
        }

    def lines(self) -> Iterator[Line]:
        """For people."""
        cluster = self.cluster
        yield Line(f"{escaped(cluster.name or cluster.id or cluster.url)} at {self.taken}", HEADING)
        networks = ", ".join(f"{number} on {name}" for name, number in self.counted.tasks.items())
        yield Line(f"running tasks: {networks}")
        for identity, name, tasks in self.counted.frameworks:
            if tasks:
                shown = ", ".join(f"{number} on {escaped(label)}" for label, number in tasks.items())
                yield Line(f"  {escaped(name)} ({escaped(identity)}): {shown}")
        if self.items:
            yield from self._item_lines()
        yield from self._left_lines()

    def _item_lines(self) -> Iterator[Line]:
        yield Line("")
        states_of_all = ", ".join(f"{number} {state}" for state, number in self.summary.items())
        yield Line(f"items: {states_of_all}", HEADING)
        teams: dict[str, Counter[str]] = {}
        for each in self.items.values():
            teams.setdefault(each.team, Counter())[str(each.state)] += 1
        for team, states in sorted(teams.items()):
            shown = ", ".join(f"{number} {state}" for state, number in sorted(states.items()))
            yield Line(f"  {escaped(team) or '(no team)'}: {shown}")
        for key, each in self.items.items():
            if each.state is not State.VERIFIED:
                why = f": {legible(each.why, 200)}" if each.why else ""
                yield Line.about(str(each.state), f"  {escaped(key)}: {each.state}{why}")

    def _left_lines(self) -> Iterator[Line]:
        yield Line("")
        if not self.counted.left:
            yield Line("nothing runs on an old network", GOOD)
            return
        found = counted(len(self.counted.left), "app or task", "apps and tasks")
        yield Line(f"left: {found}", HEADING, matters=True)
        names = {identity: name for identity, name, _ in self.counted.frameworks}
        for left in self.counted.left:
            tasks = ", ".join(f"{number} on {escaped(label)}" for label, number in left.tasks.items())
            key = self.item_of(left)
            state = f" [{self.items[key].state}]" if key is not None else ""
            owner = escaped(names.get(left.framework, left.framework))
            yield Line(f"  {escaped(left.name)} of {owner}: {tasks}{state}", matters=True)
        if self.counted.tasks.get(UNKNOWN):
            why = f"{UNKNOWN}: named like a new network, with an address outside the pools"
            yield Line(why, matters=True)
