"""Following an item that was sent: through its roll, past the gates, until it has settled."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Protocol

from calico_core.legible import legible
from calico_migrate.cluster import durations, moments
from calico_migrate.cluster.applying import gates, looks, queue
from calico_migrate.cluster.applying.evidence import probing
from calico_migrate.cluster.applying.evidence.neighbours import Neighbours
from calico_migrate.cluster.applying.evidence.overwriting import Overwritten, overwritten
from calico_migrate.cluster.applying.evidence.service import Service
from calico_migrate.cluster.applying.gates import Judgement, Result
from calico_migrate.cluster.applying.states import State
from calico_migrate.cluster.edits import differences

if TYPE_CHECKING:
    from calico_migrate.cluster.applying.context import Context
    from calico_migrate.cluster.applying.fold import Record
    from calico_migrate.cluster.applying.gates import Goal
    from calico_migrate.cluster.kinds.look import Instance, Look
    from calico_migrate.cluster.planning.document import Item


class Followed(Protocol):
    """What a follower knows of the item on its way, and tells it."""

    waits_for: str
    since: str
    stops: str
    stuck: str
    sent: dict[str, Any] | None

    @property
    def context(self) -> Context:
        """What the run works with."""

    @property
    def item(self) -> Item:
        """What is moved."""

    @property
    def record(self) -> Record:
        """What is known of it."""

    @property
    def forward(self) -> bool:
        """Whether it is moved, and not moved back."""

    @property
    def done(self) -> bool:
        """Whether nothing is left to be done with it in this run."""

    def enter(self, state: State, why: str = "") -> None:
        """Writes a state down, where it is another than before."""

    def end(self, state: State, why: str = "") -> None:
        """The state in which this run leaves it."""


class Follower:
    """The way of one item from its acceptance to its end.

    ``version`` is the one that was answered, or the present one for an item that was found there. With
    ``since_now`` a failure that is known already at the first look does not count.
    """

    def __init__(self, mover: Followed, goal: Goal, version: str, *, since_now: bool) -> None:
        self._mover = mover
        self._context = mover.context
        self._item = mover.item
        self._goal = goal
        self._version = version
        self._since_now = since_now
        self._known_failure: str | None = None
        self._began = time.monotonic()
        self._limit: float | None = None
        self._strayed_at: float | None = None
        self._settling_until: float | None = None
        self._baseline: tuple[Instance, ...] = ()
        self._baseline_wanted = 0
        self._neighbours: Neighbours | None = None
        self._service = Service.of(self._context, self._item, goal)

    def step(self) -> None:
        """One look: one read, but where the item seems to be there."""
        look = looks.whole(self._context.reader, self._item)
        if look is None:
            self._end(State.DRIFTED, "it was deleted by somebody else")
            return
        if self._limit is None:
            self._limit = self._context.settings.limit_for(self._item, look.body)
            self._known_failure = look.failure.at if self._since_now and look.failure else None
            self._neighbours = Neighbours(self._context, self._item) if self._mover.forward else None
        if look.digest != self._goal.digest:
            self._end(State.DRIFTED, f"somebody else changed it after it was sent{self._changed_at(look)}")
            return
        if not self._version:
            self._version = look.config or look.version
        if look.config and look.config != self._version:
            self._stop_at(
                "tasks",
                Judgement(
                    Result.INCONCLUSIVE,
                    f"somebody changed or restarted it again: its configuration is of {legible(look.config)},"
                    f" ours of {legible(self._version)}",
                ),
                look,
            )
            return
        if look.wanted == 0 and self._item.scheduler is None:
            self._gate("tasks", gates.PASSED, look)
            self._finish()
        elif self._settling_until is None:
            self._roll(look)
        else:
            self._settle(look)
        if not self._mover.done:
            self._watch_time(look)

    def _changed_at(self, look: Look) -> str:
        """Where it is not what this run sent."""
        sent = self._mover.sent
        pointers = differences(sent, look.content)[:5] if sent is not None else []
        return f": {', '.join(map(legible, pointers))}" if pointers else ""

    # Rolling

    def _roll(self, look: Look) -> None:
        if self._has_new_failure(look) and not look.checked:
            self._stop_at("health", self._failed(look), look)
            return
        judged = gates.tasks(look, self._version)
        if judged.passed:
            judged = self._undeployed(look)
        if not judged.passed:
            self._wait("tasks", judged)
            return
        for gate, judged in (("plan", self._planned()), ("addresses", self._arrived(look))):
            if judged.result is Result.FAILED:
                self._gate("tasks", gates.PASSED, look)
                self._stop_at(gate, judged, look)
                return
            if not judged.passed:
                self._wait(gate, judged)
                return
        well = gates.health(look, self._version)
        if not well.passed:
            self._wait("health", well)
            return
        if self._service is not None and not self._service.is_due:
            return
        told = self._networked(look)
        for gate, judged in told:
            if judged.result is Result.WAIT:
                self._wait(gate, judged)
                return
        self._gate("tasks", gates.PASSED, look)
        if not all(self._passes(gate, judged, look) for gate, judged in told):
            return
        self._gate("health", gates.PASSED, look)
        self._mover.enter(State.SETTLING)
        self._baseline = tuple(each for each in look.of_version(self._version) if each.running)
        self._baseline_wanted = look.wanted
        self._known_failure = look.failure.at if look.failure else None
        self._settling_until = time.monotonic() + self._context.settings.settle
        self._limit = (self._limit or 0.0) + self._context.settings.settle
        if self._context.settings.settle <= 0:
            self._pass_settle(look)

    def _undeployed(self, look: Look) -> Judgement:
        """No deployment of the item is listed."""
        listed = look.deployments
        if listed is None:
            listed = tuple(looks.deployments_of(self._context.reader, self._item))
        if listed:
            return Judgement(Result.WAIT, f"the deployment {', '.join(listed)} is under way")
        return gates.PASSED

    def _planned(self) -> Judgement:
        """The deploy plan of its scheduler is complete, where it has one."""
        return gates.PASSED if self._service is None else self._service.planned()

    def _placed(self, look: Look) -> Judgement:
        """Its own instances have their addresses where they belong; Mesos says a scheduler's."""
        if self._service is not None:
            return gates.PASSED
        return gates.addresses(look, self._version, self._goal)

    def _arrived(self, look: Look) -> Judgement:
        """The same while it rolls: an address may be reported late, and is waited for a while."""
        placed = self._placed(look)
        if placed.result is Result.FAILED and not self._has_strayed_long():
            return placed._replace(result=Result.WAIT)
        return placed

    def _networked(self, look: Look) -> list[tuple[str, Judgement]]:
        """What Mesos says of its tasks, by one look at the whole state."""
        if self._service is not None:
            return self._service.told()
        instances = look.of_version(self._version)
        frameworks = looks.frameworks(self._context.reader)
        judged = gates.network(frameworks, self._item, instances, self._goal)
        return [("addresses", gates.PASSED), ("network", judged)]

    def _has_strayed_long(self) -> bool:
        """An address may be reported late; after the time to settle it is what it is."""
        now = time.monotonic()
        if self._strayed_at is None:
            self._strayed_at = now
        return now - self._strayed_at >= self._context.settings.settle

    # Settling

    def _settle(self, look: Look) -> None:
        judged = gates.settled(look, self._baseline, self._baseline_wanted)
        if judged.result is Result.FAILED:
            self._stop_at("settle", judged, look)
            return
        if self._has_new_failure(look):
            self._stop_at("settle", self._failed(look), look)
            return
        well = gates.health(look, self._version)
        if look.wanted <= self._baseline_wanted and not well.passed:
            self._stop_at("settle", Judgement(Result.FAILED, f"not healthy any more: {well.why}"), look)
            return
        remaining = (self._settling_until or 0.0) - time.monotonic()
        if remaining > 0:
            self._wait("settle", Judgement(Result.WAIT, f"{durations.text(remaining)} left"))
            return
        for name, holds in (
            ("tasks", gates.tasks(look, self._version)),
            ("plan", self._planned()),
            ("addresses", self._placed(look)),
            ("health", well),
        ):
            if holds.result is Result.FAILED:
                self._stop_at("settle", Judgement(Result.FAILED, f"{name}: {holds.why}"), look)
                return
            if not holds.passed:
                self._wait(name, holds)
                return
        stayed = gates.PASSED if self._service is None else self._service.settled()
        if not stayed.passed:
            self._stop_at("settle", stayed, look)
            return
        self._pass_settle(look)

    def _pass_settle(self, look: Look) -> None:
        self._gate("settle", gates.PASSED, look)
        around = self._neighbours.judged() if self._neighbours is not None else None
        if around is not None and not self._passes("neighbours", around, look):
            return
        command = self._context.settings.probe
        if command and self._mover.forward:
            # Of a service they are those of its own tasks, and not its scheduler's.
            addresses = [address for each in look.instances for address in each.addresses]
            if self._service is not None:
                addresses = self._service.addresses
            if not self._passes("probe", probing.probe(command, self._item, addresses), look):
                return
        self._finish()

    def _has_new_failure(self, look: Look) -> bool:
        failure = look.failure
        return failure is not None and failure.version >= self._version and failure.at != self._known_failure

    def _failed(self, look: Look) -> Judgement:
        said = legible(look.failure.message, 120) if look.failure else ""
        return Judgement(Result.FAILED, f"an instance of the new version failed: {said}")

    # The end

    def _finish(self) -> None:
        """Passed: unless somebody wrote between the last look and our request."""
        record = self._mover.record
        found = Overwritten()
        if record.saw and record.accepted:
            origin = self._item.before if self._mover.forward else self._item.after
            found = overwritten(self._context.reader, self._item, origin, record.saw, self._version)
        if found.note:
            self._context.journal.note(found.note, self._item.key)
        if found.why:
            self._end(State.INCONCLUSIVE, found.why)
        else:
            self._end(State.VERIFIED if self._mover.forward else State.ROLLED_BACK)

    def _watch_time(self, look: Look) -> None:
        limit = self._limit or 0.0
        if time.monotonic() - self._began < limit:
            return
        why = f"after {durations.text(limit)}: {self._mover.waits_for}"
        reasons = queue.reasons(self._context.reader, self._item)
        if reasons:
            why += f"; offers are declined: {reasons}"
        gate = self._mover.waits_for.partition(":")[0]
        if self._service is not None:
            unknown = self._service.is_held
        else:
            unknown = gate == "addresses" and self._strayed_at is None
        result = Result.INCONCLUSIVE if unknown else Result.FAILED
        self._stop_at(gate, Judgement(result, why), look)

    def _wait(self, gate: str, judged: Judgement) -> None:
        what = f"{gate}: {judged.why}"
        if what != self._mover.waits_for:
            self._mover.waits_for = what
            self._mover.since = moments.now()

    def _passes(self, gate: str, judged: Judgement, look: Look) -> bool:
        """Writes down what a gate says that is asked once; it ends there unless that is passed."""
        if judged.passed:
            self._gate(gate, judged, look)
        else:
            self._stop_at(gate, judged, look)
        return judged.passed

    def _stop_at(self, gate: str, judged: Judgement, look: Look) -> None:
        self._gate(gate, judged, look)
        failed = judged.result is Result.FAILED
        self._end(State.FAILED if failed else State.INCONCLUSIVE, f"{gate}: {judged.why}")

    def _gate(self, gate: str, judged: Judgement, look: Look) -> None:
        fields: dict[str, object] = {
            "item": self._item.key,
            "gate": gate,
            "result": str(judged.result),
            "why": judged.why,
        }
        if gate == "addresses" and self._service is not None:
            fields.update(self._service.counts())
        elif gate in ("tasks", "addresses"):
            new = look.of_version(self._version)
            fields["new"] = sum(each.running for each in new)
            fields["old"] = len(look.before(self._version))
            fields["addresses"] = sorted(address for each in new for address in each.addresses)
        self._context.journal.write("gate", **fields)

    def _end(self, state: State, why: str = "") -> None:
        self._mover.end(state, why)
