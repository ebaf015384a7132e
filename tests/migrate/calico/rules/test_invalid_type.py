from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, document, findings, rule

ID = "invalid-type"


@pytest.mark.parametrize(
    "text",
    [
        document("IPPool", "{cidr: 10.1.0.0/16, natOutgoing: ▸'true'}"),
        document("NetworkPolicy", "{types: ▸Ingress}"),
        document("NetworkPolicy", "{order: ▸'10'}"),
        document("NetworkPolicy", "{order: ▸yes}"),
        document("NetworkPolicy", "{ingress: ▸{action: Allow}}"),
        document("NetworkPolicy", "▸[]"),
        document("IPPool", "{cidr: 10.1.0.0/16, blockSize: ▸26.5}"),
        rule("action: Allow, protocol: ▸-1"),
        rule("action: Allow, protocol: ▸true"),
        rule("action: Allow, protocol: TCP, destination: {ports: ▸80}"),
        rule("action: Allow, protocol: TCP, destination: {ports: [▸80.5]}"),
        rule("action: Allow, protocol: TCP, destination: {ports: [▸[80]]}"),
        document("Profile", "{labelsToApply: ▸[a]}"),
        document("FelixConfiguration", "{reportingInterval: ▸30}"),
        document("FelixConfiguration", "{reportingInterval: ▸30 s}"),
        document("FelixConfiguration", "{iptablesMarkMask: ▸4294967296}"),
        document("NetworkPolicy", "{}", "{name: ▸[a]}"),
        document("NetworkPolicy", "{}", "{name: a, creationTimestamp: ▸yesterday}"),
        document("NetworkPolicy", "{}", "{name: a, creationTimestamp: ▸'2019-02-29T12:00:00Z'}"),
        "- apiVersion: projectcalico.org/v3\n  kind: Profile\n  metadata: {name: ▸12}\n",
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        document("NetworkPolicy", "{selector: all()}"),
        document("IPPool", "{cidr: 10.1.0.0/16}"),
        document("NetworkPolicy", "{order: 10, types: [], ingress: null}"),
        document("IPPool", "{cidr: 10.1.0.0/16, natOutgoing: on, blockSize: 26.0}"),
        document(
            "FelixConfiguration", "{reportingInterval: 30s, reportingTTL: 1h30m, routeRefreshInterval: '0'}"
        ),
        document("NetworkPolicy", "{}", "{name: 12, creationTimestamp: 2020-02-29T12:00:00Z}"),
        rule("action: Allow, protocol: TCP, destination: {ports: [80.0]}"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []
