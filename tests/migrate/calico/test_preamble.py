"""What calicoctl says before the resources."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_migrate.calico.preamble import without_preamble

RESOURCES = [
    '{"kind": "IPPoolList", "items": []}',
    '[{"kind": "IPPool"}]',
    "[]",
    "apiVersion: projectcalico.org/v3\nkind: IPPool\n",
    "kind: IPPool\nmetadata:\n  name: web\n",
    "metadata:\n  name: web\nkind: IPPool\n",
    "- kind: IPPool\n",
    "---\nkind: IPPool\n",
    "items: []\nkind: IPPoolList\n",
]
PREAMBLES = [
    "WARNING: this version of calicoctl is old",
    "Warning: unknown cluster version",
    "warning: 3 nodes",
    'time="2020-04-01T10:00:00Z" level=warning msg="slow"',
    "[WARN] etcd answers slowly",
    "$ dcos calico get ippool -o yaml",
    "2020-04-01 10:00:00.123 [WARNING][1] client.go 30: slow",
]


@pytest.mark.parametrize("resources", RESOURCES)
@pytest.mark.parametrize("before", ["", "\n", "# pools of the cluster\n", "\ufeff"])
def test_resources_alone_stay_as_they_are(before: str, resources: str) -> None:
    assert without_preamble(before + resources) == (before + resources, ())


@pytest.mark.parametrize("resources", RESOURCES)
@pytest.mark.parametrize("preamble", PREAMBLES)
def test_a_preamble_becomes_empty_lines(preamble: str, resources: str) -> None:
    text = f"{preamble}\n\n# what follows\n{preamble}\n{resources}"
    assert without_preamble(text) == ("\n\n\n\n" + resources, (preamble, preamble))


@pytest.mark.parametrize("text", ["", "\n", "NAME  CIDR\nweb   10.1.0.0/16\n", "WARNING: nothing else"])
def test_a_text_without_resources_stays_as_it_is(text: str) -> None:
    assert without_preamble(text) == (text, ())


@given(st.text(), st.recursive(st.none() | st.text(), st.lists))
def test_no_line_changes_its_number(before: str, value: object) -> None:
    resources = json.dumps({"items": value})
    text, _ = without_preamble(f"{before}\n{resources}")
    assert text.count("\n") == before.count("\n") + 1
    assert text.endswith(resources)
