"""The deployment that moves the service can wait for ever.

Moving restarts every instance. Where all of them must stay healthy until new ones run
(`minimumHealthCapacity` 1), a new instance needs room beside the old ones. A fixed host port does not give it
on agents that run an old instance; a `maximumOverCapacity` of 0 allows one more instance at a time and no
more.

Example:
    "instances": 3,
    "container": {"portMappings": [{"containerPort": 80, "hostPort": 8080}]}

Have more agents than instances, or lower `minimumHealthCapacity` for the move; a deployment that hangs can
be reverted with `dcos marathon deployment rollback`.
"""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from calico_core.json.pointers import Path
from calico_core.rules import Findings, warning
from calico_migrate.marathon.attachments import pod_endpoints
from calico_migrate.marathon.features import Feature
from calico_migrate.marathon.rules.resident_app import persistent_volume
from calico_migrate.marathon.subject import Subject

RULE = warning(
    __name__, source="mesosphere/marathon TaskReplaceActor.scala:342-389, AppConversion.scala:493-507"
)
WATCHES = (Feature.UPGRADE,)

# Marathon reads an Int; more would not even fit into a float.
_MOST_INSTANCES = 2**31 - 1


def check(subject: Subject) -> Findings:
    """A service that moves, and whose old instances may have to make room that nobody makes."""
    if not subject.moved or subject.kind not in ("app", "pod"):
        return
    place, strategy = _strategy(subject)
    fixed = list(_fixed_host_ports(subject))
    if not (fixed or strategy) or persistent_volume(subject.value) is not None:
        return
    instances = _instances(subject)
    # Without a strategy of its own, an app with external volumes stops half of its instances first.
    usual = 0.5 if not strategy and _has_external_volume(subject.value) else 1.0
    healthy = _share(strategy.get("minimumHealthCapacity"), usual)
    over = _share(strategy.get("maximumOverCapacity"), 1.0)
    if instances < 1 or math.ceil(instances * healthy) < instances:
        return
    for path, port in fixed:
        yield subject.finding(
            RULE,
            path,
            f"host port {port} stays taken by the old instance, and all {instances} must stay healthy"
            if instances > 1
            else f"host port {port} stays taken by the old instance until the new one is healthy",
            hint="have more agents than instances, or lower minimumHealthCapacity for the move",
        )
    if strategy and math.floor(instances * (1 + over)) == instances:
        yield subject.finding(
            RULE,
            place,
            "all instances must stay healthy and none may be added but one at a time:"
            " without room for it the deployment waits for ever",
            hint="lower minimumHealthCapacity or raise maximumOverCapacity for the move",
        )


def _strategy(subject: Subject) -> tuple[Path, Mapping[str, Any]]:
    if subject.kind == "app":
        strategy = subject.value.get("upgradeStrategy")
        return ("upgradeStrategy",), strategy if isinstance(strategy, dict) else {}
    scheduling = subject.value.get("scheduling")
    upgrade = scheduling.get("upgrade") if isinstance(scheduling, dict) else None
    return ("scheduling", "upgrade"), upgrade if isinstance(upgrade, dict) else {}


def _instances(subject: Subject) -> int:
    if subject.kind == "app":
        instances = subject.value.get("instances", 1)
    else:
        scheduling = subject.value.get("scheduling")
        instances = scheduling.get("instances", 1) if isinstance(scheduling, dict) else 1
        if isinstance(instances, dict):
            instances = instances.get("count", 1)
    if not isinstance(instances, int) or isinstance(instances, bool):
        return 1
    return min(instances, _MOST_INSTANCES)


def _has_external_volume(value: Mapping[str, Any]) -> bool:
    container = value.get("container")
    volumes = container.get("volumes") if isinstance(container, dict) else None
    return isinstance(volumes, list) and any(
        isinstance(volume, dict) and isinstance(volume.get("external"), dict) for volume in volumes
    )


def _share(value: object, default: float) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
        return min(max(float(value), 0.0), 1.0)
    return default


def _fixed_host_ports(subject: Subject) -> Iterator[tuple[Path, int]]:
    for path, mapping in subject.ports:
        yield from _fixed(mapping, path)
    for path, endpoint in pod_endpoints(subject.value):
        yield from _fixed(endpoint, path)


def _fixed(mapping: Mapping[str, Any], path: Path) -> Iterator[tuple[Path, int]]:
    port = mapping.get("hostPort")
    if isinstance(port, int) and not isinstance(port, bool) and port > 0:
        yield (*path, "hostPort"), port
