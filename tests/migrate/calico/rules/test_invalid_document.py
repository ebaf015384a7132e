from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, document, findings

ID = "invalid-document"


@pytest.mark.parametrize(
    "text",
    [
        "▸",
        "▸# nothing\n",
        "▸---\n---\n",
        "▸text",
        "- ▸a\n- ▸b\n",
        "▸metadata: {name: a}",
        "▸Kind: IPPool\napiVersion: projectcalico.org/v3\n",
        "▸kind: [IPPool]\n",
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        document("NetworkPolicy", "{selector: all()}"),
        document("IPPool", "{cidr: 10.1.0.0/16}"),
        "---\n" + document("IPPool", "{cidr: 10.1.0.0/16}") + "---\n# nothing\n",
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []
