from __future__ import annotations

from tests.migrate.policy.rules.checked import found, policy

ID = "not-selector-for-outsiders"

RULE = "ingress: [{action: Allow, source: {notSelector: role == 'guest'}}]"


def test_in_a_network_policy_it_matches_no_outsider() -> None:
    (finding,) = found(ID, policy(RULE))
    assert finding.pointer == "/spec/ingress/0/source/notSelector"


def test_elsewhere_it_does() -> None:
    assert found(ID, [policy(RULE, kind="GlobalNetworkPolicy"), policy(RULE, kind="Profile")]) == []
