from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, document, findings

ID = "invalid-label"


@pytest.mark.parametrize(
    "text",
    [
        document("Profile", "{labelsToApply: {a: ▸x/y}}"),
        document("Profile", "{labelsToApply: {a: ▸" + "x" * 64 + "}}"),
        document("Profile", "{labelsToApply: {/a: ▸b}}"),
        document("Profile", "{labelsToApply: {UPPER/a: ▸b}}"),
        document("IPPool", "{cidr: 10.1.0.0/16}", "{name: a, labels: {a: ▸b c}}"),
        document("NetworkSet", "{}", "{name: a, labels: {projectcalico.org/namespace: ▸x}}"),
        document("GlobalNetworkSet", "{}", "{name: a, labels: {projectcalico.org/namespace: ▸x}}"),
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        document("NetworkPolicy", "{selector: all()}"),
        document("IPPool", "{cidr: 10.1.0.0/16}"),
        document("Profile", "{labelsToApply: {a: '', example.com/b: C_d.e-f, yes: 1.10}}"),
        document("NetworkPolicy", "{}", "{name: a, labels: {projectcalico.org/namespace: x}}"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []
