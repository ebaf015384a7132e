from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, document, findings, rule

ID = "invalid-annotation"


@pytest.mark.parametrize(
    "text",
    [
        document("IPPool", "{cidr: 10.1.0.0/16}", "{name: a, annotations: {what is this: ▸x}}"),
        document("IPPool", "{cidr: 10.1.0.0/16}", "{name: a, annotations: ▸{note: " + "x" * 262_141 + "}}"),
        rule("action: Allow, metadata: {annotations: {a/b/c: ▸x}}"),
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        document("NetworkPolicy", "{selector: all()}"),
        document("IPPool", "{cidr: 10.1.0.0/16}"),
        document(
            "IPPool", "{cidr: 10.1.0.0/16}", "{name: a, annotations: {Example.COM/Note: any text at all}}"
        ),
        document("IPPool", "{cidr: 10.1.0.0/16}", "{name: a, annotations: {note: " + "x" * 262_140 + "}}"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []
