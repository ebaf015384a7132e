"""One item on its way: look, send once, see what became of it, pass the gates.

Each step is one look; the run decides when. What is not certain is never called done, and a request without a
clear answer is never sent again in the same run.
"""

from __future__ import annotations

import time
from enum import Enum
from typing import TYPE_CHECKING, Any

from calico_core.legible import legible
from calico_migrate.cluster import durations, ids, moments
from calico_migrate.cluster.applying import following, looks, sending
from calico_migrate.cluster.applying.fold import BACK, FORWARD, Record
from calico_migrate.cluster.applying.states import State
from calico_migrate.cluster.bodies import digest, stripped
from calico_migrate.cluster.connection import answers
from calico_migrate.cluster.connection.answers import Meaning
from calico_migrate.cluster.connection.failures import RefusedError, UnauthorisedError, UnreachableError
from calico_migrate.cluster.edits import MismatchError, differences, undone
from calico_migrate.cluster.kinds import index

if TYPE_CHECKING:
    from calico_migrate.cluster.applying.context import Context
    from calico_migrate.cluster.applying.sending import Sent
    from calico_migrate.cluster.kinds.look import Look
    from calico_migrate.cluster.planning.document import Item


class Phase(Enum):
    """What the next step does."""

    BEGIN = "begin"
    CONFIRM = "confirm"
    FOLLOW = "follow"
    DONE = "done"


