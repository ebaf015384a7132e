from __future__ import annotations

from tests.migrate.policy.rules.checked import app, found, policy

ID = "redundant-deny"

BOOKSTORE = (
    "selector: role == 'server', ingress: [{action: Allow, source: {selector: biz == 'books'}},"
    " {action: Deny, source: {selector: biz == 'fruit'}}]"
)


def test_a_deny_at_the_end_of_the_last_policy() -> None:
    (finding,) = found(ID, policy(BOOKSTORE))
    assert finding.severity.value == "info"
    assert finding.pointer == "/spec/ingress/1"


def test_a_deny_before_an_allow_is_needed() -> None:
    assert found(ID, policy("ingress: [{action: Deny, protocol: TCP}, {action: Allow}]")) == []


def test_a_later_policy_could_allow() -> None:
    later = policy("selector: role == 'server', order: 5, ingress: [{action: Allow, protocol: UDP}]", "z")
    assert found(ID, [policy("order: 1, " + BOOKSTORE), later]) == []


def test_a_later_policy_of_other_workloads_cannot() -> None:
    later = policy("selector: role == 'other', order: 5, ingress: [{action: Allow, protocol: UDP}]", "z")
    apps = [app("/server", {"role": "server"}), app("/other", {"role": "other"})]
    assert found(ID, [policy("order: 1, " + BOOKSTORE), later], apps)


def test_a_policy_that_only_denies_keeps_its_direction() -> None:
    # Without types, its only rules say that it is about egress.
    assert (
        found(ID, policy("selector: has(a), egress: [{action: Deny, destination: {nets: [10.0.0.0/8]}}]"))
        == []
    )


def test_a_deny_that_is_never_reached_is_none_that_is_dropped_anyway() -> None:
    spec = "ingress: [{action: Allow, source: {selector: all()}}, {action: Deny, source: {selector: has(a)}}]"
    assert found(ID, policy(spec)) == []


def test_rules_are_counted_from_0() -> None:
    (finding,) = found(ID, policy(BOOKSTORE))
    assert finding.message.startswith("rule 1 denies")
