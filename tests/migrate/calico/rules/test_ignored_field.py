from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, document, findings

ID = "ignored-field"


@pytest.mark.parametrize(
    "text",
    [
        document("IPPool", "{cidr: 10.1.0.0/16, ipip: ▸{enabled: true, mode: Always}}"),
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        document("IPPool", "{cidr: 10.1.0.0/16}"),
        document("IPPool", "{cidr: 10.1.0.0/16, ipip: ~}"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []
