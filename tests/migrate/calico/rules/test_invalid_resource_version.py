from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import document, findings

ID = "invalid-resource-version"


@pytest.mark.parametrize(
    "text",
    [
        document("IPPool", "{cidr: 10.1.0.0/16}", "{name: a, resourceVersion: '12'}"),
    ],
)
def test_it_is_found(text: str) -> None:
    assert findings(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        document("NetworkPolicy", "{selector: all()}"),
        document("IPPool", "{cidr: 10.1.0.0/16}"),
        document("IPPool", "{cidr: 10.1.0.0/16}", "{name: a, resourceVersion: ''}"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []
