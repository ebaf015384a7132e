"""Benchmarks: ratios, all of a table measured side by side in the same run.

``python -m benchmarks`` runs all of them and prints the tables; ``python -m benchmarks marathon`` runs one;
``--write`` puts the tables into ``docs/benchmarks.md``. A module of this package has ``TITLE``, ``REFERENCE``
(what is 1) and ``rows()``.
"""

from __future__ import annotations

import functools
import os
import shutil
import statistics
import sys
import tempfile
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

# Compiled modules are kept between runs and output is buffered, as on any machine where the tool is installed.
_NOT_OF_USERS = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")
_ENVIRONMENT = {key: value for key, value in os.environ.items() if key not in _NOT_OF_USERS}

# As an argument of a command that is measured: a path where nothing is, another one each time. What is written
# over was there before, and is synced file by file.
NEW = "{new}"


class Row(NamedTuple):
    """One line of a table.

    ``ratio`` is to the table's reference; ``bound`` is what it must not exceed, ``aim`` what would be better
    still, both None where there is none; ``note`` says what else is worth knowing.
    """

    name: str
    ratio: float
    bound: float | None = None
    aim: float | None = None
    note: str = ""

    @property
    def kept(self) -> bool:
        """Whether the bound is kept."""
        return self.bound is None or self.ratio <= self.bound


class Measured(NamedTuple):
    """The median CPU time (user and system) of a process in seconds, its largest peak memory in bytes, and
    the median of what it takes on the clock in seconds.
    """

    seconds: float
    peak: int
    elapsed: float


def measure(
    commands: Mapping[str, Sequence[str]], *, rounds: int = 9, stdin: str = os.devnull
) -> dict[str, Measured]:
    """Runs the commands in turn, round after round, so that a busy moment hits all of them alike.

    A first round is not counted. The peak memory of a process cannot be told below that of this one, which
    should therefore be small: generate large inputs in a process of their own.

    `NEW` among a command's arguments is a path of which nothing is left when this process ends. Their output
    goes nowhere. Any exit code is taken; a command that cannot start raises OSError.
    """
    for command in commands.values():
        _run(command, stdin)
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    peaks: dict[str, list[int]] = {name: [] for name in commands}
    elapsed: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            used = _run(command, stdin)
            seconds[name].append(used.seconds)
            peaks[name].append(used.peak)
            elapsed[name].append(used.elapsed)
    return {
        name: Measured(statistics.median(seconds[name]), max(peaks[name]), statistics.median(elapsed[name]))
        for name in commands
    }


def _run(command: Sequence[str], stdin: str) -> Measured:
    if NEW not in command:
        return _spawned(command, stdin)
    parent = tempfile.mkdtemp(dir=_made().name)
    new = os.path.join(parent, "new")
    measured = _spawned([new if argument == NEW else argument for argument in command], stdin)
    if not os.path.isdir(new):
        shutil.rmtree(parent)
    return measured


@functools.cache
def _made() -> tempfile.TemporaryDirectory[str]:
    """Where trees are written, until this process ends.

    Removed between rounds they would make the next round slow: ext4 gives numbers of files that were just
    removed to no new file for a while, and looks at each of them to find one.
    """
    return tempfile.TemporaryDirectory()


def _spawned(command: Sequence[str], stdin: str) -> Measured:
    begin = time.perf_counter()
    with open(stdin, "rb") as source, open(os.devnull, "wb") as sink:
        actions = [
            (os.POSIX_SPAWN_DUP2, source.fileno(), 0),
            (os.POSIX_SPAWN_DUP2, sink.fileno(), 1),
            (os.POSIX_SPAWN_DUP2, sink.fileno(), 2),
        ]
        process = os.posix_spawnp(command[0], list(command), _ENVIRONMENT, file_actions=actions)
        _, _, usage = os.wait4(process, 0)
    elapsed = time.perf_counter() - begin
    return Measured(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, elapsed)


def in_process(calls: Mapping[str, Callable[[], object]], *, rounds: int = 7) -> dict[str, float]:
    """The median CPU seconds of calls in this process, taken in turn."""
    seconds: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            begin = time.process_time()
            call()
            seconds[name].append(time.process_time() - begin)
    return {name: statistics.median(values) for name, values in seconds.items()}


def tool(*arguments: str) -> list[str]:
    """The command line of the tool itself, as installed for this Python."""
    return [os.path.join(os.path.dirname(sys.executable), "calico-migrate"), *arguments]
