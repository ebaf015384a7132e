from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, document, findings, rule

ID = "invalid-field"


@pytest.mark.parametrize(
    "text",
    [
        document("IPPool", "{cidr: 10.1.0.0/16, ▸allowedUses: [Workload]}"),
        document("NetworkPolicy", "{▸tier: default}"),
        rule("action: Allow, ▸services: []"),
        document("IPPool", "{cidr: 10.1.0.0/16, nat-outgoing: ▸true}"),
        "▸extra: 1\n" + document("NetworkPolicy", "{}"),
        document("NetworkPolicy", "{}", "{name: a, ▸nmae: b}"),
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        document("NetworkPolicy", "{selector: all()}"),
        document("IPPool", "{cidr: 10.1.0.0/16}"),
        document("IPPool", "{CIDR: 10.1.0.0/16}"),
        document("IPPool", "{cidr: 10.1.0.0/16, nat-outgoing: false}"),
        document("NetworkPolicy", "{}", "{name: a, uid: x, creationTimestamp: null}"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []


def test_the_place_is_the_key_and_the_name_is_suggested() -> None:
    (finding,) = findings(document("NetworkPolicy", "{selectr: all()}"), ID)
    assert (finding.line, finding.column, finding.pointer) == (4, 8, "/spec/selectr")
    assert "'selector'" in finding.hint
