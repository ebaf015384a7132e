from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, document, findings, rule

ID = "other-case"


@pytest.mark.parametrize(
    "text",
    [
        document("IPPool", "{▸CIDR: 10.1.0.0/16}"),
        rule("▸Action: Allow"),
        document("IPPool", "{cidr: 10.1.0.0/16, ▸nodeſelector: all()}"),
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        document("NetworkPolicy", "{selector: all()}"),
        document("IPPool", "{cidr: 10.1.0.0/16}"),
        document("Profile", "{labelsToApply: {A: b}}"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []
