"""Mesos: running tasks with their networks, from ``/master/state`` or an agent's ``/containers``; agents.

Source: dcos-mesos ``src/common/http.cpp`` (``statuses[].container_status.network_infos``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class TaskNetwork(NamedTuple):
    """A network that a task is in: its name, empty for the host's or a bridge, and the task's addresses."""

    name: str
    addresses: tuple[str, ...]


class Task(NamedTuple):
    """A running task: ``agent`` is its agent's id, ``container`` the id of the container that has the
    network.

    ``runtime`` is ``docker`` or ``ucr``.
    """

    id: str
    name: str
    framework: str
    agent: str
    container: str
    runtime: str
    networks: tuple[TaskNetwork, ...]


class MesosState(NamedTuple):
    """The running tasks, and the agents: id to address."""

    tasks: list[Task]
    agents: dict[str, str]


def parse_state(value: Any) -> MesosState:
    """Reads ``/master/state``; what has another shape is passed over."""
    tasks: list[Task] = []
    for framework in _dicts(value, "frameworks"):
        name = str(framework.get("name", ""))
        tasks += [
            _task(task, name) for task in _dicts(framework, "tasks") if task.get("state") == "TASK_RUNNING"
        ]
    return MesosState(tasks, parse_agents(value))


def parse_agents(value: Any) -> dict[str, str]:
    """The agents of ``/master/state`` or ``/master/slaves``: id to address."""
    found: dict[str, str] = {}
    for agent in _dicts(value, "slaves"):
        pid = str(agent.get("pid", ""))
        address = pid.rpartition("@")[2].rpartition(":")[0] or str(agent.get("hostname", ""))
        if address and agent.get("active", True) is not False:
            found[str(agent.get("id", ""))] = address
    return found


def parse_containers(value: Any) -> list[Task]:
    """The containers of an agent's ``/containers`` that have a network of their own."""
    found: list[Task] = []
    for entry in value if isinstance(value, list) else ():
        if isinstance(entry, dict):
            status = entry.get("status")
            status = status if isinstance(status, dict) else {}
            identity = str(entry.get("container_id", ""))
            networks = _networks([status])
            if networks and not isinstance(entry.get("parent"), dict):
                found.append(
                    Task(
                        identity, identity, str(entry.get("framework_id", "")), "", identity, "ucr", networks
                    )
                )
    return found


def _task(task: dict[str, Any], framework: str) -> Task:
    statuses = [
        status["container_status"]
        for status in _dicts(task, "statuses")
        if isinstance(status.get("container_status"), dict)
    ]
    container: Any = statuses[-1].get("container_id") if statuses else {}
    depth = 0
    while isinstance(container, dict) and isinstance(container.get("parent"), dict) and depth < 32:
        container = container["parent"]
        depth += 1
    kind = task.get("container")
    docker = isinstance(kind, dict) and kind.get("type") == "DOCKER"
    return Task(
        str(task.get("id", "")),
        str(task.get("name", "")),
        framework,
        str(task.get("slave_id", "")),
        str(container.get("value", "")) if isinstance(container, dict) else "",
        "docker" if docker else "ucr",
        _networks(statuses),
    )


def _networks(statuses: list[dict[str, Any]]) -> tuple[TaskNetwork, ...]:
    if not statuses:
        return ()
    return tuple(
        TaskNetwork(
            str(info.get("name") or ""),
            tuple(str(each.get("ip_address", "")) for each in _dicts(info, "ip_addresses")),
        )
        for info in _dicts(statuses[-1], "network_infos")
    )


def _dicts(value: Any, key: str) -> Iterator[dict[str, Any]]:
    entries = value.get(key) if isinstance(value, dict) else None
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict):
            yield entry
