"""The first signal lets a run end what is in flight, the second ends it at once."""

from __future__ import annotations

import contextlib
import signal
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
_GLANCE = 0.1


class Stop:
    """Whether somebody asked for the end.

    ``begun`` says that the run may have something in flight: before, the first signal ends it at once.
    ``is_busy`` answers whether it has, and ``patience`` for how many seconds that is followed through an
    outage after the signal; None as long as reads are tried again.
    """

    def __init__(self) -> None:
        self.requested = False
        self.begun = False
        self.patience: float | None = None
        self.is_busy: Callable[[], bool] = lambda: False
        self._at = 0.0

    def request(self, *_: object) -> None:
        """A signal came; raises KeyboardInterrupt for the second one, and where nothing has begun."""
        if self.requested or not self.begun:
            raise KeyboardInterrupt
        self.requested, self._at = True, time.monotonic()

    def pause(self, seconds: float) -> None:
        """Waits while the cluster has an outage.

        Raises KeyboardInterrupt where the end was asked for, and there is nothing to follow any more.
        """
        end = time.monotonic() + seconds
        while True:
            remaining = end - time.monotonic()
            if self.requested and not self._is_worth_waiting():
                raise KeyboardInterrupt
            if remaining <= 0:
                return
            time.sleep(min(remaining, _GLANCE))

    def _is_worth_waiting(self) -> bool:
        return self.is_busy() and (self.patience is None or time.monotonic() - self._at < self.patience)


@contextlib.contextmanager
def listening() -> Iterator[Stop]:
    """Answers SIGINT, SIGTERM and SIGHUP while the context lasts; one that nohup ignores stays ignored."""
    stop = Stop()
    before = {}
    for name in _SIGNALS:
        number = getattr(signal, name)
        if name == "SIGHUP" and signal.getsignal(number) is signal.SIG_IGN:
            continue
        # Only the main thread may do this; a run in another one cannot be asked to stop.
        with contextlib.suppress(ValueError):
            before[number] = signal.signal(number, stop.request)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
