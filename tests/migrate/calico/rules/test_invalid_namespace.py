from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, document, findings

ID = "invalid-namespace"


@pytest.mark.parametrize(
    "text",
    [
        document("IPPool", "{cidr: 10.1.0.0/16}", "{name: a, namespace: ▸default}"),
        document("GlobalNetworkSet", "{}", "{name: a, namespace: ▸x}"),
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        document("NetworkPolicy", "{selector: all()}"),
        document("IPPool", "{cidr: 10.1.0.0/16}"),
        document("NetworkPolicy", "{}", "{name: a, namespace: other}"),
        document("NetworkSet", "{}", "{name: a, namespace: default}"),
        document("IPPool", "{cidr: 10.1.0.0/16}", '{name: a, namespace: ""}'),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []
