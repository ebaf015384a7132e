"""Times: ours, for files and messages.

The cluster's own times are only compared with each other, as texts.
"""

from __future__ import annotations

from datetime import datetime, timezone


def now() -> str:
    """The time in UTC with milliseconds, such as ``2026-11-28T23:17:03.241Z``."""
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
