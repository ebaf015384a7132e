"""Durations as they stand on the command line: ``0s``, ``500ms``, ``2s``, ``10m``, ``1h``."""

from __future__ import annotations

import re

from calico_core.errors import UsageError

_FORM = re.compile(r"([0-9]{1,9})(ms|s|m|h)", re.ASCII)
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}


def parse(option: str, text: str) -> float:
    """The seconds that a duration stands for; raises UsageError, which names the option."""
    match = _FORM.fullmatch(text)
    if match is None:
        raise UsageError(f"{option} {text}: write a number and its unit, such as 500ms, 2s, 10m or 1h")
    return int(match[1]) * _SECONDS[match[2]]


def text(seconds: float) -> str:
    """A duration for people: ``450ms``, ``12s``, ``3m 20s``, ``1h 5m``."""
    if seconds < 1:
        return f"{round(seconds * 1000)}ms"
    whole = round(seconds)
    if whole < 60:
        return f"{whole}s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes}m {rest}s" if rest else f"{minutes}m"
    hours, minutes = divmod(minutes, 60)
    return f"{hours}h {minutes}m" if minutes else f"{hours}h"
