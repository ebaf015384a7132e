"""SIGTERM and SIGHUP end a command as Ctrl-C does, by an exception, so that everything is cleaned up.

The process then raises the signal again (`raise_again`), so that whoever started it sees how it ended. Used
by the command line only: a library leaves signals to the program that it is a part of.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

_received: list[int] = []
_SOON = 0.001
_ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


class Interrupted(KeyboardInterrupt):
    """A signal that ends the process came in."""


def interrupt(number: int, _: FrameType | None = None) -> None:
    """The handler: keeps the signal in mind and interrupts what is under way."""
    _received.append(number)
    raise Interrupted


def install() -> None:
    """Lets SIGTERM and SIGHUP interrupt, unless they are ignored (nohup) or have a handler already.

    An interruption that would get lost is raised again.
    """
    # Only the main thread may set handlers.
    with contextlib.suppress(ValueError):
        for number in _ENDING:
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, interrupt)
        sys.unraisablehook = _raise_soon


def _raise_soon(lost: sys.UnraisableHookArgs) -> None:
    """An exception that Python cannot raise: in a finalizer, or in what the import system does at its end.

    One that interrupts is not for that place alone; a timer raises it where it is heard.
    """
    kind = lost.exc_type
    if not issubclass(kind, KeyboardInterrupt):
        sys.__unraisablehook__(lost)
        return

    soon = _SOON

    def again(_: int, frame: FrameType | None) -> None:
        nonlocal soon
        while frame is not None:
            # While this function has not ended it would be dropped once more, and nobody told.
            if frame.f_code is _raise_soon.__code__:
                soon *= 2
                signal.setitimer(signal.ITIMER_REAL, soon)
                return
            frame = frame.f_back
        raise kind

    signal.signal(signal.SIGALRM, again)
    signal.setitimer(signal.ITIMER_REAL, soon)


def forget() -> None:
    """Forgets what came in: it has been answered."""
    _received.clear()


def received() -> int | None:
    """The signal that came in first, None where none did."""
    return _received[0] if _received else None


def raise_again() -> None:
    """Ends the process by the signal that came in; returns where none did."""
    number = received()
    if number is not None:
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)


def leave_to_parent() -> None:
    """For a process that works for another: Ctrl-C is the other one's to answer, and this ends with it."""
    import multiprocessing
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in _ENDING:
        signal.signal(number, signal.SIG_DFL)
    parent = multiprocessing.parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=follow, daemon=True).start()
