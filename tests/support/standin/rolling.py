"""How instances start, become healthy, fail, and replace each other during a deployment."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.support.standin.cluster import Behaviour, Cluster, Spec
    from tests.support.standin.tasks import Task


def advance(cluster: Cluster) -> None:
    """Lets tasks and deployments come as far as they should be by now."""
    now = time.monotonic()
    for spec in cluster.specs.values():
        _live(cluster, spec, now)
    for deployment in list(cluster.deployments):
        found = cluster.specs.get(deployment.spec)
        if found is None or (not deployment.endless and _roll(cluster, found)):
            cluster.deployments.remove(deployment)


def has_checks(spec: Spec) -> bool:
    """Whether health is looked at."""
    if spec.kind == "pod":
        return any(each.get("healthCheck") for each in spec.body.get("containers", []))
    return bool(spec.body.get("healthChecks"))


def _behaviour(cluster: Cluster, spec: Spec) -> Behaviour | None:
    behaviour = cluster.behaviours.get(spec.id)
    names = {each.get("name") for each in spec.body["networks"]}
    if behaviour is None or (behaviour.network is not None and behaviour.network not in names):
        return None
    return behaviour


def _live(cluster: Cluster, spec: Spec, now: float) -> None:
    behaviour = _behaviour(cluster, spec)
    for task in list(spec.tasks):
        odd = behaviour if task.version >= spec.config_version else None
        age = now - task.since
        if not task.running and age >= cluster.start_delay and not (odd and odd.hang):
            task.running = True
        if task.running and has_checks(spec) and age >= cluster.start_delay + cluster.health_delay:
            task.healthy = not (odd is not None and odd.unhealthy)
        if task.running and odd and age >= cluster.start_delay + (odd.crash_after or math.inf):
            spec.tasks.remove(task)
            spec.last_failure = {
                "appId": spec.id,
                "host": "10.0.0.2",
                "message": "Command exited with status 1",
                "state": "TASK_FAILED",
                "taskId": task.id,
                "timestamp": cluster.new_version(),
                "version": task.version,
            }
    if not any(each.spec == spec.id for each in cluster.deployments):
        _launch(cluster, spec, spec.instances)


def _launch(cluster: Cluster, spec: Spec, most: int) -> None:
    behaviour = _behaviour(cluster, spec)
    if behaviour is not None and behaviour.no_room:
        return
    while len(spec.tasks) < most and len(_new(spec)) < spec.instances:
        spec.tasks.append(cluster.new_task(spec))


def _new(spec: Spec) -> list[Task]:
    return [task for task in spec.tasks if task.version >= spec.config_version]


def _strategy(spec: Spec) -> tuple[float, float]:
    strategy: dict[str, Any]
    if spec.kind == "app":
        strategy = spec.body["upgradeStrategy"]
    else:
        strategy = spec.body.get("scheduling", {}).get("upgrade", {})
    return float(strategy.get("minimumHealthCapacity", 1)), float(strategy.get("maximumOverCapacity", 1))


def _roll(cluster: Cluster, spec: Spec) -> bool:
    """One look at a rolling restart (TaskReplaceActor.scala); answers whether it is over."""
    count = spec.instances
    minimum, over = _strategy(spec)
    least = math.ceil(count * minimum)
    most = math.floor(count * (1 + over))
    if least == most:
        most += 1
    old = [task for task in spec.tasks if task.version < spec.config_version]
    ready = [task for task in _new(spec) if task.running and (task.healthy or not has_checks(spec))]
    # As many old ones may go as keeps enough alive.
    while old and len(old) + len(ready) > least:
        spec.tasks.remove(old.pop())
    _launch(cluster, spec, max(most, count))
    while not old and len(spec.tasks) > count:
        spec.tasks.remove(spec.tasks[-1])
    return not old and len(ready) >= count
