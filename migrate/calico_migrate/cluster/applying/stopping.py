"""The first signal lets a run end what is in flight, the second ends it at once."""

from __future__ import annotations

import contextlib
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


class Stop:
    """Whether somebody asked for the end."""

    def __init__(self) -> None:
        self.requested = False

    def request(self, *_: object) -> None:
        """A signal came; raises KeyboardInterrupt for the second one."""
        if self.requested:
            raise KeyboardInterrupt
        self.requested = True


@contextlib.contextmanager
def listening() -> Iterator[Stop]:
    """Answers SIGINT, SIGTERM and SIGHUP while the context lasts."""
    stop = Stop()
    before = {}
    for name in _SIGNALS:
        number = getattr(signal, name)
        # Only the main thread may do this; a run in another one cannot be asked to stop.
        with contextlib.suppress(ValueError):
            before[number] = signal.signal(number, stop.request)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
