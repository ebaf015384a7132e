"""The states of an item, and what they mean."""

from __future__ import annotations

from enum import Enum


class State(str, Enum):
    """Where an item is. What `status` adds stands last."""

    PLANNED = "planned"
    SENDING = "sending"
    ROLLING = "rolling"
    SETTLING = "settling"
    VERIFIED = "verified"
    DRIFTED = "drifted"
    FAILED = "failed"
    INCONCLUSIVE = "inconclusive"
    UNKNOWN = "unknown"
    ROLLED_BACK = "rolled-back"
    REVERTED = "reverted"
    BY_HAND = "by-hand"

    __str__ = str.__str__


UNDER_WAY = frozenset({State.SENDING, State.ROLLING, State.SETTLING})
"""Something was begun and its end is not known."""

TO_LOOK_AT = UNDER_WAY | {State.FAILED, State.UNKNOWN, State.INCONCLUSIVE}
"""What the next run looks at before it sends anything new."""
