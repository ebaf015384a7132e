"""The journal of ``network run``: what is known of each agent, kept in the generated directory.

``run-journal.json`` is written whole each time, atomically. Before any agent of a group is started, all of
the group stand there as ``unknown``, so that a run that is killed leaves no agent that was touched and is
said not to be. A lock on a file beside it keeps a second run out.
"""

from __future__ import annotations

import contextlib
import math
import os
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from calico_core import writing
from calico_core.errors import InputError, LiveError, OutputError
from calico_core.json.printing import printed
from calico_core.legible import encoded
from calico_core.secrets import blotted
from calico_core.sources import reason
from calico_migrate.network.running.outcomes import AgentOutcome, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

JOURNAL_NAME = "run-journal.json"
LOCK_NAME = ".run-journal.lock"
_VERSION = 1
_KEPT_ERROR_LINES = 20
# Exit codes have 8 bits, and a signal is a negative one.
_LARGEST_CODE = 1000


class Entry(NamedTuple):
    """What the journal says about one agent; ``ended`` is the time in UTC, None while nothing is known."""

    state: State
    message: str = ""
    word: str = ""
    code: int | None = None
    status: int | None = None
    seconds: float = 0.0
    ended: str | None = None
    errors: tuple[str, ...] = ()


class Journal:
    """The journal of one directory, open for one run; made by `locked`."""

    def __init__(self, directory: str, network: str, digest: str, entries: dict[str, Entry]) -> None:
        self._directory = directory
        self._network = network
        self._digest = digest
        self.entries = entries

    def begin(self, agents: Sequence[str]) -> None:
        """Says that the script is about to be sent to these agents. Raises OutputError."""
        for agent in agents:
            self.entries[agent] = Entry(State.UNKNOWN, "the run ended before it said anything")
        self.save()

    def record(self, outcome: AgentOutcome) -> None:
        """Takes an outcome down; `save` writes it."""
        lines = [line for line in outcome.errors.splitlines() if line.strip()]
        self.entries[outcome.agent] = Entry(
            outcome.state,
            outcome.message,
            outcome.word,
            outcome.code,
            outcome.status,
            outcome.seconds,
            None if outcome.state is State.NOT_RUN else _now(),
            tuple(map(blotted, lines[-_KEPT_ERROR_LINES:])),
        )

    def save(self) -> None:
        """Writes the journal. Raises OutputError; the file then keeps its old bytes."""
        document = {
            "version": _VERSION,
            "network": self._network,
            "promise": self._digest,
            "agents": {agent: _to_json(entry) for agent, entry in self.entries.items()},
        }
        text = printed(document, 1) + "\n"
        path = os.path.join(self._directory, JOURNAL_NAME)
        writing.own_place(path, self._directory)
        writing.create(path, encoded(text), inside=self._directory)


def digest_of(promise_text: str) -> str:
    """What tells one promise from another: the SHA-256 of ``network.json``."""
    import hashlib

    return hashlib.sha256(promise_text.encode("utf-8", "surrogateescape")).hexdigest()


@contextlib.contextmanager
def lock(directory: str) -> Iterator[None]:
    """Keeps every other run out of a generated directory, also after this process was killed.

    Raises LiveError where a run is under way, OutputError where no lock can be made.
    """
    import fcntl

    path = os.path.join(directory, LOCK_NAME)
    writing.own_place(path, directory)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
        file: IO[bytes] = os.fdopen(descriptor, "wb")
    except OSError as error:
        raise OutputError(f"cannot be written: {reason(error)}", path=path) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LiveError(
                "another `network run` is under way in this directory; wait for its end", path=directory
            ) from None
        except OSError as error:
            raise OutputError(f"cannot be locked: {reason(error)}", path=path) from error
        yield


@contextlib.contextmanager
def locked(
    directory: str, network: str, digest: str, agents: Sequence[str], *, resume: bool
) -> Iterator[Journal]:
    """The journal of a directory, with an entry for each agent, locked while the context lasts.

    With ``resume`` the entries of an earlier run of the same promise are kept; otherwise, and for another
    promise, every agent is ``not-run``. Raises what `lock` raises, and InputError for a journal that
    ``resume`` cannot read.
    """
    with lock(directory):
        path = os.path.join(directory, JOURNAL_NAME)
        writing.own_place(path, directory)
        earlier = _read(path, digest) if resume else {}
        entries = {agent: earlier.get(agent, Entry(State.NOT_RUN)) for agent in agents}
        yield Journal(directory, network, digest, entries)


def _read(path: str, digest: str) -> dict[str, Entry]:
    import json

    from calico_core import sources

    if not os.path.lexists(path):
        return {}
    text = sources.read(path).text
    try:
        document = json.loads(text)
        known = document["version"] == _VERSION
        if known and document["promise"] == digest:
            return {str(agent): _from_json(entry) for agent, entry in document["agents"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError):
        known = False
    if not known:
        raise InputError("this is no journal of `network run`; run without --resume to begin anew", path=path)
    return {}


def _to_json(entry: Entry) -> dict[str, Any]:
    fields = {key: value for key, value in entry._asdict().items() if value not in (None, "", (), 0.0)}
    # A code of 0 says something, and 0 == 0.0.
    for key in ("code", "status"):
        if getattr(entry, key) is not None:
            fields[key] = getattr(entry, key)
    return fields | {"state": entry.state.value}


def _from_json(fields: dict[str, Any]) -> Entry:
    return Entry(
        State(fields["state"]),
        str(fields.get("message", "")),
        str(fields.get("word", "")),
        _number(fields.get("code")),
        _number(fields.get("status")),
        _seconds(fields.get("seconds", 0.0)),
        str(fields["ended"]) if "ended" in fields else None,
        tuple(map(str, fields.get("errors", ()))),
    )


def _number(value: Any) -> int | None:
    """An exit code or none; raises ValueError for what was never one."""
    if value is not None and (type(value) is not int or abs(value) > _LARGEST_CODE):
        raise ValueError("no exit code")
    return value


def _seconds(value: Any) -> float:
    """A time; raises ValueError for what was never one, and OverflowError for what is too large."""
    seconds = float(value)
    if not 0 <= seconds < math.inf:
        raise ValueError("no time")
    return seconds


def _now() -> str:
    from datetime import datetime, timezone

    return datetime.now(timezone.utc).isoformat(timespec="seconds")
