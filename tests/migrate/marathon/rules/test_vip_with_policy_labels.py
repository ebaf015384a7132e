"""VIPs of apps with policy labels."""

from __future__ import annotations

import json
from typing import Any

import pytest

from calico_core.findings import Severity
from tests.migrate.marathon.rules.asked import found, pointers

RULE = "vip-with-policy-labels"
LABELLED = {"networks": [{"name": "dcos", "labels": {"role": "web"}}]}
VIP = {"labels": {"VIP_0": "/web:80"}}
PARAMETERS = [{"key": "label", "value": "org.projectcalico.label.role=web"}]


def test_policies_see_another_address() -> None:
    app = {**LABELLED, "container": {"type": "MESOS", "portMappings": [VIP]}}
    (finding,) = found(RULE, app)
    assert finding.severity is Severity.WARNING
    assert finding.pointer == "/container/portMappings/0/labels/VIP_0"
    assert (finding.line, finding.column) == (1, json.dumps(app).index('"/web:80"') + 1)
    assert finding.message.startswith("connections through VIP_0 reach a policy with the address of an agent")
    assert found("vip-label", app) == []


def test_labels_of_docker_and_of_pods() -> None:
    docker = {"docker": {"parameters": PARAMETERS}, "portMappings": [VIP]}
    assert pointers(RULE, {"networks": [{"name": "dcos"}], "container": docker}) == [
        "/container/portMappings/0/labels/VIP_0"
    ]
    assert pointers(RULE, {**LABELLED, "containers": [{"endpoints": [VIP]}]}) == [
        "/containers/0/endpoints/0/labels/VIP_0"
    ]


@pytest.mark.parametrize(
    "document",
    [
        {"networks": [{"name": "dcos"}], "container": {"portMappings": [VIP]}},
        {"networks": [{"name": "dcos"}], "labels": {"role": "web"}, "container": {"portMappings": [VIP]}},
        {"networks": [{"name": "other", "labels": {"a": "b"}}], "container": {"portMappings": [VIP]}},
        LABELLED,
    ],
    ids=["no-policy-labels", "app-labels", "other-network", "no-vip"],
)
def test_silent_elsewhere(document: dict[str, Any]) -> None:
    assert found(RULE, document) == []
