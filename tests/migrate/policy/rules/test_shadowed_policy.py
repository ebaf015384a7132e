from __future__ import annotations

from tests.migrate.policy.rules.checked import found, policy

ID = "shadowed-policy"

GLOBAL = "GlobalNetworkPolicy"


def test_a_policy_behind_one_that_decides_everything() -> None:
    first = policy("order: 1, selector: has(a), ingress: [{action: Deny}]", "z", GLOBAL)
    second = policy("order: 2, selector: has(a), ingress: [{action: Allow, protocol: TCP}]", "a", GLOBAL)
    (finding,) = found(ID, [second, first])
    assert "GlobalNetworkPolicy/z" in finding.message


def test_one_for_all_endpoints_hides_everything_after_it() -> None:
    first = policy("order: 1, selector: all(), ingress: [{action: Allow}]", "z", GLOBAL)
    assert found(ID, [first, policy("selector: has(a), ingress: [{action: Deny}]")])


def test_what_is_reached() -> None:
    first = policy("order: 1, selector: has(a), ingress: [{action: Log}, {action: Deny, protocol: TCP}]", "z")
    assert found(ID, [first, policy("selector: has(a), ingress: [{action: Allow}]")]) == []
    last = policy("order: 9, selector: has(a), ingress: [{action: Deny}]", "z")
    assert (
        found(ID, [last, policy("order: 1, selector: has(a), ingress: [{action: Allow, protocol: TCP}]")])
        == []
    )
    other = policy("order: 1, selector: has(b), ingress: [{action: Deny}]", "z")
    assert found(ID, [other, policy("selector: has(a), ingress: [{action: Allow}]")]) == []
    outgoing = policy("order: 1, selector: has(a), egress: [{action: Deny}]", "z")
    assert found(ID, [outgoing, policy("selector: has(a), ingress: [{action: Allow}]")]) == []
