"""The Mesos master's state, consistent with the tasks of the Marathon and of other frameworks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.support.standin.cluster import Cluster, Spec
    from tests.support.standin.tasks import Task


def state(cluster: Cluster) -> dict[str, Any]:
    """``/mesos/state``."""
    frameworks: list[dict[str, Any]] = [
        {
            "id": cluster.framework,
            "name": "marathon",
            "active": True,
            "tasks": [
                entry
                for spec in cluster.specs.values()
                for task in spec.tasks
                for entry in _entries(spec, task)
            ],
            "executors": [],
        }
    ]
    for path, inner in cluster.marathons.items():
        (own,) = state(inner)["frameworks"][:1]
        frameworks.append({**own, "name": path})
    frameworks += [
        {
            "id": other.id,
            "name": other.name,
            "active": True,
            "tasks": [
                _entry(identity, name, "TASK_RUNNING", network, address)
                for identity, name, network, address in other.tasks
            ],
        }
        for other in cluster.others
    ]
    frameworks += [
        {
            "id": scheduler.framework,
            "name": scheduler.service,
            "active": True,
            "tasks": [
                _entry(pod.task, pod.name, "TASK_RUNNING", pod.network, pod.address) for pod in scheduler.pods
            ],
        }
        for scheduler in cluster.schedulers.values()
    ]
    # master/http.cpp, FullFrameworkWriter and model(Task): what a client of the whole state relies on.
    for framework in frameworks:
        framework.update({"completed_tasks": [], "user": "root", "executors": framework.get("executors", [])})
        for task in framework["tasks"]:
            task.update({"framework_id": framework["id"], "executor_id": "", "resources": {}})
    return {
        "cluster": cluster.name,
        "version": "1.11.0",
        "frameworks": frameworks,
        "slaves": [{"id": "S0", "hostname": "10.0.0.2", "active": True}],
        "completed_frameworks": [],
        "unregistered_frameworks": [],
    }


def _entries(spec: Spec, task: Task) -> list[dict[str, Any]]:
    state = "TASK_RUNNING" if task.running else "TASK_STAGING"
    name = ".".join(reversed(spec.id[1:].split("/")))
    if spec.kind == "app":
        return [_entry(task.id, name, state, task.network, task.address)]
    return [
        _entry(task.container_id(each["name"]), each["name"], state, task.network, task.address)
        for each in spec.body["containers"]
    ]


def _entry(identity: str, name: str, state: str, network: str | None, address: str | None) -> dict[str, Any]:
    info: dict[str, Any] = {"ip_addresses": [{"ip_address": address, "protocol": "IPv4"}] if address else []}
    if network is not None:
        info["name"] = network
    status = {
        "state": state,
        "timestamp": 1790000000.5,
        "container_status": {"container_id": {"value": f"c-{identity}"}, "network_infos": [info]},
    }
    return {
        "id": identity,
        "name": name,
        "state": state,
        "slave_id": "S0",
        "statuses": [{"state": "TASK_STARTING", "timestamp": 1780000000.5}, status],
    }
