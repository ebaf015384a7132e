"""A display that a person can watch for an hour: what is in flight, what it waits for, and how far it is."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from rich.console import Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from calico_core.legible import harmless, legible
from calico_migrate.cluster import durations

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console, RenderableType
    from typing_extensions import Self

    from calico_migrate.cluster.display.lines import Line

_FINAL = frozenset({"verified", "rolled-back", "failed", "unknown", "drifted", "inconclusive", "planned"})


class LiveDisplay:
    """The lower part of a console: one row for each item under way, and the counts of all.

    ``gone`` says that there is no terminal any more.
    """

    def __init__(self, console: Console, total: int) -> None:
        self.gone = False
        self._console = console
        self._total = total
        self._began = time.monotonic()
        self._states: dict[str, str] = {}
        self._rows: dict[str, tuple[str, float]] = {}
        self._hold = ""
        self._live = Live(self._render(), console=self._console, refresh_per_second=4, transient=True)

    def __enter__(self) -> Self:
        self._try(self._live.start)
        return self

    def __exit__(self, *_: object) -> None:
        self._try(self._live.stop)

    def line(self, line: Line) -> None:
        """A line above the display, which stays."""
        text = Text(harmless(line.text), style=line.style)
        self._try(lambda: self._console.print(text, soft_wrap=True, highlight=False))

    def state(self, item: str, state: str) -> None:
        """An item came into a state."""
        self._states[item] = state
        self._hold = ""
        if state in _FINAL:
            self._rows.pop(item, None)
        else:
            self._rows[item] = ("", time.monotonic())
        self.refresh()

    def wait(self, item: str | None, what: str) -> None:
        """An item, or everything, waits."""
        if item is None:
            self._hold = what
        else:
            since = self._rows.get(item, ("", time.monotonic()))[1]
            self._rows[item] = (what, since)
        self.refresh()

    def refresh(self) -> None:
        """Draws it anew."""
        self._try(lambda: self._live.update(self._render()))

    def _try(self, show: Callable[[], None]) -> None:
        """Shows something; a terminal that is gone ends no run."""
        if not self.gone:
            try:
                show()
            except OSError:
                self.gone = True

    def _render(self) -> RenderableType:
        table = Table(box=None, show_header=False, pad_edge=False)
        for item, (what, since) in sorted(self._rows.items()):
            passed = durations.text(time.monotonic() - since)
            table.add_row(legible(item), self._states.get(item, "waiting"), legible(what, 200), passed)
        counts: dict[str, int] = {}
        for state in self._states.values():
            counts[state] = counts.get(state, 0) + 1
        done = counts.get("verified", 0) + counts.get("rolled-back", 0)
        others = "".join(
            f", {number} {state}"
            for state, number in sorted(counts.items())
            if state not in ("verified", "rolled-back")
        )
        passed = durations.text(time.monotonic() - self._began)
        last = Text(
            f"{done} of {self._total} done{others}; {passed}; Ctrl-C ends what is in flight first",
            style="dim",
        )
        held = [Text(f"waits for {legible(self._hold, 200)}", style="yellow")] if self._hold else []
        return Group(table, *held, last)
