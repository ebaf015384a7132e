"""Work on many agents at once: a bounded number of threads, each of which waits for one ssh.

SIGINT, SIGTERM and SIGHUP end all connections, and what was not begun yet is not begun any more.
"""

from __future__ import annotations

import contextlib
import queue
import signal
import threading
from typing import TYPE_CHECKING, TypeVar

from calico_core import signals
from calico_migrate.network.running.ssh import Stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

T = TypeVar("T")
R = TypeVar("R")


def fan_out(
    items: Sequence[T], work: Callable[[T, Stop], R], parallel: int, take: Callable[[R], None]
) -> bool:
    """Calls ``work`` for each item in up to ``parallel`` threads, and ``take`` here with each result.

    Answers whether it was interrupted. ``work`` is called for every item even then, and finds the stop
    requested; an exception that it raises is raised here, after all threads have ended.
    """
    waiting: queue.SimpleQueue[T] = queue.SimpleQueue()
    finished: queue.SimpleQueue[tuple[R | None, BaseException | None]] = queue.SimpleQueue()
    for item in items:
        waiting.put(item)
    stop = Stop()

    def work_off() -> None:
        while True:
            try:
                item = waiting.get_nowait()
            except queue.Empty:
                return
            try:
                finished.put((work(item, stop), None))
            except BaseException as error:
                finished.put((None, error))

    def take_next() -> None:
        result, error = finished.get()
        if error is not None:
            raise error
        take(result)  # type: ignore[arg-type]

    threads = [threading.Thread(target=work_off, daemon=True) for _ in range(min(parallel, len(items)))]
    interrupted = False
    with _interruptible():
        try:
            for thread in threads:
                thread.start()
            for _ in items:
                take_next()
        except KeyboardInterrupt:
            interrupted = True
        finally:
            with _uninterruptible():
                stop.request()
                for thread in threads:
                    if thread.ident is not None:
                        thread.join()
                while not finished.empty():
                    take_next()
    return interrupted


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """SIGTERM and SIGHUP interrupt as Ctrl-C does, unless they are ignored (nohup)."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    previous = {}
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            previous[number] = signal.signal(number, signals.interrupt)
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _uninterruptible() -> Iterator[None]:
    """Impatience does not cut short what sets things right after an interruption."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    previous = {number: signal.signal(number, signal.SIG_IGN) for number in numbers}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
