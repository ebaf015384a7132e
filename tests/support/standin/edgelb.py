"""Edge-LB: its pools, each of which is a service of the SDK that the API's server updates in its own time.

services/api/edge-lb.yaml of the documentation has the paths and the members of a pool; how the server updates the
scheduler is not public, so that the time until it does so can be set (``Cluster.pool_lag``).
"""

from __future__ import annotations

import copy
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.support.standin.faults import Answered

if TYPE_CHECKING:
    from tests.support.standin.cluster import Cluster

NAMESPACE = "dcos-edgelb/pools"


@dataclass
class Stored:
    """A pool, and when its scheduler learns of it (None: it knows)."""

    body: dict[str, Any]
    due: float | None = None


def network(pool: dict[str, Any]) -> str | None:
    """The network of a pool's load balancers, None for the host's."""
    networks = pool.get("virtualNetworks") or []
    return str(networks[0]["name"]) if networks else None


def app(pool: dict[str, Any]) -> dict[str, Any]:
    """The app of a pool's scheduler."""
    service = f"{pool.get('namespace') or NAMESPACE}/{pool['name']}"
    name = network(pool)
    return {
        "id": f"/{service}",
        "cmd": "./scheduler",
        "instances": 1,
        "cpus": 0.9,
        "mem": 992,
        "networks": [{"mode": "host"}],
        "labels": {
            "DCOS_PACKAGE_NAME": "edgelb-pool",
            "DCOS_COMMONS_API_VERSION": "v1",
            "DCOS_SERVICE_NAME": service,
            "DCOS_PACKAGE_FRAMEWORK_NAME": service,
        },
        "env": {"FRAMEWORK_NAME": service} | ({"VIRTUAL_NETWORK_NAME": name} if name is not None else {}),
        "upgradeStrategy": {"minimumHealthCapacity": 0, "maximumOverCapacity": 0},
    }


def advance(cluster: Cluster) -> None:
    """Gives to schedulers what they should know by now."""
    from tests.support.standin import answers

    for stored in cluster.pools.values():
        if stored.due is not None and time.monotonic() >= stored.due:
            stored.due = None
            wanted = app(stored.body)
            answers.replace(cluster, wanted["id"], wanted)


def answer(cluster: Cluster, method: str, path: str, body: bytes) -> Answered:
    """The answer below ``/service/edgelb``."""
    if path == "/v2/pools" and method == "GET":
        return _given(200, [copy.deepcopy(each.body) for each in cluster.pools.values()])
    stored = cluster.pools.get(path.removeprefix("/v2/pools/"))
    if stored is None:
        return _given(404, {"code": 404, "message": "pool not found"})
    if method == "PUT":
        pool = json.loads(body)
        if pool.get("name") != stored.body["name"]:
            return _given(400, {"code": 400, "message": "the names differ"})
        if pool != stored.body:
            stored.body = pool
            stored.due = time.monotonic() + cluster.pool_lag
            cluster.pool_updates += 1
    return _given(200, copy.deepcopy(stored.body))


def _given(status: int, document: Any) -> Answered:
    return Answered(status, {"Content-Type": "application/json"}, json.dumps(document).encode())
