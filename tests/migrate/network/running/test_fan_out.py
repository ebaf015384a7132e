"""Work on many agents at once: every item once, bounded, and what fails or interrupts it."""

from __future__ import annotations

import os
import signal
import threading
import time
from typing import TYPE_CHECKING

import pytest

from calico_migrate.network.running.fan_out import fan_out

if TYPE_CHECKING:
    from calico_migrate.network.running.ssh import Stop


@pytest.mark.parametrize("parallel", [1, 3, 100])
def test_every_item_once_in_the_callers_thread(parallel: int) -> None:
    taken: list[int] = []
    threads = set()

    def take(result: int) -> None:
        taken.append(result)
        threads.add(threading.current_thread())

    assert not fan_out(list(range(50)), lambda item, stop: item * 2, parallel, take)
    assert sorted(taken) == list(range(0, 100, 2))
    assert threads == {threading.current_thread()}


def test_nothing_to_do() -> None:
    assert not fan_out([], lambda item, stop: item, 5, pytest.fail)


def test_an_exception_is_raised_after_all_threads_have_ended() -> None:
    before = threading.active_count()

    def work(item: int, stop: Stop) -> int:
        if item == 3:
            raise ValueError("three")
        time.sleep(0.01)
        return item

    with pytest.raises(ValueError, match="three"):
        fan_out(list(range(10)), work, 4, lambda result: None)
    assert threading.active_count() == before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interruption_asks_for_a_stop_and_takes_every_result(number: signal.Signals) -> None:
    handler = signal.getsignal(number)
    taken: list[tuple[int, bool]] = []

    def work(item: int, stop: Stop) -> tuple[int, bool]:
        if item == 2:
            os.kill(os.getpid(), number)
        deadline = time.monotonic() + 10
        while item >= 2 and not stop.requested and time.monotonic() < deadline:
            time.sleep(0.005)
        return item, stop.requested

    assert fan_out(list(range(8)), work, 2, taken.append)
    assert sorted(item for item, _ in taken) == list(range(8))
    assert all(stopped for item, stopped in taken if item >= 2)
    assert signal.getsignal(number) == handler


def test_what_is_ignored_stays_ignored() -> None:
    previous = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:

        def work(item: int, stop: Stop) -> int:
            os.kill(os.getpid(), signal.SIGHUP)
            return item

        assert not fan_out([1, 2], work, 1, lambda result: None)
        assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, previous)


def test_outside_the_main_thread() -> None:
    answers: list[bool] = []
    thread = threading.Thread(
        target=lambda: answers.append(fan_out([1], lambda item, stop: item, 1, lambda result: None))
    )
    thread.start()
    thread.join()
    assert answers == [False]
