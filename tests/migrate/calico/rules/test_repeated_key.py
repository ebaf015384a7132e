from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, document, findings

ID = "repeated-key"


@pytest.mark.parametrize(
    "text",
    [
        document("NetworkPolicy", "{selector: a, ▸selector: all()}"),
        document("NetworkPolicy", "{Selector: a, ▸selector: all()}"),
        document("Profile", "{labelsToApply: {true: a, ▸yes: b}}"),
        document("NetworkPolicy", "{}") + "▸spec: {}\n",
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        document("NetworkPolicy", "{selector: all()}"),
        document("IPPool", "{cidr: 10.1.0.0/16}"),
        document("NetworkPolicy", "{<<: {selector: all()}, selector: has(a)}"),
        document("Profile", "{labelsToApply: {a: b, A: b}}"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []


def test_the_last_one_counts() -> None:
    text = document("NetworkPolicy", "{selector: x y, selector: all()}")
    assert [finding.rule for finding in findings(text, "invalid-selector")] == []
