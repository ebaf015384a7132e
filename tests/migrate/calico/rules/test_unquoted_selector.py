from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, document, findings, rule

ID = "unquoted-selector"


@pytest.mark.parametrize(
    "text",
    [
        document("NetworkPolicy", "\n  selector: ▸!has(role)"),
        document("NetworkPolicy", "\n  selector: ▸! has(role)"),
        document("NetworkPolicy", "\n  selector: ▸!all()"),
        document("NetworkPolicy", "\n  selector: ▸!(a == 'b')"),
        document("IPPool", "{cidr: 10.1.0.0/16, nodeSelector: ▸!all() }"),
        rule("action: Allow, source: {notSelector: ▸!has(a) }"),
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        document("NetworkPolicy", "{selector: '!has(role)'}"),
        document("NetworkPolicy", "{selector: (!has(role))}"),
        document("NetworkPolicy", "{selector: !!str has(role)}"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []


def test_an_emptied_selector_selects_everything() -> None:
    (finding,) = findings(document("NetworkPolicy", "{selector: !has(role) }"), ID)
    assert finding.severity.value == "error"
    assert "selects everything" in finding.message
    assert (finding.line, finding.column) == (4, 18)
