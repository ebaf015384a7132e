from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, document, findings

ID = "invalid-pool-range"


@pytest.mark.parametrize(
    "text",
    [
        document("IPPool", "▸{}"),
        document("IPPool", "{cidr: ▸~}"),
        document("IPPool", "{cidr: ▸10.1.0.0}"),
        document("IPPool", "{cidr: ▸10.1.0.7/16}"),
        document("IPPool", "{cidr: ▸10.1/16}"),
        document("IPPool", "{cidr: ▸10.1.0.0/33}"),
        document("IPPool", "{cidr: ▸169.254.9.0/24}"),
        document("IPPool", "{cidr: ▸0.0.0.0/0}"),
        document("IPPool", "{cidr: ▸'fe80::/64'}"),
        document("IPPool", "{cidr: ▸10.1.0.0/28}"),
        document("IPPool", "{cidr: ▸'fd00::/123'}"),
        document("IPPool", "{cidr: ▸10.1.0.0/24, blockSize: 20}"),
        document("IPPool", "{cidr: ▸'::ffff:10.1.0.0/112'}"),
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        document("IPPool", "{cidr: 10.1.0.0/16}"),
        document("IPPool", "{cidr: 10.1.0.0/28, blockSize: 28}"),
        document("IPPool", "{cidr: 10.1.0.0/28, disabled: true}"),
        document("IPPool", "{cidr: 'fd00::/48'}"),
        document("IPPool", "{cidr: 010.1.0.0/016}"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []
