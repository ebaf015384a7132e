"""What a journal says about each item: where it is, what was sent, and which deployments are ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from calico_migrate.cluster.applying.states import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FORWARD, BACK = "apply", "rollback"


@dataclass
class Record:
    """One item by the journal.

    ``direction`` is that of the last request; ``sent`` the number of the event with the last forward request
    that may have arrived, None where none did or it was taken back; ``accepted`` whether Marathon took it.
    ``saw`` and ``version`` are the version that was seen before and the one that was answered.
    """

    state: State = State.PLANNED
    why: str = ""
    direction: str = FORWARD
    sent: int | None = None
    accepted: bool = False
    saw: str | None = None
    version: str | None = None
    deployments: set[str] = field(default_factory=set)

    @property
    def was_moved(self) -> bool:
        """Whether the new definition was in the cluster by our hand."""
        return self.sent is not None and self.accepted

    def intend(self, number: int, direction: str, saw: str | None) -> None:
        """A request is about to be sent; ``number`` is that of its event."""
        self.state, self.why = State.SENDING, ""
        self.direction = direction
        self.accepted = self.accepted and direction == BACK
        self.saw, self.version = saw, None
        if direction == FORWARD:
            self.sent = number

    def enter(self, state: State, why: str) -> None:
        """It comes into a state."""
        self.state, self.why = state, why
        if state in (State.ROLLING, State.SETTLING, State.VERIFIED):
            self.accepted = True
            if state is State.VERIFIED:
                self.direction = FORWARD
        elif state is State.ROLLED_BACK or (state is State.PLANNED and self.direction == FORWARD):
            self.sent, self.accepted = None, False


def fold(events: Iterable[Mapping[str, Any]]) -> dict[str, Record]:
    """The records of all items that a journal names."""
    records: dict[str, Record] = {}
    command = FORWARD
    for event in events:
        name = event["event"]
        if name == "open":
            command = str(event.get("command", FORWARD))
        key = event.get("item")
        if not isinstance(key, str):
            continue
        record = records.setdefault(key, Record())
        if name == "intent":
            _intend(record, event, command)
        elif name == "answer":
            _answer(record, event)
        elif name == "state":
            record.enter(State(event["state"]), str(event.get("why", "")))
    return records


def _intend(record: Record, event: Mapping[str, Any], command: str) -> None:
    saw = event.get("saw")
    # A run forward looks at what failed before it sends it anew; what it sends at once takes the item back.
    back = command == BACK or record.state is State.FAILED
    version = saw.get("version") if isinstance(saw, dict) else None
    record.intend(int(event["n"]), BACK if back else FORWARD, version)


def _answer(record: Record, event: Mapping[str, Any]) -> None:
    deployment, version, status = event.get("deployment"), event.get("version"), event.get("status")
    if isinstance(deployment, str):
        record.deployments.add(deployment)
    if isinstance(version, str):
        record.version = version
    if isinstance(status, int) and status < 300 and event.get("error") is None:
        record.state = State.ROLLING
        record.accepted = True


def states(records: Mapping[str, Record], keys: Iterable[str]) -> dict[str, State]:
    """The state of each of these items; `planned` where the journal has none."""
    return {key: records[key].state if key in records else State.PLANNED for key in keys}


def counts(found: Mapping[str, State]) -> dict[str, int]:
    """How many items are in each state, as a journal's last line has it."""
    result: dict[str, int] = {}
    for state in found.values():
        result[str(state)] = result.get(str(state), 0) + 1
    return dict(sorted(result.items()))
