from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, document, findings, rule

ID = "invalid-action"


@pytest.mark.parametrize(
    "text",
    [
        rule("action: ▸allow"),
        document("NetworkPolicy", "{ingress: [▸{protocol: TCP}]}"),
        document("NetworkPolicy", "{ingress: [▸{action: ~}]}"),
        rule("action: ▸Drop", "Profile"),
        document("NetworkPolicy", "{egress: [▸~]}"),
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        rule("action: Allow"),
        rule("action: Deny"),
        rule("action: Log"),
        rule("action: Pass"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []


def test_the_spelling_is_suggested() -> None:
    (finding,) = findings(rule("action: deny"), ID)
    assert "'Deny'" in finding.message
