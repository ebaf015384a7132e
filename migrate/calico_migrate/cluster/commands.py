"""Commands that options name: run without a shell."""

from __future__ import annotations

import shlex

from calico_core.errors import UsageError


def words(option: str, command: str) -> list[str]:
    """The program and its arguments, as a shell splits them. Raises UsageError where there is none."""
    try:
        found = shlex.split(command)
    except ValueError:
        raise UsageError(f"{option}: a quotation in the command does not end") from None
    if not found:
        raise UsageError(f"{option} names no command")
    return found
