from __future__ import annotations

from tests.migrate.policy.rules.checked import found, policy

ID = "rules-without-type"


def test_rules_of_a_direction_that_types_leave_out() -> None:
    (finding,) = found(ID, policy("types: [Ingress], egress: [{action: Deny}]"))
    assert finding.pointer == "/spec/egress"


def test_without_types_the_rules_decide() -> None:
    assert found(ID, policy("egress: [{action: Allow}], ingress: [{action: Allow}]")) == []


def test_an_empty_list_is_not_missed() -> None:
    assert found(ID, policy("types: [Ingress], egress: []")) == []
