"""The file by which people hold a run: while it is there, nothing new is begun."""

from __future__ import annotations

import os


def pause_path(plan: str) -> str:
    """The pause file of a plan."""
    return f"{plan}.pause"


def is_paused(plan: str) -> bool:
    """Whether the pause file is there."""
    return os.path.lexists(pause_path(plan))
