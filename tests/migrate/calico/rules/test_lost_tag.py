from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, document, findings, rule

ID = "lost-tag"


@pytest.mark.parametrize(
    "text",
    [
        document("NetworkPolicy", "{}", "{name: a, labels: {note: ▸!important }}"),
        document("NetworkPolicy", "{}", "{name: ▸!x a}"),
        rule("action: Allow, protocol: ▸!x TCP"),
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        document("NetworkPolicy", "{}", "{name: !!str a}"),
        document("NetworkPolicy", "{selector: !has(a) }"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []
