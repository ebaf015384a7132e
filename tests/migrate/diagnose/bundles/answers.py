"""What Marathon and Mesos answer about the services of a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.migrate.diagnose.bundles.cluster import App, Cluster, Container, Node


def app_of(app: App) -> dict[str, object]:
    """An app as Marathon answers with it."""
    found: dict[str, object] = {
        "id": app.id,
        "cmd": "sleep 1000",
        "instances": app.instances,
        "cpus": 0.1,
        "mem": 32,
    }
    if app.network == "host":
        return {**found, "networks": [{"mode": "host"}]}
    network: dict[str, object] = {"mode": "container", "name": app.network}
    container: dict[str, object] = {
        "type": "DOCKER" if app.runtime == "docker" else "MESOS",
        "docker": {"image": "x"},
    }
    if app.labels and app.runtime == "ucr":
        network["labels"] = app.labels
    elif app.labels:
        container["docker"] = {
            "image": "x",
            "parameters": [
                {"key": "label", "value": f"org.projectcalico.label.{key}={value}"}
                for key, value in app.labels.items()
            ],
        }
    if app.vip or app.host_port is not None:
        mapping: dict[str, object] = {"containerPort": 80}
        mapping |= {"labels": {"VIP_0": app.vip}} if app.vip else {}
        mapping |= {"hostPort": app.host_port} if app.host_port is not None else {}
        container["portMappings"] = [mapping]
    return {**found, "container": container, "networks": [network]}


def tasks_of(cluster: Cluster) -> Iterator[dict[str, object]]:
    """The running tasks as the master answers with them."""
    for each in cluster.containers:
        app = next(app for app in cluster.apps if app.id == each.app)
        yield _task(each.app, each.number, each.node, each.container_id, app.task_network or "calico",
                    "9.0.21.7" if app.task_network else each.address, each.runtime)  # fmt: skip
    number = 100
    for app in cluster.apps:
        if app.network == "calico":
            continue
        for _ in range(app.instances):
            node = cluster.agents[number % 5]
            address = node.address if app.network == "host" else f"9.0.{node.block}.{number}"
            name = "" if app.network == "host" else app.network
            yield _task(
                app.id, number, node, f"c0ffee00-0000-4000-9000-{number:012d}", name, address, app.runtime
            )
            number += 1


def _task(
    app: str, number: int, node: Node, container: str, network: str, address: str, runtime: str
) -> dict[str, object]:
    info: dict[str, object] = {
        "ip_addresses": [{"ip_address": address}],
        **({"name": network} if network else {}),
    }
    return {
        "id": f"{app.strip('/').replace('/', '_')}.11111111-2222-3333-4444-{number:012d}",
        "name": ".".join(reversed(app.strip("/").split("/"))),
        "slave_id": f"S{node.block}",
        "state": "TASK_RUNNING",
        "container": {"type": "DOCKER" if runtime == "docker" else "MESOS"},
        "statuses": [{"state": "TASK_RUNNING", "container_status": {
            "container_id": {"value": container}, "network_infos": [info]}}],
    }  # fmt: skip


def container_of(each: Container) -> dict[str, object]:
    """A container as its agent answers with it."""
    info = {"name": "calico", "ip_addresses": [{"ip_address": each.address}]}
    return {"container_id": each.container_id, "framework_id": "F1", "status": {"network_infos": [info]}}
