"""Profiles and policies."""

from __future__ import annotations

import pytest

from tests.migrate.diagnose.bundles.cluster import Cluster
from tests.migrate.diagnose.bundles.resources import resource
from tests.migrate.diagnose.planting import Fault, cases, check


def _policy(cluster: Cluster, selector: str, source: str = "role == 'web'", name: str = "db") -> None:
    spec: dict[str, object] = {
        "ingress": [{"action": "Allow", "destination": {}, "source": {"selector": source}}],
        "selector": selector,
        "types": ["Ingress"],
    }
    cluster.policies.append(resource("NetworkPolicy", name, spec, namespace="default"))


def _other_profile(cluster: Cluster) -> None:
    cluster.containers[0].profiles = ["net2"]


def _mangled(cluster: Cluster) -> None:
    cluster.apps[1].labels = {"example.com/role": "db"}
    for each in cluster.containers:
        if each.app == cluster.apps[1].id:
            each.labels = {"example.com.role": "db"}
    _policy(cluster, "example.com/role == 'db'")


def _unlabelled(cluster: Cluster) -> None:
    cluster.containers[0].labels = {}


def _vip(cluster: Cluster) -> None:
    cluster.apps[1].vip = "/api:80"
    _policy(cluster, "role == 'api'")


def _admits_nobody(cluster: Cluster) -> None:
    cluster.profiles["web"] = {
        "egress": [{"action": "Allow", "destination": {}, "source": {}}],
        "ingress": [{"action": "Allow", "destination": {}, "source": {"selector": "has(web)"}}],
    }


def _selects_everything(cluster: Cluster) -> None:
    rule = {"action": "Allow", "destination": {}, "source": {}}
    spec: dict[str, object] = {"ingress": [rule], "selector": "all()", "types": ["Ingress"]}
    cluster.global_policies.append(resource("GlobalNetworkPolicy", "everything", spec))


@pytest.mark.parametrize(
    "fault",
    cases(
        Fault("endpoint-profile-missing", _other_profile, (21,), evidence="profiles"),
        Fault("endpoint-profile-missing", lambda cluster: cluster.profiles.clear()),
        Fault("profile-admits-nobody", _admits_nobody, evidence="has(web)"),
        Fault(
            "policy-selects-no-endpoint", lambda cluster: _policy(cluster, "rolle == 'db'"), evidence="rolle"
        ),
        Fault("endpoint-without-labels", _unlabelled, (21,)),
        Fault("policy-uses-other-label-spelling", _mangled, evidence="example.com/role"),
        Fault("vip-blocked-by-policy", _vip),
        Fault("global-policy-may-cut-hosts", _selects_everything, evidence="all()"),
        Fault(
            "resource-ignored-by-felix",
            lambda cluster: cluster.felix(
                cluster.node(21),
                "felix/validation_filter.go 65: Validation failed; treating as missing error=x key=Policy(name=x)",
            ),
            (21,),
        ),
        Fault(
            "endpoint-profile-unexpected",
            lambda cluster: cluster.set(cluster.containers[0], profiles=[]),
            (21,),
        ),
    ),
)
def test_it_is_found(fault: Fault) -> None:
    check(fault)
