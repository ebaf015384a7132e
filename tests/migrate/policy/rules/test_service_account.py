from __future__ import annotations

from tests.migrate.policy.rules.checked import found, policy

ID = "service-account"


def test_a_rule_that_asks_for_one() -> None:
    (finding,) = found(ID, policy("ingress: [{action: Allow, source: {serviceAccounts: {names: [a]}}}]"))
    assert finding.pointer == "/spec/ingress/0/source/serviceAccounts"
    assert found(ID, policy("ingress: [{action: Allow, source: {serviceAccounts: {selector: has(a)}}}]"))


def test_a_policy_that_asks_for_one() -> None:
    (finding,) = found(ID, policy("serviceAccountSelector: has(a)"))
    assert finding.pointer == "/spec/serviceAccountSelector"


def test_labels_are_fine() -> None:
    assert found(ID, policy("selector: has(a), ingress: [{action: Allow, source: {selector: has(b)}}]")) == []
