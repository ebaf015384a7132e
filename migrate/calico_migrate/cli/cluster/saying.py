"""What the cluster's commands say beside their result, on standard error."""

from __future__ import annotations

import sys
import time

from calico_core.legible import escaped
from calico_migrate.cli import terminal

_AGAIN_AFTER = 10.0


def say(message: str) -> None:
    """One line on standard error."""
    terminal.write(f"{escaped(message)}\n", sys.stderr)


def warn(message: str) -> None:
    """A warning on standard error."""
    say(f"warning: {message}")


class Repeated:
    """Says why something is tried again: at once, and then every now and then."""

    def __init__(self) -> None:
        self._said = ""
        self._at = 0.0

    def __call__(self, why: str) -> None:
        """Says it, unless the same was just said."""
        now = time.monotonic()
        if why != self._said or now - self._at >= _AGAIN_AFTER:
            self._said, self._at = why, now
            say(f"trying again: {why}")