class Mover:
    """One item in one run, forward or back.

    ``looks_again`` is for an item that an earlier run left open: it is resolved by reading and never sent by
    this mover. ``sent`` is the content that this run sent. ``blocks`` says that nothing else may be sent now;
    ``stops`` that nothing new may be begun in this run, with the reason.
    """

    def __init__(
        self, context: Context, item: Item, record: Record, *, forward: bool = True, looks_again: bool = False
    ) -> None:
        self.context = context
        self.item = item
        self.record = record
        self.forward = forward
        self.looks_again = looks_again
        self.phase = Phase.BEGIN
        self.waits_for = ""
        self.since = moments.now()
        self.stops = ""
        self.stuck = ""
        self._goal = context.goal(item, forward=forward)
        self._origin = item.before if forward else item.after
        # What it is where nothing is sent after all: on the way back it stays what it was.
        self._unsent = State.PLANNED if forward else record.state
        if self._unsent is State.SENDING:
            self._unsent = State.ROLLING
        self._locked_at: float | None = None
        self._confirm_until = 0.0
        self._unclear = ""
        self._may_renew = True
        self.sent: dict[str, Any] | None = None
        self._follower: following.Follower | None = None

    @property
    def done(self) -> bool:
        """Whether nothing is left to be done with it in this run."""
        return self.phase is Phase.DONE

    @property
    def blocks(self) -> bool:
        """Whether a request of it is without a clear answer: nothing else is sent meanwhile."""
        return self.phase is Phase.CONFIRM

    @property
    def is_sent(self) -> bool:
        """Whether it has left the state in which nothing was sent."""
        return self.phase in (Phase.CONFIRM, Phase.FOLLOW)

    def step(self) -> None:
        """One look, and what follows from it."""
        if self.phase is Phase.BEGIN:
            self._begin()
        elif self.phase is Phase.CONFIRM:
            self._confirm()
        elif self.phase is Phase.FOLLOW:
            self._follow()
        if not self.done and self.waits_for:
            self.context.watcher.wait(self.item.key, self.waits_for, self.since)

    def abandon(self) -> None:
        """Gives up what was not begun yet: somebody asked for the end."""
        if self.phase is Phase.BEGIN:
            self.phase = Phase.DONE

    def enter(self, state: State, why: str = "") -> None:
        """Writes a state down, where it is another than before."""
        if state is not self.record.state or why != self.record.why:
            self.context.journal.write("state", item=self.item.key, state=str(state), why=why)
        self.record.enter(state, why)

    def end(self, state: State, why: str = "") -> None:
        """The state in which this run leaves it."""
        self.enter(state, why)
        self.phase = Phase.DONE

    # Begin

    def _begin(self) -> None:
        reader = self.context.reader
        listed = looks.deployments_of(reader, self.item)
        look = looks.definition(reader, self.item)
        if look is None:
            self.end(State.DRIFTED, "it does not exist any more")
        elif self.looks_again and not self.forward and look.digest == self.item.after:
            # Its way back did not arrive: it is looked at as what it is, an item that was moved.
            self.forward = True
            self._goal, self._origin = self.context.goal(self.item, forward=True), self.item.before
            self._adopt(look)
        elif look.digest == self._goal.digest:
            self._adopt(look)
        elif look.digest != self._origin and not self._can_keep_changes(look):
            self.end(State.DRIFTED, self._drift(look))
        elif self.looks_again:
            self._settle_nothing_happened(listed)
        elif look.objection:
            self.end(State.DRIFTED, look.objection)
        elif listed:
            self._meet_lock(listed, look)
        elif self.forward and look.broken:
            self.end(State.PLANNED, f"not sent: {look.broken}")
        elif self.forward and look.busy:
            self._wait_for_lock(look.busy)
        else:
            self._send(look)

    def _can_keep_changes(self, look: Look) -> bool:
        """Whether the edits can be undone in what somebody changed elsewhere, and that is asked for."""
        if self.forward or not self.context.settings.three_way:
            return False
        try:
            body = undone(look.content, self.item.edits)
        except MismatchError:
            return False
        self._goal = self._goal._replace(digest=digest(body))
        return True

    def _adopt(self, look: Look) -> None:
        """It is what it should become: no request, only the gates."""
        if not self.forward and self.record.direction != BACK:
            self.end(State.ROLLED_BACK, "it is as before already; nothing is sent")
            return
        known = self.record.version if self.record.accepted and self._same_direction() else None
        why = "" if known or self.looks_again or self.record.sent else "it was so already; nothing is sent"
        version = known if known and known in (look.config, look.version) else look.config or look.version
        # An item that an earlier run sent may have failed once and be well again.
        self._roll(version, why, since_now=self.looks_again or known is None)

    def _same_direction(self) -> bool:
        return self.record.direction == (FORWARD if self.forward else BACK)

    def _settle_nothing_happened(self, listed: list[str]) -> None:
        """Resolves by reading what an earlier run left open, where the definition is the old one."""
        if listed:
            self.end(
                State.DRIFTED, f"it is as before, and the deployment {', '.join(listed)} of it is under way"
            )
        else:
            self.end(State.PLANNED, "nothing of the earlier request arrived")

    def _meet_lock(self, listed: list[str], look: Look) -> None:
        own = [each for each in listed if each in self.record.deployments]
        if not self.forward and own and len(own) == len(listed):
            self._take_back(own[0], look)
            return
        self._wait_for_lock(f"the deployment {', '.join(listed)} of somebody else")

    def _wait_for_lock(self, what: str) -> None:
        now = time.monotonic()
        if self._locked_at is None:
            self._locked_at = now
            self.since = moments.now()
        self.waits_for = f"{what}, before it is sent"
        limit = self.context.settings.lock_timeout
        if now - self._locked_at >= limit:
            self.end(self._unsent, f"not sent: {what} did not end within {durations.text(limit)}")

    def _take_back(self, deployment: str, look: Look) -> None:
        """Our own roll still runs, and locks the item: only --revert-stuck ends it."""
        if not self.context.settings.revert_stuck:
            self.stuck = deployment
            self.stops = (
                f"{self.item.key} is locked by its own deployment {deployment}, which still runs: wait for"
                " its"
                " end, or take it back with `rollback --revert-stuck`"
            )
            self.phase = Phase.DONE
            return
        self._carry(look, sending.revert(self.item, deployment))

    # Send

    def _send(self, look: Look) -> None:
        if self.forward and look.config and self.item.config and look.config != self.item.config:
            self.context.journal.note(
                f"restarted or changed and changed back since the snapshot ({look.config}); it is equal",
                self.item.key,
            )
        try:
            request = sending.prepared(self.item, look, self._goal.digest, forward=self.forward)
        except MismatchError as error:
            self.end(State.DRIFTED, error.message)
            return
        self._carry(look, request)

    def _carry(self, look: Look, request: sending.Request) -> None:
        number = len(self.context.journal.events) + 1
        direction = FORWARD if self.forward else BACK
        self.record.intend(number, direction, look.version)
        self.sent = request.content
        client, journal = self.context.reader.client, self.context.journal
        sent = sending.send(client, journal, self.item, look, request)
        meaning = answers.meaning(sent.answer)
        if meaning is not Meaning.UNAUTHORISED:
            self.context.wrote = True
        if request.body is None and meaning is Meaning.GONE:
            # It ended meanwhile: what locked the item is gone, and the next look goes on.
            self.enter(self._unsent, "the deployment ended by itself")
            return
        self._take_answer(sent, meaning)

    def _take_answer(self, sent: Sent, meaning: Meaning) -> None:
        said = sent.answer.message()
        if meaning is Meaning.DONE:
            if sent.deployment:
                self.record.deployments.add(sent.deployment)
            self.record.accepted = True
            self.record.version = sent.version
            self._roll(sent.version or "", "", since_now=False)
        elif meaning is Meaning.UNKNOWN:
            self.phase = Phase.CONFIRM
            self.since = moments.now()
            self._unclear = said
            self.waits_for = f"a sign of what became of the request ({said})"
            self._confirm_until = time.monotonic() + self.context.settings.unknown_wait
        elif meaning is Meaning.UNAUTHORISED:
            self._renew(sent)
        elif meaning is Meaning.LOCKED:
            self._meet_refusing_lock(answers.locking_deployments(sent.answer))
        elif meaning is Meaning.BUSY:
            self.enter(self._unsent, f"nothing was done: {said}")
            self._wait_for_lock("fewer running deployments")
        elif meaning is Meaning.GONE:
            self.end(State.DRIFTED, "it does not exist any more")
        else:
            self.end(State.FAILED, f"{index.of(self.item).server} refused it: {said}")
            if sent.answer.status == 422 and not self._names_this(sent):
                self.stops = f"Marathon refuses every change because of another app: {said}"

    def _meet_refusing_lock(self, locks: list[str]) -> None:
        self.enter(self._unsent, f"nothing was done: locked by the deployment {', '.join(locks)}")
        own = [each for each in locks if each in self.record.deployments]
        if not self.forward and own and len(own) == len(locks):
            self.stuck = own[0]
            self.stops = (
                f"{self.item.key} is locked by its own deployment {own[0]}, which still runs: wait for its"
                " end,"
                " or take it back with `rollback --revert-stuck`"
            )
            self.phase = Phase.DONE
            return
        self._wait_for_lock(f"the deployment {', '.join(locks)} of somebody else")

    def _renew(self, sent: Sent) -> None:
        """A 401 did nothing: with another token it may be sent, once."""
        self.enter(self._unsent, "nothing was done: the token was refused")
        if self._may_renew and self.context.reader.client.renew_token():
            self._may_renew = False
            return
        raise UnauthorisedError(
            f"the cluster refuses the token (HTTP 401 of {sent.answer.path}); log in again, then run this"
            " again"
        )

    def _names_this(self, sent: Sent) -> bool:
        """Whether a refusal is about this item: Marathon validates all apps at every change."""
        document = sent.answer.parsed()
        details = document.get("details") if isinstance(document, dict) else None
        paths = [each.get("path") for each in details or () if isinstance(each, dict)]
        strangers = [path for path in paths if isinstance(path, str) and _is_of_other(path, self.item.id)]
        return not strangers

    # Confirm

    def _confirm(self) -> None:
        """No clear answer: only reading tells whether the request arrived."""
        remaining = self._confirm_until - time.monotonic()
        try:
            within = min(max(0.0, remaining), self.context.settings.nap())
            look = looks.definition(self.context.reader, self.item, within=within)
        except (RefusedError, UnreachableError) as error:
            look = None
            self.waits_for = f"a sign of what became of the request ({legible(str(error), 200)})"
        if look is not None and look.digest == self._goal.digest:
            self.record.accepted = True
            self._roll(
                look.config or look.version,
                "its request had no clear answer, and it arrived",
                since_now=False,
            )
        elif time.monotonic() >= self._confirm_until:
            limit = durations.text(self.context.settings.unknown_wait)
            self.end(
                State.UNKNOWN,
                f"the request had no clear answer ({self._unclear}), and no effect of it was seen for"
                f" {limit}; the next run looks again",
            )

    # Follow

    def _roll(self, version: str, why: str, *, since_now: bool) -> None:
        self.enter(State.ROLLING, why)
        self.phase = Phase.FOLLOW
        self._follower = following.Follower(self, self._goal, version, since_now=since_now)

    def _follow(self) -> None:
        if self._follower is not None:
            self._follower.step()

    def _drift(self, look: Look) -> str:
        """In what the definition differs, by Marathon's own old version where that is still there."""
        version = self.item.version if self.forward else self.record.version
        spec = index.of(self.item).run_spec(self.item)
        if not version or spec is None:
            return "its definition is neither the planned nor the expected one"
        path = ids.old_version(spec.kind, spec.service, spec.id, version)
        try:
            old = self.context.reader.document(path, within=0).value
        except (RefusedError, UnreachableError):
            return "its definition was changed since; the version to compare with is gone"
        if not isinstance(old, dict):
            return "its definition was changed since"
        # What carries an item is compared by its own definition: Marathon keeps no other versions.
        now = look.content if spec.kind == self.item.kind else stripped(spec.kind, look.body)
        pointers = differences(stripped(spec.kind, old), now)
        return f"changed since: {', '.join(legible(each) for each in pointers[:5]) or 'in its form'}"


def _is_of_other(path: str, item: str) -> bool:
    """Whether a path in a refusal names another app: it then begins with that app's id."""
    return path.startswith("/") and path.count("/") > 1 and not path.startswith(item) and "(" not in path
