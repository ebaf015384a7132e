from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, document, findings, rule

ID = "invalid-net"


@pytest.mark.parametrize(
    "text",
    [
        rule("action: Allow, source: {nets: [▸10.0.0.1]}"),
        rule("action: Allow, source: {nets: [▸10.0.0.1/8]}"),
        rule("action: Allow, source: {nets: [▸10.0.0.0/33]}"),
        rule("action: Allow, source: {nets: [▸x]}"),
        rule("action: Allow, source: {nets: [▸~]}"),
        rule("action: Allow, source: {nets: [10.0.0.0/8], notNets: ▸['fd00::/8']}"),
        rule("action: Allow, ipVersion: ▸5"),
        rule("action: Allow, ipVersion: 4, source: {nets: ▸['fd00::/8']}"),
        rule("action: Allow, source: {nets: [10.0.0.0/8]}, destination: {nets: ▸['fd00::/8']}"),
        document("NetworkSet", "{nets: [▸10.0.0.0/33]}"),
        document("GlobalNetworkSet", "{nets: [▸'']}"),
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        rule("action: Allow, ipVersion: 4, source: {nets: [10.0.0.0/8, 0.0.0.0/0, 010.1.0.0/16]}"),
        rule("action: Allow, source: {nets: ['::/0']}"),
        document("NetworkSet", "{nets: [10.0.0.1/8, 10.0.0.1, 'fd00::1']}"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []
