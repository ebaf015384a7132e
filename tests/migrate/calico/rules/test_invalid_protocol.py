from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, findings, rule

ID = "invalid-protocol"


@pytest.mark.parametrize(
    "text",
    [
        rule("action: Allow, protocol: ▸tcp"),
        rule("action: Allow, protocol: ▸0"),
        rule("action: Allow, protocol: ▸'0'"),
        rule("action: Allow, protocol: ▸'256'"),
        rule("action: Allow, notProtocol: ▸HTTP"),
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        rule("action: Allow, protocol: TCP"),
        rule("action: Allow, protocol: UDPLite"),
        rule("action: Allow, protocol: ICMPv6"),
        rule("action: Allow, protocol: 6"),
        rule("action: Allow, protocol: '6'"),
        rule("action: Allow, protocol: 255"),
        rule("action: Allow, protocol: '006'"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []
