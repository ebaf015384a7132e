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


def test_a_policy_that_is_switched_off_hides_nothing() -> None:
    off = policy('order: 1, selector: "!all()", ingress: [{action: Allow}]', "z", GLOBAL)
    last = policy("order: 2, selector: has(a), ingress: [{action: Deny}]", "a", GLOBAL)
    assert found(ID, [off, last]) == []


def test_a_wider_selector_hides_a_narrower_one() -> None:
    first = policy("order: 1, selector: has(a), ingress: [{action: Allow}]", "z", GLOBAL)
    (finding,) = found(ID, [first, policy("order: 2, selector: a == 'x', ingress: [{action: Deny}]")])
    assert finding.severity.value == "warning"
    assert "decides everything (Allow)" in finding.message
    assert finding.hint == "change the orders, or remove this policy"
    both = policy("order: 2, selector: a == 'x', ingress: [{action: Allow}], egress: [{action: Deny}]")
    (finding,) = found(ID, [first, both])
    assert finding.severity.value == "info"
    assert finding.hint == "change the orders, or take Ingress out of its types, and these rules"
    wider = policy("order: 2, selector: all(), ingress: [{action: Deny}]")
    assert found(ID, [first, wider]) == []


def test_what_a_node_forwards_is_policed_apart() -> None:
    first = policy("order: 1, selector: has(a), ingress: [{action: Allow}]", "z", GLOBAL)
    second = policy(
        "order: 2, selector: has(a), applyOnForward: true, ingress: [{action: Deny}]", "a", GLOBAL
    )
    assert found(ID, [first, second]) == []
