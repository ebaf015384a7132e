"""What a move risks: what the restart does, what it needs beside, and what only somebody may allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_migrate.cluster.planning.document import Roll
from calico_migrate.cluster.planning.shapes import LARGEST
from calico_migrate.marathon import restarting
from calico_migrate.marathon.parsed.attachments import pod_endpoints, port_mappings
from calico_migrate.marathon.parsed.vips import vips
from calico_migrate.marathon.rules.resident_app import persistent_volume

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calico_migrate.cluster.ids import Kind

_RESOURCES = ("cpus", "mem", "disk", "gpus")
_DIGITS = 6
NOTHING_MORE: Mapping[str, float] = {**dict.fromkeys(_RESOURCES, 0), "addresses": 0}
"""Nothing is needed beside what runs."""


def roll(kind: Kind, body: Mapping[str, Any]) -> Roll:
    """What a rolling restart of a healthy service does first, and what it needs at its peak."""
    if kind == "job":
        return Roll(0, 0, 0, NOTHING_MORE)
    count = restarting.instances(kind, body)
    resident = is_resident(body)
    step = restarting.first_step(count, restarting.strategy(kind, body, resident=resident), resident=resident)
    if count == 0:
        step = restarting.FirstStep(0, 0)
    more = max(0, step.max_capacity - count)
    extra: dict[str, float] = {name: _rounded(sum(_amounts(kind, body, name)) * more) for name in _RESOURCES}
    return Roll(count, step.kill_at_once, step.max_capacity, {**extra, "addresses": more})


def needs(kind: Kind, body: Mapping[str, Any], planned: Roll) -> tuple[str, ...]:
    """What must be allowed for this item, in the order in which it is explained."""
    if planned.instances == 0:
        return ()
    found = []
    if not has_health_check(kind, body) and not body.get("readinessChecks"):
        found.append("unchecked")
    if is_resident(body):
        found.append("resident")
    if planned.kill_at_once >= planned.instances:
        found.append("outage")
    if next(restarting.fixed_host_ports((*port_mappings(body), *pod_endpoints(body))), None) is not None:
        found.append("host-port")
    return tuple(found)


def needs_of_scheduler(planned: Roll) -> tuple[str, ...]:
    """What must be allowed for a service whose tasks a scheduler restarts where they are."""
    return ("outage",) if planned.instances and planned.kill_at_once >= planned.instances else ()


WHY = {
    "unchecked": "neither a health check nor a readiness check: a roll may drain it to zero",
    "resident": "its instances are bound to their agents: each stops before it starts again, and waits for"
    " ever"
    " where its agent is lost",
    "outage": "all of its instances are stopped at once",
    "host-port": "a host port is chosen by number: a new instance needs an agent where it is free",
}


def has_health_check(kind: Kind, body: Mapping[str, Any]) -> bool:
    """Whether the app has a health check, or a container of the pod."""
    if kind == "app":
        return bool(body.get("healthChecks"))
    return any(each.get("healthCheck") for each in _containers(body))


def is_resident(body: Mapping[str, Any]) -> bool:
    """Whether instances are bound to their agents."""
    return persistent_volume(body) is not None


def has_volume(body: Mapping[str, Any]) -> bool:
    """Whether there is any volume."""
    container = body.get("container")
    return bool(body.get("volumes")) or bool(isinstance(container, dict) and container.get("volumes"))


def has_vip(body: Mapping[str, Any]) -> bool:
    """Whether a virtual address leads to it."""
    return next(vips(body), None) is not None


def _amounts(kind: Kind, body: Mapping[str, Any], name: str) -> Iterator[float]:
    """What one instance takes of a resource: its containers, and the executor that is its own."""
    holders: list[Any] = [body.get("executorResources")]
    holders += [body] if kind == "app" else [each.get("resources") for each in _containers(body)]
    for holder in holders:
        amount = holder.get(name) if isinstance(holder, dict) else None
        if isinstance(amount, (int, float)) and not isinstance(amount, bool):
            yield amount


def _containers(body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    listed = body.get("containers")
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []


def _rounded(amount: float) -> float:
    # A plan holds no larger one.
    bound = max(-LARGEST, min(amount, LARGEST))
    return round(bound, _DIGITS) if isinstance(bound, float) else bound
