from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, document, findings

ID = "invalid-policy-types"


@pytest.mark.parametrize(
    "text",
    [
        document("NetworkPolicy", "{types: [▸ingress]}"),
        document("NetworkPolicy", "{types: [Ingress, ▸Ingress]}"),
        document("GlobalNetworkPolicy", "{types: [Egress, Ingress, ▸Egress]}"),
        document("GlobalNetworkPolicy", "{types: [▸~]}"),
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        document("NetworkPolicy", "{types: [Ingress, Egress]}"),
        document("NetworkPolicy", "{types: []}"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []
