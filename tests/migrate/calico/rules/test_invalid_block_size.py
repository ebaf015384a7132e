from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, document, findings

ID = "invalid-block-size"


@pytest.mark.parametrize(
    "text",
    [
        document("IPPool", "{cidr: 10.1.0.0/16, blockSize: ▸19}"),
        document("IPPool", "{cidr: 10.1.0.0/16, blockSize: ▸33}"),
        document("IPPool", "{cidr: 10.1.0.0/16, blockSize: ▸-1}"),
        document("IPPool", "{cidr: 'fd00::/48', blockSize: ▸26}"),
        document("IPPool", "{cidr: 'fd00::/48', blockSize: ▸115}"),
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        document("IPPool", "{cidr: 10.1.0.0/16, blockSize: 20}"),
        document("IPPool", "{cidr: 10.1.0.0/16, blockSize: 32}"),
        document("IPPool", "{cidr: 10.1.0.0/16, blockSize: 0}"),
        document("IPPool", "{cidr: 'fd00::/48', blockSize: 128}"),
        document("IPPool", "{cidr: 10.1.0.0/16, blockSize: 032}"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []
