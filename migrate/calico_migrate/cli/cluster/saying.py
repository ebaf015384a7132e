"""What the cluster's commands say: their lines, and what stands beside a result on standard error."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import TYPE_CHECKING

from calico_core.errors import OutputError
from calico_core.legible import escaped
from calico_migrate.cli import terminal
from calico_migrate.cli.manner import Manner
from calico_migrate.cli.together import together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from calico_migrate.cluster.display.lines import Line

_AGAIN_AFTER = 10.0


class Voice(Manner):
    """What a command says beside its result, as loud and as colourful as it is wished."""

    __slots__ = ()

    def say(self, message: str) -> None:
        """One line on standard error, unless only errors are to be said."""
        if not self.quiet:
            self.insist(message)

    def warn(self, message: str) -> None:
        """A warning on standard error, unless only errors are to be said."""
        if not self.quiet:
            self.insist(f"warning: {message}", "yellow")

    def insist(self, message: str, style: str = "") -> None:
        """One line on standard error in any case: why the exit code will not be 0, and what to do.

        That nobody takes it ends nothing that is under way on the cluster.
        """
        with contextlib.suppress(OutputError):
            terminal.write_lines([escaped(message)], style, self.color, sys.stderr)

    def done(self, message: str) -> None:
        """What a command has done, on standard output, unless only errors are to be said."""
        if not self.quiet:
            terminal.write(f"{message}\n")

    def show(self, lines: Iterable[Line]) -> None:
        """Lines on standard output; only those that matter where only errors are to be said.

        Raises OutputError where nobody takes them.
        """
        if not terminal.has_color(self.color, sys.stdout):
            terminal.write("".join(f"{line.text}\n" for line in lines if line.matters or not self.quiet))
            return
        for line in lines:
            if line.matters or not self.quiet:
                terminal.write_lines([line.text], line.style, self.color)


speaking = together("voice", Voice)
"""A command with the options that say how much it says, in the place of its parameter ``voice``."""


class Repeated:
    """Says why something is tried again: at once, and then every now and then."""

    def __init__(self, say: Callable[[str], object]) -> None:
        self._say = say
        self._said = ""
        self._at = 0.0

    def __call__(self, why: str) -> None:
        """Says it, unless the same was just said."""
        now = time.monotonic()
        if why != self._said or now - self._at >= _AGAIN_AFTER:
            self._said, self._at = why, now
            self._say(f"trying again: {why}")
