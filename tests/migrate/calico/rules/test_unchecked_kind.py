from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, document, findings

ID = "unchecked-kind"


@pytest.mark.parametrize(
    "text",
    [
        "▸" + document("Node", "{anything: true}"),
        "▸" + document("BGPPeer", "{anything: true}"),
        "▸" + document("BGPConfiguration", "{anything: true}"),
        "▸" + document("ClusterInformation", "{anything: true}"),
        "▸" + document("WorkloadEndpoint", "{anything: true}"),
        "▸" + document("KubeControllersConfiguration", "{anything: true}"),
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        document("NetworkPolicy", "{selector: all()}"),
        document("IPPool", "{cidr: 10.1.0.0/16}"),
        document("Tier", "{}"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []
