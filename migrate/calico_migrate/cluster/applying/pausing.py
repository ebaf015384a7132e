"""The file by which people hold a run: while it is there, nothing new is begun."""

from __future__ import annotations

import os


def pause_path(plan: str) -> str:
    """The pause file of a plan."""
    return f"{plan}.pause"


def is_paused(plan: str) -> bool:
    """Whether the pause file is there."""
    return os.path.lexists(pause_path(plan))


def why_not(plan: str) -> str:
    """Why a run that finds the pause file at its start begins nothing."""
    return f"{pause_path(plan)} is there; `cluster resume` removes it"
