"""Who is on which network, by Mesos' own task list: the truth about every framework.

The network's name stands in the task's latest status, copied from the request (apache/mesos
isolators/network/cni/cni.cpp:1488-1515, src/docker/executor.cpp:295-330); for task groups on the executor's
container. Tasks on the host's network or on a bridge have none.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from calico_migrate.cluster.pools import Pools

NO_NETWORK = "(none)"
UNKNOWN = "(unknown)"
_RUNNING = "TASK_RUNNING"

# mesosphere/marathon core/task/Task.scala: RUNSPEC.instance-UUID._app.1, of old RUNSPEC.UUID.
_INSTANCE = re.compile(r"(.+)\.(?:instance|marathon)-[0-9A-Za-z-]+(?:[._].*)?", re.DOTALL)
_LEGACY = re.compile(r"(.+)[._][0-9a-f]{8}-[0-9a-f-]{27}", re.DOTALL)


class Task(NamedTuple):
    """A running task: its id and name, the names of its networks, and its addresses."""

    id: str
    name: str
    networks: tuple[str, ...]
    addresses: tuple[str, ...]

    def labels(self, new: Collection[str], pools: Pools) -> tuple[str, ...]:
        """Under which networks it counts: a new one's name with an address elsewhere is unknown."""
        if not self.networks:
            return (NO_NETWORK,)
        strayed = bool(self.addresses) and not any(map(pools.have, self.addresses))
        return tuple(dict.fromkeys(UNKNOWN if name in new and strayed else name for name in self.networks))

    @property
    def run_spec(self) -> str | None:
        """The id of the app or pod, as a Marathon writes it into the task's id; None for other frameworks."""
        match = _INSTANCE.fullmatch(self.id)
        if match is not None:
            return "/" + match[1].replace("_", "/")
        match = _LEGACY.fullmatch(self.id)
        # Others have ids of this form too; a Marathon's task is called like its app, from the end.
        spec = "/" + match[1].replace("_", "/") if match is not None else None
        return spec if spec == "/" + "/".join(reversed(self.name.split("."))) else None


class Framework(NamedTuple):
    """A framework and its running tasks."""

    id: str
    name: str
    tasks: list[Task]

    def counts(self, new: Collection[str], pools: Pools) -> dict[str, int]:
        """The number of running tasks by network."""
        found: Counter[str] = Counter()
        for task in self.tasks:
            found.update(task.labels(new, pools))
        return dict(sorted(found.items()))


def is_state(value: Any) -> bool:
    """Whether a value has the shape of a master's state."""
    return isinstance(value, dict) and isinstance(value.get("frameworks"), list)


def cluster_name(state: Mapping[str, Any]) -> str | None:
    """The cluster's name, None where it has none."""
    name = state.get("cluster")
    return name if isinstance(name, str) and name else None


def frameworks(state: Mapping[str, Any]) -> list[Framework]:
    """The frameworks of a master's state, sorted by id, with their running tasks."""
    found = [
        Framework(_text(each.get("id")), _text(each.get("name")), list(_tasks(each)))
        for each in _objects(state.get("frameworks"))
        if isinstance(each.get("id"), str)
    ]
    return sorted(found, key=lambda framework: framework.id)


def frameworks_of(answer: Any) -> list[Framework] | None:
    """The frameworks of what a master answered; None where that is no state."""
    return frameworks(answer) if is_state(answer) else None


def framework_called(state: Mapping[str, Any], name: str) -> str | None:
    """The id of the one framework with this name, None where there are none or several."""
    found = [framework.id for framework in frameworks(state) if framework.name == name]
    return found[0] if len(found) == 1 else None


def _tasks(framework: Mapping[str, Any]) -> Iterator[Task]:
    executors: dict[str, Any] | None = None
    counted: set[str] = set()
    for task in _objects(framework.get("tasks")):
        identity = _text(task.get("id"))
        # A task is one, however often it is listed.
        if task.get("state") != _RUNNING or (identity and identity in counted):
            continue
        counted.add(identity)
        reported = _network_infos(_latest(task).get("container_status"))
        names = _names(reported) or _names(_network_infos(task.get("container")))
        if not names and task.get("executor_id"):
            if executors is None:
                executors = {
                    _text(each.get("executor_id") or each.get("id")): each.get("container")
                    for each in _objects(framework.get("executors"))
                }
            names = _names(_network_infos(executors.get(_text(task.get("executor_id")))))
        yield Task(identity, _text(task.get("name")), names, _addresses(reported))


def _latest(task: Mapping[str, Any]) -> Mapping[str, Any]:
    """The latest running status; statuses come in no certain order."""
    statuses = task.get("statuses")
    if not isinstance(statuses, list):
        return {}
    running = [
        each for each in statuses if isinstance(each, dict) and each.get("state", _RUNNING) == _RUNNING
    ]
    if len(running) == 1:
        return running[0]
    return max(running, key=_timestamp, default={})


def _timestamp(status: Mapping[str, Any]) -> float:
    value = status.get("timestamp")
    return float(value) if isinstance(value, (int, float)) else 0.0


def _network_infos(container: Any) -> list[Mapping[str, Any]]:
    infos = container.get("network_infos") if isinstance(container, dict) else None
    return [each for each in infos if isinstance(each, dict)] if isinstance(infos, list) else []


def _names(infos: list[Mapping[str, Any]]) -> tuple[str, ...]:
    names = [info["name"] for info in infos if info.get("name") and isinstance(info["name"], str)]
    return tuple(dict.fromkeys(names)) if len(names) > 1 else tuple(names)


def _addresses(infos: list[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple([
        address["ip_address"]
        for info in infos
        for address in _objects(info.get("ip_addresses"))
        if isinstance(address.get("ip_address"), str)
    ])  # fmt: skip


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    return (each for each in value if isinstance(each, dict)) if isinstance(value, list) else iter(())


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
