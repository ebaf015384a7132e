"""The journal of a plan: JSON lines, only ever appended, written before what they announce.

What was about to be sent and what was answered is on the disk before anything else happens, so that after any
end of a run the next one knows what may have arrived. A last line that is not whole is cut off.
"""

from __future__ import annotations

import contextlib
import json
import os
from types import NoneType
from typing import IO, TYPE_CHECKING, Any, NamedTuple, NoReturn

from calico_core.errors import InputError, OutputError
from calico_core.legible import quoted
from calico_core.sources import reason
from calico_migrate.cluster import moments
from calico_migrate.cluster.applying.states import State
from calico_migrate.cluster.files import PRIVATE

if TYPE_CHECKING:
    from collections.abc import Callable

# What is read from events later, and must be a text.
_TEXTS: dict[str, tuple[str, ...]] = {
    "open": ("command", "plan"),
    "intent": ("item",),
    "answer": ("item",),
    "state": ("item", "state"),
}
_STATES = frozenset(map(str, State))
_SYNCED = frozenset({"intent", "answer"})
Event = dict[str, Any]


class Read(NamedTuple):
    """The events of a journal, and how many bytes of the file they are."""

    events: list[Event]
    size: int


def path_of(plan: str) -> str:
    """The journal of a plan's file."""
    return f"{plan}.journal"


def read(path: str) -> Read:
    """The events of a journal, none where there is no file; an unfinished last line is left out.

    Raises InputError, with the line, where it is no journal of ours.
    """
    try:
        with open(path, "rb") as file:
            data = file.read()
    except FileNotFoundError:
        return Read([], 0)
    except OSError as error:
        raise InputError(f"cannot be read: {reason(error)}", path=path) from error
    size = data.rfind(b"\n") + 1
    events: list[Event] = []
    for number, line in enumerate(data[:size].split(b"\n")[:-1], 1):
        try:
            event = json.loads(line)
        except (ValueError, RecursionError):
            raise InputError(
                "is no JSON: the journal was changed or damaged; restore it from a copy",
                path=path,
                line=number,
            ) from None
        why = _lack(event, number)
        if why:
            raise InputError(
                f"{why}: the journal was changed; restore it from a copy", path=path, line=number
            )
        events.append(event)
    return Read(events, size)


def _lack(event: Any, number: int) -> str:
    """What an event lacks of what is read from it later, empty where it has all."""
    whole = isinstance(event, dict) and isinstance(event.get("event"), str)
    if not whole or event.get("n") != number:
        return f"is not the event number {number}"
    name = event["event"]
    for key in _TEXTS.get(name, ()):
        if not isinstance(event.get(key), str):
            return f"is an event {name!r} without a text as its `{key}`"
    if name == "open" and not isinstance(event.get("cluster", 0), (str, NoneType)):
        return "is an event 'open' without a text or null as its `cluster`"
    if name == "state" and event["state"] not in _STATES:
        return f"names a state that no item has, {quoted(event['state'])}"
    return ""


class Journal:
    """A journal that is open for one run.

    ``told`` gets each event once it is written.
    """

    def __init__(self, path: str, told: Callable[[Event], object]) -> None:
        found = read(path)
        self.path = path
        self.events = found.events
        self.run = f"r{sum(event['event'] == 'open' for event in found.events) + 1}"
        self._told = told
        self._file = _opened(path)
        self._broken = False
        with _written(path):
            if os.fstat(self._file.fileno()).st_size != found.size:
                os.ftruncate(self._file.fileno(), found.size)

    def write(self, event: str, **fields: Any) -> Event:
        """Appends an event; intents and answers are on the disk when this returns. Raises OutputError."""
        entry: Event = {
            "n": len(self.events) + 1,
            "t": moments.now(),
            "run": self.run,
            "event": event,
            **fields,
        }
        self._append(entry)
        if event in _SYNCED:
            self._sync()
        self._told(entry)
        return entry

    def note(self, text: str, item: str | None = None) -> None:
        """Appends a remark for people; one about an item begins with its key. Raises OutputError."""
        self.write("note", text=text if item is None else f"{item}: {text}")

    def close(self) -> None:
        """Closes the file."""
        self._file.close()

    def _append(self, entry: Event) -> None:
        if self._broken:
            raise OutputError("cannot be written any more; nothing new is sent", path=self.path)
        descriptor = self._file.fileno()
        size = os.fstat(descriptor).st_size
        known = len(self.events)
        try:
            remaining = memoryview((json.dumps(entry) + "\n").encode("ascii"))
            while remaining:
                remaining = remaining[os.write(descriptor, remaining) :]
            self.events.append(entry)
        except OSError as error:
            self._give_up(error, size)
        finally:
            # A signal may end it at any moment: what the events do not have is not left in the file either,
            # else the run's last line would have a number that is there already.
            if len(self.events) == known and not self._broken:
                os.ftruncate(descriptor, size)

    def _sync(self) -> None:
        try:
            os.fsync(self._file.fileno())
        except OSError as error:
            self._give_up(error, None)

    def _give_up(self, error: OSError, size: int | None) -> NoReturn:
        """Writes nothing more; half a line behind ``size`` would be cut by the next run anyway."""
        self._broken = True
        if size is not None:
            with contextlib.suppress(OSError):
                os.ftruncate(self._file.fileno(), size)
        raise OutputError(
            f"cannot be written: {reason(error)}; nothing new is sent without it", path=self.path
        ) from error


class _written:  # noqa: N801
    """Turns what the system says into an OutputError."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            raise OutputError(f"cannot be written: {reason(error)}", path=self._path) from error


def _opened(path: str) -> IO[bytes]:
    with _written(path):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, PRIVATE)
        return os.fdopen(descriptor, "wb", buffering=0)
