"""The plan: what is sent to whom in which order, and what stays for people to do.

It names old and new values, so that carrying it out and undoing it need nothing but the plan and the cluster.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calico_migrate.cluster.snapshot.manifest import to_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_migrate.cluster.edits import BodyEdit
    from calico_migrate.cluster.identity import Identity
    from calico_migrate.cluster.ids import Kind
    from calico_migrate.cluster.planning.services import Rendered, Scheduler
    from calico_migrate.cluster.pools import Pools

KIND = "calico-migrate-plan"
VERSION = 1
WAVES = ("canary", "jobs", "plain", "vip", "stateful", "packages", "edgelb")
_ACTIONS = {"app": "patch", "pod": "put", "job": "put", "package": "post", "edgelb-pool": "put"}
BEHIND_SCHEDULERS = frozenset({"package", "edgelb-pool"})
"""The kinds that a scheduler carries out."""
NEEDS = ("unchecked", "resident", "outage", "host-port")


class Roll(NamedTuple):
    """What a restart does: how many are killed at once, how many there are at most, and what that needs."""

    instances: int
    kill_at_once: int
    max_capacity: int
    extra: Mapping[str, float]


class PlanFinding(NamedTuple):
    """What a person should know about an item."""

    rule: str
    severity: str
    message: str
    pointer: str


class Item(NamedTuple):
    """One app, pod, job, package or pool that is moved.

    ``version``, ``config`` (None for pods) and ``before`` are as the snapshot has them; ``before`` and
    ``after`` are digests of the stripped definition. ``scheduler`` is that of a package or pool, None for
    what has none; ``rendered`` what a package's app becomes.
    """

    key: str
    kind: Kind
    service: str
    id: str
    team: str
    version: str
    config: str | None
    before: str
    after: str
    edits: tuple[BodyEdit, ...]
    roll: Roll
    needs: tuple[str, ...]
    findings: tuple[PlanFinding, ...]
    depends_on: tuple[str, ...]
    scheduler: Scheduler | None = None
    rendered: tuple[Rendered, ...] = ()

    @property
    def action(self) -> str:
        """How it is sent: HTTP's method, in lower case."""
        return _ACTIONS[self.kind]

    def to_json(self) -> dict[str, Any]:
        """As it stands in the plan."""
        return {
            "kind": self.kind,
            "service": self.service,
            "id": self.id,
            "team": self.team,
            "action": self.action,
            "before": {"version": self.version, "config": self.config, "sha256": self.before},
            "after": {"sha256": self.after},
            "edits": [edit._asdict() for edit in self.edits],
            "roll": {**self.roll._asdict(), "extra": dict(self.roll.extra)},
            "needs": list(self.needs),
            "findings": [finding._asdict() for finding in self.findings],
            "depends_on": list(self.depends_on),
            **self._service(),
        }

    def _service(self) -> dict[str, Any]:
        if self.kind not in BEHIND_SCHEDULERS:
            return {}
        return {
            "scheduler": self.scheduler._asdict() if self.scheduler is not None else None,
            "rendered": [each._asdict() for each in self.rendered],
        }


class Wave(NamedTuple):
    """Items that may be moved together, in the order in which they are begun."""

    name: str
    items: tuple[str, ...]
    pause_after: bool


class ByHand(NamedTuple):
    """What stays for a person: the item, the rule that keeps it out, why, and what to do."""

    item: str
    rule: str
    why: str
    do: str


class Coverage(NamedTuple):
    """A framework, whether its definitions were read, and its running tasks by network."""

    id: str
    name: str
    read: bool
    tasks: Mapping[str, int]


class Plan(NamedTuple):
    """A whole plan; ``frameworks`` is None where Mesos could not be read."""

    tool: str
    cluster: Identity
    snapshot: str
    taken: str
    names: Mapping[str, str]
    default_networks: Mapping[str, str | None]
    pools: Pools
    allow: tuple[str, ...]
    max_in_flight: int
    networks: tuple[str, ...]
    policies: tuple[str, ...]
    marathons: tuple[str, ...]
    frameworks: tuple[Coverage, ...] | None
    waves: tuple[Wave, ...]
    items: Mapping[str, Item]
    by_hand: tuple[ByHand, ...]
    excluded: tuple[str, ...]
    untouched: int

    @property
    def new_names(self) -> frozenset[str]:
        """The networks that the old ones become."""
        return frozenset(self.names.values())

    def wave_of(self, key: str) -> str | None:
        """The wave in which an item is, None for what is by hand."""
        return next((wave.name for wave in self.waves if key in wave.items), None)

    @property
    def unread(self) -> list[Coverage]:
        """The frameworks whose definitions were not read, and that have tasks on an old network."""
        return [
            each
            for each in self.frameworks or ()
            if not each.read and any(name in self.names or name == "(unknown)" for name in each.tasks)
        ]

    def to_bytes(self) -> bytes:
        """The file: keys sorted, indented by 1, and the same for the same snapshot and options."""
        frameworks = None
        if self.frameworks is not None:
            frameworks = [{**each._asdict(), "tasks": dict(each.tasks)} for each in self.frameworks]
        return to_bytes({
            "kind": KIND,
            "version": VERSION,
            "tool": self.tool,
            "cluster": self.cluster.to_json(),
            "snapshot": {"sha256": self.snapshot, "taken": self.taken},
            "map": dict(self.names),
            "default_networks": dict(self.default_networks),
            "pools": list(self.pools.texts),
            "allow": list(self.allow),
            "max_in_flight": self.max_in_flight,
            "references": {"networks": list(self.networks), "policies": list(self.policies)},
            "coverage": {"marathons": list(self.marathons), "frameworks": frameworks},
            "waves": [{**wave._asdict(), "items": list(wave.items)} for wave in self.waves],
            "items": {key: item.to_json() for key, item in self.items.items()},
            "by_hand": [entry._asdict() for entry in self.by_hand],
            "excluded": list(self.excluded),
            "untouched": self.untouched,
        })  # fmt: skip
