from __future__ import annotations

import pytest

from tests.migrate.policy.rules.checked import app, found, policy

ID = "rule-leaves-own-endpoints-out"

APPS = [app("/shop", {"app": "shop", "tier": "x"}), app("/guest", {"app": "guest"})]
SET = (
    "apiVersion: projectcalico.org/v3\nkind: NetworkSet\nmetadata: {name: s, labels: {app: guest}}\n"
    "spec: {nets: [172.29.8.0/24]}\n"
)


@pytest.mark.parametrize("apps", [None, APPS])
def test_the_own_side_asks_for_another_endpoint(apps: list[object] | None) -> None:
    spec = "selector: app == 'shop', ingress: [{action: Deny, destination: {selector: app == 'guest'}}]"
    (finding,) = found(ID, policy(spec), apps)  # type: ignore[arg-type]
    assert finding.pointer == "/spec/ingress/0/destination"
    assert (finding.line, finding.severity.value) == (4, "warning")
    assert "rule 0 never matches" in finding.message
    assert "under source" in finding.hint
    spec = "selector: app == 'shop', egress: [{action: Allow}, {action: Deny, source: {selector: app == 'guest'}}]"
    (finding,) = found(ID, policy(spec), apps)  # type: ignore[arg-type]
    assert finding.pointer == "/spec/egress/1/source"
    assert "under destination" in finding.hint


def test_none_of_the_endpoints_has_the_label() -> None:
    spec = "selector: app == 'shop', ingress: [{action: Deny, destination: {selector: tier == 'y'}}]"
    assert found(ID, policy(spec)) == []
    (finding,) = found(ID, policy(spec), APPS)
    assert "none of those that it selects matches" in finding.message


def test_addresses_that_no_endpoint_has() -> None:
    spec = "selector: app == 'shop', ingress: [{action: Allow, destination: {nets: [11.0.0.0/8]}}]"
    (finding,) = found(ID, policy(spec), APPS)
    assert "11.0.0.0/8 is no address of an endpoint" in finding.message


@pytest.mark.parametrize(
    "rule",
    [
        "{action: Deny, destination: {selector: app == 'shop'}}",
        "{action: Deny, destination: {selector: has(app)}}",
        "{action: Deny, source: {selector: app == 'guest'}}",
        "{action: Deny, destination: {nets: [172.29.0.0/16]}}",
        "{action: Deny, destination: {nets: [10.0.0.0/8]}}",
        "{action: Deny, destination: {notSelector: app == 'guest'}}",
    ],
)
def test_rules_that_may_match(rule: str) -> None:
    assert found(ID, policy(f"selector: app == 'shop', ingress: [{rule}]"), APPS) == []


def test_a_set_may_hold_the_endpoint() -> None:
    spec = "selector: app == 'shop', ingress: [{action: Deny, destination: {selector: app == 'guest'}}]"
    assert found(ID, [policy(spec), SET], APPS) == []
