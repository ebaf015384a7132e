"""How far the migration is."""

from __future__ import annotations

import pytest

from tests.migrate.diagnose.bundles.cluster import App, Cluster
from tests.migrate.diagnose.bundles.resources import resource
from tests.migrate.diagnose.planting import Fault, cases, check


def _stays(cluster: Cluster) -> None:
    cluster.apps[0].task_network = "dcos"
    for each in cluster.containers:
        if each.app == cluster.apps[0].id:
            each.has_endpoint = False


def _half_moved(cluster: Cluster) -> None:
    cluster.apps.append(App("/shop/late", "dcos"))
    spec: dict[str, object] = {
        "ingress": [{"action": "Allow", "destination": {}, "source": {"selector": "role == 'web'"}}],
        "selector": "role == 'api'",
        "types": ["Ingress"],
    }
    cluster.policies.append(resource("NetworkPolicy", "api", spec, namespace="default"))


@pytest.mark.parametrize(
    "fault",
    cases(
        Fault("migration-progress", lambda cluster: None),
        Fault("migration-progress", lambda cluster: None, release="1.13.9"),
        Fault("task-still-on-overlay", _stays, evidence="dcos"),
        Fault("overlay-peer-behind-policy", _half_moved),
        Fault("docker-app-with-host-port", lambda cluster: cluster.set(cluster.apps[2], host_port=8080)),
        Fault(
            "overlay-broken",
            lambda cluster: cluster.replace(
                cluster.node(21), "5051-overlay-agent_overlay.json", "STATUS_OK", "STATUS_FAILED"
            ),
            (21,),
        ),
        Fault("room-for-the-rest", lambda cluster: None),
    ),
)
def test_it_is_found(fault: Fault) -> None:
    check(fault)
