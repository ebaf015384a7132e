"""Who watches a run: JSON lines, a line per change in a pipe, or a display on a terminal."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from calico_core.errors import OutputError
from calico_migrate.cli import terminal
from calico_migrate.cluster.display import lines
from calico_migrate.cluster.display.lines import Line

if TYPE_CHECKING:
    from collections.abc import Callable

    from calico_migrate.cli.cluster.saying import Voice
    from calico_migrate.cluster.display.live import LiveDisplay
    from calico_migrate.cluster.edits import BodyEdit
    from calico_migrate.cluster.planning.document import Item

_AGAIN_AFTER = 60.0


class _Waits:
    """Which waits are worth a word: a new one, and an old one every minute."""

    def __init__(self) -> None:
        self._told: dict[str | None, tuple[str, float]] = {}

    def is_new(self, item: str | None, what: str, gist: str) -> bool:
        """Whether this should be told; ``gist`` is what makes it another wait than before."""
        now = time.monotonic()
        before, at = self._told.get(item, ("", 0.0))
        if before == gist and now - at < _AGAIN_AFTER:
            return False
        self._told[item] = (gist, now)
        return bool(what)


class JsonWatcher:
    """Standard output is exactly the journal's lines, and the waits."""

    def __init__(self, voice: Voice) -> None:
        self.gone = False
        self._voice = voice
        self._waits = _Waits()

    def event(self, event: dict[str, Any]) -> None:
        """The line of the journal."""
        self._write(event)

    def wait(self, item: str | None, what: str, since: str) -> None:
        """A line that is in no journal."""
        if self._waits.is_new(item, what, what):
            self._write({"event": "wait", "item": item, "for": what, "since": since})

    def would(self, item: Item, method: str, path: str, edits: tuple[BodyEdit, ...]) -> None:
        """What a dry run would send."""
        self._write({
            "event": "would",
            "item": item.key,
            "method": method,
            "path": path,
            "edits": [edit._asdict() for edit in edits],
        })  # fmt: skip

    def would_not(self, item: Item, state: str, why: str) -> None:
        """What a dry run would not send."""
        self._write({"event": "state", "item": item.key, "state": state, "why": why})

    def say(self, message: str) -> None:
        """For people, on standard error."""
        self._voice.insist(message)

    def pulse(self) -> None:
        """Nothing moves here."""

    def _write(self, document: dict[str, Any]) -> None:
        line = json.dumps(document)
        self.gone = self.gone or not _told(lambda: terminal.write(f"{line}\n"))


class TextWatcher:
    """A line per change; on a terminal with a display below."""

    def __init__(self, voice: Voice, display: LiveDisplay | None = None) -> None:
        self._gone = False
        self._voice = voice
        self._display = display
        self._waits = _Waits()

    @property
    def gone(self) -> bool:
        """Whether nobody takes what is told any more."""
        return self._gone or (self._display is not None and self._display.gone)

    def event(self, event: dict[str, Any]) -> None:
        """A line for people, if there is one."""
        line = lines.of_event(event)
        if line is not None:
            self._line(line)
        if self._display is not None and event["event"] in ("state", "intent"):
            self._display.state(event["item"], event.get("state", "sending"))

    def wait(self, item: str | None, what: str, since: str) -> None:
        """What is waited for: at each look in the display, else when it becomes another and every minute."""
        if self._display is not None:
            self._display.wait(item, what)
        elif self._waits.is_new(item, what, what.partition(":")[0]):
            self._line(Line(f"{since[11:19]} {item or 'all'}: waits for {what}"))

    def would(self, item: Item, method: str, path: str, edits: tuple[BodyEdit, ...]) -> None:
        """What a dry run would send."""
        for line in lines.would(item.key, method, path, edits):
            self._line(line)

    def would_not(self, item: Item, state: str, why: str) -> None:
        """What a dry run would not send."""
        self._line(lines.would_not(item.key, state, why))

    def say(self, message: str) -> None:
        """For people: above the display, else on standard error."""
        if self._display is not None:
            self._display.line(Line(message))
        else:
            self._voice.insist(message)

    def pulse(self) -> None:
        """Time passes in the display."""
        if self._display is not None:
            self._display.refresh()

    def _line(self, line: Line) -> None:
        if self._display is not None:
            self._display.line(line)
        else:
            self._gone = self._gone or not _told(lambda: self._voice.show([line]))


def _told(tell: Callable[[], None]) -> bool:
    """Writes; answers whether anybody still takes it. A reader that leaves does not end a run."""
    try:
        tell()
    except OutputError:
        return False
    return True
