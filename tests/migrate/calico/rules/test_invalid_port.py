from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, findings, rule

ID = "invalid-port"


@pytest.mark.parametrize(
    "text",
    [
        rule("action: Allow, protocol: TCP, destination: {ports: [▸0]}"),
        rule("action: Allow, protocol: TCP, destination: {ports: [▸'65536']}"),
        rule("action: Allow, protocol: TCP, destination: {ports: [▸'0:456']}"),
        rule("action: Allow, protocol: TCP, destination: {ports: [▸'200:100']}"),
        rule("action: Allow, protocol: TCP, destination: {ports: [▸80-90]}"),
        rule("action: Allow, protocol: TCP, destination: {ports: [▸'80:']}"),
        rule("action: Allow, protocol: TCP, destination: {ports: [▸'8080/tcp']}"),
        rule("action: Allow, protocol: TCP, destination: {ports: [▸UPPER]}"),
        rule("action: Allow, protocol: TCP, destination: {ports: [▸~]}"),
        rule("action: Allow, protocol: TCP, destination: {ports: ['1' , ▸'--']}"),
        rule("action: Allow, protocol: TCP, destination: {ports: [▸80:59]}"),
        rule("action: Allow, destination: {ports: ▸[80]}"),
        rule("action: Allow, protocol: ICMP, source: {notPorts: ▸[80]}"),
        rule("action: Allow, protocol: UDPLite, source: {ports: ▸[80]}"),
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        rule("action: Allow, protocol: TCP, destination: {ports: [80, '1:65535', http, '080', 0x50, 1_000]}"),
        rule("action: Allow, protocol: UDP, destination: {ports: [80, '1:65535', http, '080', 0x50, 1_000]}"),
        rule(
            "action: Allow, protocol: SCTP, destination: {ports: [80, '1:65535', http, '080', 0x50, 1_000]}"
        ),
        rule("action: Allow, protocol: 6, destination: {ports: [80, '1:65535', http, '080', 0x50, 1_000]}"),
        rule(
            "action: Allow, protocol: '17', destination: {ports: [80, '1:65535', http, '080', 0x50, 1_000]}"
        ),
        rule("action: Allow, protocol: 132, destination: {ports: [80, '1:65535', http, '080', 0x50, 1_000]}"),
        rule("action: Allow, destination: {ports: []}"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []
