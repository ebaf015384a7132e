from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, document, findings

ID = "invalid-policy-options"


@pytest.mark.parametrize(
    "text",
    [
        document("GlobalNetworkPolicy", "{preDNAT: ▸true}"),
        document("GlobalNetworkPolicy", "{doNotTrack: ▸true}"),
        document("GlobalNetworkPolicy", "{preDNAT: ▸true, doNotTrack: true, applyOnForward: true}"),
        document("GlobalNetworkPolicy", "{preDNAT: true, applyOnForward: true, egress: ▸[{action: Allow}]}"),
        document("GlobalNetworkPolicy", "{preDNAT: true, applyOnForward: true, types: ▸[Egress]}"),
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        document("GlobalNetworkPolicy", "{preDNAT: true, applyOnForward: true, ingress: [{action: Deny}]}"),
        document("GlobalNetworkPolicy", "{doNotTrack: yes, applyOnForward: on, egress: [{action: Allow}]}"),
        document("GlobalNetworkPolicy", "{preDNAT: false}"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []
