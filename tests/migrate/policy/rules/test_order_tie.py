from __future__ import annotations

from tests.migrate.policy.rules.checked import found, policy

ID = "order-tie"

DENY = "ingress: [{action: Deny, source: {selector: role == 'guest'}}]"
ALLOW = "ingress: [{action: Allow}]"


def tie(first: str, second: str) -> int:
    return len(found(ID, [policy(f"selector: has(a), {first}"), policy(f"selector: has(a), {second}", "b")]))


def test_policies_that_decide_differently() -> None:
    assert tie(DENY, ALLOW) == 1
    assert tie(f"order: 1, {ALLOW}", f"order: 1.0, {DENY}") == 1


def test_policies_that_do_the_same() -> None:
    assert tie(ALLOW, ALLOW) == 0
    assert tie(DENY, DENY) == 0


def test_other_orders_selectors_and_directions() -> None:
    assert tie(f"order: 1, {DENY}", ALLOW) == 0
    assert found(ID, [policy(f"selector: has(a), {DENY}"), policy(f"selector: has(b), {ALLOW}", "b")]) == []
    assert tie(DENY, "egress: [{action: Allow}]") == 0
