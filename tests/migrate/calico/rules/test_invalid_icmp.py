from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, findings, rule

ID = "invalid-icmp"


@pytest.mark.parametrize(
    "text",
    [
        rule("action: Allow, protocol: TCP, icmp: ▸{type: 8}"),
        rule("action: Allow, icmp: ▸{}"),
        rule("action: Allow, protocol: 1, icmp: ▸{type: 8}"),
        rule("action: Allow, protocol: ICMP, icmp: {type: ▸255}"),
        rule("action: Allow, protocol: ICMP, icmp: {code: ▸1}"),
        rule("action: Allow, protocol: ICMP, notICMP: {type: 1, code: ▸256}"),
        rule("action: Allow, protocol: ICMP, ipVersion: ▸6"),
        rule("action: Allow, notProtocol: ICMPv6, ipVersion: ▸4"),
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        rule("action: Allow, protocol: ICMP, icmp: {type: 0, code: 255}"),
        rule("action: Allow, protocol: ICMPv6, icmp: {type: 254}, ipVersion: 6"),
        rule("action: Allow, notICMP: {type: 8}"),
        rule("action: Allow, protocol: 1, ipVersion: 6"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []
