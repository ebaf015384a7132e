from __future__ import annotations

from tests.migrate.policy.rules.checked import found, policy

ID = "namespace-selector"


def test_a_selector_that_needs_a_label_matches_nothing() -> None:
    (finding,) = found(ID, policy("ingress: [{action: Allow, source: {namespaceSelector: team == 'a'}}]"))
    assert finding.severity.value == "error"
    assert finding.pointer == "/spec/ingress/0/source/namespaceSelector"


def test_a_selector_that_needs_none_is_always_true() -> None:
    (finding,) = found(ID, policy("namespaceSelector: team != 'a'", kind="GlobalNetworkPolicy"))
    assert finding.severity.value == "warning"
    assert finding.pointer == "/spec/namespaceSelector"


def test_all_is_fine() -> None:
    assert found(ID, policy("ingress: [{action: Allow, source: {namespaceSelector: all()}}]")) == []
