"""Running the command line on a terminal of its own."""

from __future__ import annotations

import os
import pty
import subprocess
import sys


def shown(ours: int) -> bytes:
    """All that comes to a terminal until its program has ended; ``ours`` is our end, which is closed."""
    parts = []
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            # What Linux says at our end when nobody has the other one any more.
            break
        if not part:
            break
        parts.append(part)
    os.close(ours)
    return b"".join(parts)


def on_a_terminal(*arguments: str, **environment: str) -> tuple[int, str]:
    """The exit code of ``calico-migrate ARGUMENTS``, and what it shows where all goes to a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "calico_migrate", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", **environment},
    )
    os.close(theirs)
    text = shown(ours).decode()
    return process.wait(timeout=60), text
