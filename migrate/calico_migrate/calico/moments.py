"""Durations and times as Go reads them.

Source: Go ``time.ParseDuration`` and ``time.RFC3339``; kubernetes/apimachinery ``pkg/apis/meta/v1`` Duration
and Time.
"""

from __future__ import annotations

import re

# Go's time.ParseDuration, and the nanoseconds that fit into an int64.
_DURATION = r"[-+]?(?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+|[-+]?0"
_DURATION_PART = r"([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)"
_SECONDS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
_LONGEST_DURATION = (1 << 63) / 1e9
_TIME = (
    r"([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})"
)


def is_duration(text: str) -> bool:
    """Whether ``time.ParseDuration`` takes the text, such as ``1h30m``."""
    if len(text) > 100 or re.fullmatch(_DURATION, text) is None:
        return False
    seconds = sum(float(number) * _SECONDS[unit] for number, unit in re.findall(_DURATION_PART, text))
    return seconds < _LONGEST_DURATION


def is_time(text: str) -> bool:
    """Whether the text is a time in RFC 3339's form, of a day that there is."""
    match = re.fullmatch(_TIME, text)
    return match is not None and int(match[3]) <= _days(int(match[1]), int(match[2]))


def _days(year: int, month: int) -> int:
    import calendar

    return 29 if month == 2 and calendar.isleap(year) else calendar.monthrange(2001, month)[1]
