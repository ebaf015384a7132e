from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, document, findings, rule

ID = "invalid-selector"


@pytest.mark.parametrize(
    "text",
    [
        document("NetworkPolicy", "{selector: ▸role = 'a'}"),
        document("NetworkPolicy", "{selector: ▸global()}"),
        document("GlobalNetworkPolicy", "{namespaceSelector: ▸a b}"),
        document("NetworkPolicy", "{serviceAccountSelector: ▸x y}"),
        document("IPPool", "{cidr: 10.1.0.0/16, nodeSelector: ▸rack=r1}"),
        rule("action: Allow, source: {notSelector: ▸role == a}"),
        rule("action: Allow, source: {serviceAccounts: {selector: ▸role == a}}"),
        rule("action: Allow, destination: {namespaceSelector: ▸x y}"),
        document("NetworkPolicy", "\n  selector: ▸|\n    has(a)"),
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        document("NetworkPolicy", "{selector: all()}"),
        document("IPPool", "{cidr: 10.1.0.0/16}"),
        document("NetworkPolicy", "{selector: ''}"),
        document("NetworkPolicy", "{selector: '!has(a)'}"),
        document("NetworkPolicy", "\n  selector: >-\n    has(a) &&\n    has(b)"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []


def test_a_line_break_is_explained() -> None:
    (finding,) = findings(document("NetworkPolicy", '{selector: "has(a)\\n"}'), ID)
    assert ">-" in finding.message
