"""What a run is asked for, in seconds and counts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from calico_migrate.cluster.planning.document import Item

_LEAST_ITEM_TIMEOUT = 600.0
_KILL_GRACE = 3.0
_SHORTEST_NAP = 0.005
# docs/docs/rest-api/public/api/v2/types/healthCheck.raml
_GRACE, _INTERVAL = 300.0, 60.0


class RunSettings(NamedTuple):
    """The limits of a run; ``item_timeout`` None goes by the item.

    ``window`` are the minutes of the day from and to which items are begun, ``probe`` the words of the last
    gate's command, ``rolls_back`` that a failed item is taken back at once.
    """

    poll: float = 2.0
    settle: float = 60.0
    item_timeout: float | None = None
    lock_timeout: float = 1800.0
    unknown_wait: float = 60.0
    max_failures: int = 0
    max_in_flight: int = 1
    dry_run: bool = False
    preflight: bool = True
    revert_stuck: bool = False
    three_way: bool = False
    probe: Sequence[str] = ()
    window: tuple[int, int] | None = None
    rolls_back: bool = False

    def is_in_window(self, minute: int) -> bool:
        """Whether items may be begun at this minute of the day; a window may reach over midnight."""
        if self.window is None:
            return True
        begin, end = self.window
        return begin <= minute < end if begin < end else minute >= begin or minute < end

    def nap(self) -> float:
        """How long to wait between two looks: never longer than any of the limits."""
        limits = (self.unknown_wait, self.lock_timeout, self.item_timeout or 0.0)
        return max(_SHORTEST_NAP, min([self.poll, *(limit for limit in limits if limit > 0)]))

    def limit_for(self, item: Item, body: Mapping[str, Any]) -> float:
        """How long one item may take; a scheduler's steps get the patience of Marathon's own defaults."""
        if self.item_timeout is not None:
            return self.item_timeout
        roll = item.roll
        step = max(1, roll.kill_at_once, roll.max_capacity - roll.instances)
        rounds = math.ceil(max(1, roll.instances) / step)
        grace, interval = _patience(body) if item.scheduler is None else (_GRACE, _INTERVAL)
        kill = _number(body.get("taskKillGracePeriodSeconds"), _KILL_GRACE)
        return max(_LEAST_ITEM_TIMEOUT, rounds * (grace + interval * 3 + kill) * 2)


def _patience(body: Mapping[str, Any]) -> tuple[float, float]:
    """The longest grace and interval of the health checks."""
    checks: list[Any] = list(body.get("healthChecks") or ())
    checks += [each.get("healthCheck") for each in body.get("containers") or () if isinstance(each, dict)]
    found = [each for each in checks if isinstance(each, dict)]
    if not found:
        return 0.0, 0.0
    return (
        max(_number(each.get("gracePeriodSeconds"), _GRACE) for each in found),
        max(_number(each.get("intervalSeconds"), _INTERVAL) for each in found),
    )


def _number(value: object, default: float) -> float:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else default
