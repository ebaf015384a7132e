from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, document, findings

ID = "invalid-pool-encapsulation"


@pytest.mark.parametrize(
    "text",
    [
        document("IPPool", "{cidr: 10.1.0.0/16, vxlanMode: ▸always}"),
        document("IPPool", "{cidr: 10.1.0.0/16, ipipMode: ▸off}"),
        document("IPPool", "{cidr: 10.1.0.0/16, vxlanMode: Always, ipipMode: ▸CrossSubnet}"),
        document("IPPool", "{cidr: 'fd00::/48', vxlanMode: ▸Always}"),
        document("IPPool", "{cidr: 'fd00::/48', ipipMode: ▸CrossSubnet}"),
        document("IPPool", "{cidr: 10.1.0.0/16, ipip: ▸{enabled: true}}"),
        document("IPPool", "{cidr: 10.1.0.0/16, ipip: {mode: ▸always}}"),
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        document("IPPool", "{cidr: 10.1.0.0/16, vxlanMode: Always}"),
        document("IPPool", "{cidr: 10.1.0.0/16, vxlanMode: '', ipipMode: CrossSubnet}"),
        document("IPPool", "{cidr: 10.1.0.0/16, vxlanMode: Always, ipipMode: Never}"),
        document("IPPool", "{cidr: 'fd00::/48', vxlanMode: Never}"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []
