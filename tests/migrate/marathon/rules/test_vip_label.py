"""VIPs without policy labels."""

from __future__ import annotations

from typing import Any

import pytest

from calico_core.findings import Severity
from tests.migrate.marathon.rules.asked import ON_DCOS, ON_HOST, found, pointers

RULE = "vip-label"
VIP = {"labels": {"VIP_0": "/web:80"}}


def test_works() -> None:
    text = '{"networks": [{"name": "dcos"}], "container": {"portMappings": [\n {"labels": {"VIP_0": "/web:80"}}]}}'
    (finding,) = found(RULE, text)
    assert finding.severity is Severity.INFO
    assert (finding.line, finding.column) == (2, 23)
    assert finding.pointer == "/container/portMappings/0/labels/VIP_0"
    assert finding.message.startswith("VIP_0 works on Calico")


@pytest.mark.parametrize(
    "document,pointer",
    [
        ({**ON_DCOS, "container": {"portMappings": [{}, VIP]}}, "/container/portMappings/1/labels/VIP_0"),
        (
            {"container": {"docker": {"network": "USER", "portMappings": [VIP]}}},
            "/container/docker/portMappings/0/labels/VIP_0",
        ),
        ({"ipAddress": {"discovery": {"ports": [VIP]}}}, "/ipAddress/discovery/ports/0/labels/VIP_0"),
        ({**ON_DCOS, "containers": [{"endpoints": [VIP]}]}, "/containers/0/endpoints/0/labels/VIP_0"),
    ],
)
def test_in_every_place(document: dict[str, Any], pointer: str) -> None:
    assert pointers(RULE, document) == [pointer]


@pytest.mark.parametrize(
    "document",
    [
        {**ON_HOST, "portDefinitions": [VIP]},
        {"networks": [{"name": "other"}], "container": {"portMappings": [VIP]}},
        {**ON_DCOS, "container": {"portMappings": [{"labels": {"vip_0": "a", "MY_VIP_0": "b"}}]}},
        {**ON_DCOS, **VIP},
        {"networks": [{"name": "dcos", "labels": {"a": "b"}}], "container": {"portMappings": [VIP]}},
    ],
    ids=["host", "other-network", "other-labels", "app-labels", "policy-labels"],
)
def test_silent_elsewhere(document: dict[str, Any]) -> None:
    assert found(RULE, document) == []
