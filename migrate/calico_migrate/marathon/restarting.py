"""How many instances an app or pod has, how it may be restarted, and what binds it to a place.

Defaults are those of mesosphere/marathon raml/AppConversion.scala:493-507 (with volumes half of the instances
may go and none may be added), else all must stay healthy and as many may be added.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from calico_core.json.pointers import Path

# Marathon reads an Int; more would not even fit into a float.
_MOST_INSTANCES = 2**31 - 1


class Strategy(NamedTuple):
    """What an upgrade may do: the share that stays healthy, and the share that is added, both from 0 to 1."""

    minimum_health: float
    over_capacity: float


class FirstStep(NamedTuple):
    """What a rolling restart does at once: kill so many, and never have more than so many."""

    kill_at_once: int
    max_capacity: int


def instances(kind: str, value: Mapping[str, Any]) -> int:
    """How many instances a definition asks for; 1 where it does not say."""
    holder: Any = value if kind == "app" else value.get("scaling")
    count = _whole(holder.get("instances")) if isinstance(holder, dict) else None
    return 1 if count is None else min(max(count, 0), _MOST_INSTANCES)


def upgrade(kind: str, value: Mapping[str, Any]) -> tuple[Path, Mapping[str, Any]]:
    """The path of the strategy in a definition, and what stands there (empty where nothing does)."""
    if kind == "app":
        found = value.get("upgradeStrategy")
        return ("upgradeStrategy",), found if isinstance(found, dict) else {}
    scheduling = value.get("scheduling")
    found = scheduling.get("upgrade") if isinstance(scheduling, dict) else None
    return ("scheduling", "upgrade"), found if isinstance(found, dict) else {}


def strategy(kind: str, value: Mapping[str, Any], *, resident: bool = False) -> Strategy:
    """The strategy of an upgrade, with Marathon's defaults."""
    _, given = upgrade(kind, value)
    stateful = not given and (resident or has_external_volume(value))
    healthy, over = (0.5, 0.0) if stateful else (1.0, 1.0)
    return Strategy(
        _share(given.get("minimumHealthCapacity"), healthy), _share(given.get("maximumOverCapacity"), over)
    )


def first_step(
    count: int, limits: Strategy, *, resident: bool, current: int | None = None, healthy: int | None = None
) -> FirstStep:
    """What a restart of ``count`` instances does first; ``current`` of them are there, ``healthy`` are well.

    core/deployment/impl/TaskReplaceActor.scala:342-389, held against its own RestartStrategyTest.
    """
    current = count if current is None else current
    healthy = count if healthy is None else healthy
    least = math.ceil(count * limits.minimum_health)
    most = math.floor(count * (1 + limits.over_capacity))
    kill = max(0, healthy - least)
    if least == most <= healthy:
        if resident:
            kill = healthy - least + 1
        else:
            most += 1
    if count < current:
        kill = max(current - count, kill)
    return FirstStep(kill, most)


def has_external_volume(value: Mapping[str, Any]) -> bool:
    """Whether a volume comes from elsewhere, which lets half of the instances go first."""
    container = value.get("container")
    volumes = container.get("volumes") if isinstance(container, dict) else None
    return isinstance(volumes, list) and any(
        isinstance(volume, dict) and isinstance(volume.get("external"), dict) for volume in volumes
    )


def fixed_host_ports(ports: Iterable[tuple[Path, dict[str, Any]]]) -> Iterator[tuple[Path, int]]:
    """The host ports that port mappings and endpoints choose by number, with their paths."""
    for path, holder in ports:
        port = _whole(holder.get("hostPort"))
        if port is not None and port > 0:
            yield (*path, "hostPort"), port


def _whole(value: object) -> int | None:
    """A whole number by value, as JSON has them: 2.0 is 2. None for anything else."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _share(value: object, default: float) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
        return min(max(float(value), 0.0), 1.0)
    return default
