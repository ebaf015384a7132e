"""The exit codes, in one table; every command and the documentation take them from here."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class ExitCode(IntEnum):
    """What a process says with its exit code; the meaning of each member stands in `MEANINGS`."""

    DONE = 0
    FOUND = 1
    USAGE = 2
    UNREADABLE = 3
    LIVE = 4
    UNWRITTEN = 5
    UNCHANGED = 6
    INTERRUPTED = 130


MEANINGS: dict[ExitCode, str] = {
    ExitCode.DONE: "done; no finding at or above --fail-on",
    ExitCode.FOUND: "--check found something to change, or findings at or above --fail-on remain",
    ExitCode.USAGE: "wrong usage",
    ExitCode.UNREADABLE: "an input could not be read or parsed, or none matched; the others were still done",
    ExitCode.LIVE: "a step on a live system failed",
    ExitCode.UNWRITTEN: (
        "an output could not be written, or a result did not pass the tool's own check or proof, or an"
        " internal error (one line; `--traceback` shows the rest); those files keep their old bytes"
    ),
    ExitCode.UNCHANGED: "`marathon --for-update`: nothing to change, nothing printed",
    ExitCode.INTERRUPTED: ("interrupted; SIGTERM and SIGHUP clean up and are raised again (143, 129)"),
}

# The order in which one code wins over another where several apply.
_PRECEDENCE = (
    ExitCode.INTERRUPTED,
    ExitCode.USAGE,
    ExitCode.UNWRITTEN,
    ExitCode.LIVE,
    ExitCode.UNREADABLE,
    ExitCode.FOUND,
    ExitCode.UNCHANGED,
    ExitCode.DONE,
)


def strongest(codes: Iterable[ExitCode]) -> ExitCode:
    """The one code that stands for several: 130, 2, 5, 4, 3, 1, 6, 0 in this order; none at all is 0."""
    present = set(codes)
    return next((code for code in _PRECEDENCE if code in present), ExitCode.DONE)
