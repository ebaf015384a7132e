from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, document, findings

ID = "invalid-kind"


@pytest.mark.parametrize(
    "text",
    [
        "▸kind: IPPool\n",
        "apiVersion: ▸v1\nkind: List\nitems: []\n",
        "apiVersion: projectcalico.org/v3\nkind: ▸List\nitems: []\n",
        document("▸ippool", "{}"),
        document("▸Tier", "{}"),
        document("▸NetworkPolicyListList", "{}"),
        "apiVersion: ▸networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a}\n",
        (
            "apiVersion: projectcalico.org/v3\nkind: IPPoolList\n"
            "items: [{apiVersion: projectcalico.org/v3, kind: ▸Profile}]\n"
        ),
        "apiVersion: projectcalico.org/v3\nkind: IPPoolList\nitems: [{metadata: {name: a}, kind: ▸IPPool}]\n",
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        document("NetworkPolicy", "{selector: all()}"),
        document("IPPool", "{cidr: 10.1.0.0/16}"),
        "apiVersion: projectcalico.org/v3\nkind: IPPoolList\nitems: []\n",
        document("Node", "{}"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []


def test_the_spelling_is_suggested() -> None:
    (finding,) = findings(document("networkpolicy", "{}"), ID)
    assert "'NetworkPolicy'" in finding.hint
    assert (finding.line, finding.pointer) == (2, "/kind")


@pytest.mark.parametrize("version", ["networking.k8s.io/v1", "extensions/v1beta1"])
def test_a_kubernetes_policy_is_named_as_such(version: str) -> None:
    text = f"apiVersion: {version}\nkind: NetworkPolicy\nmetadata: {{name: a}}\nspec: {{podSelector: {{}}}}\n"
    (finding,) = findings(text, ID)
    assert "a Kubernetes NetworkPolicy" in finding.message
    for word in ("projectcalico.org/v3", "podSelector", "policyTypes", "action: Allow", "source.selector"):
        assert word in finding.hint
    assert finding.pointer == "/apiVersion"
    # Calico's own kind with another version is none of Kubernetes'.
    (finding,) = findings(text.replace(version, "crd.projectcalico.org/v1"), ID)
    assert "Kubernetes" not in finding.message


def test_a_general_list_is_told_by_what_it_holds() -> None:
    text = (
        "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: %s, kind: NetworkPolicy, metadata: {name: a}}\n"
    )
    (finding,) = findings(text % "networking.k8s.io/v1", ID)
    assert "a list of Kubernetes policies" in finding.message
    (finding,) = findings(text % "projectcalico.org/v3", ID)
    assert "refuses a general list" in finding.message
    assert "NetworkPolicyList" in finding.hint
