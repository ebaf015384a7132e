"""Counts and shares that a plan is asked for, as people write them."""

from __future__ import annotations

from calico_core.errors import UsageError


def share(text: str | None) -> float | None:
    """The share that ``--max-unavailable`` allows, from 0 to 1; raises UsageError."""
    if text is None:
        return None
    number = text.removesuffix("%")
    if not text.endswith("%") or not number.isascii() or not number.isdigit() or int(number) > 100:
        raise UsageError(f"--max-unavailable {text}: give a share from 0% to 100%, such as 25%")
    return int(number) / 100


def canary_count(text: str) -> int:
    """The number of canaries that ``--canary`` asks for; raises UsageError."""
    if text == "none":
        return 0
    if not text.isascii() or not text.isdigit() or len(text) > 6 or int(text) == 0:
        raise UsageError(f"--canary {text}: give a number of items from 1, or none")
    return int(text)
