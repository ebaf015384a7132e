from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, document, findings

ID = "invalid-name"


@pytest.mark.parametrize(
    "text",
    [
        document("IPPool", "{cidr: 10.1.0.0/16}", "{name: ▸a_b}"),
        document("IPPool", "{cidr: 10.1.0.0/16}", "▸{}"),
        document("IPPool", "{cidr: 10.1.0.0/16}", "{name: ▸~}"),
        document("IPPool", "{cidr: 10.1.0.0/16}", "▸{generateName: a}"),
        document("Profile", "{}", "{name: ▸" + "a" * 254 + "}"),
        document("Profile", "{}", "{name: ▸-a}"),
        document("Profile", "{}", "{name: ▸a..b}"),
        document("Profile", "{}", "{name: ▸projectcalico-default-allow}"),
        document("NetworkPolicy", "{}", "{name: ▸a.b}"),
        document("GlobalNetworkPolicy", "{}", "{name: ▸knp.default.a}"),
        document("NetworkPolicy", "{}", "{name: ▸'a\\n'}"),
        document("NetworkPolicy", "{}", '{name: ▸"a\\n"}'),
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        document("NetworkPolicy", "{selector: all()}"),
        document("IPPool", "{cidr: 10.1.0.0/16}"),
        document("Profile", "{}", "{name: a.b-c.d}"),
        document("Profile", "{}", "{name: " + "a" * 253 + "}"),
        document("NetworkPolicy", "{}", "{name: knp.default.a.b}"),
        document("NetworkPolicy", "{}", "{name: ossg.default.a}"),
        document("NetworkSet", "{}", "{name: a.b}"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []
