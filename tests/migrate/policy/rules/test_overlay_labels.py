from __future__ import annotations

from tests.migrate.policy.rules.checked import app, found, policy

ID = "overlay-labels"

APPS = [
    app("/server", {"role": "server"}),
    app("/client", {"role": "client"}, network="dcos"),
    app("/db", {"role": "db"}, network="dcos"),
]


def test_a_rule_for_a_client_on_the_overlay() -> None:
    text = policy(
        "selector: role == 'server', ingress: [{action: Allow, source: {selector: role == 'client'}}]"
    )
    (finding,) = found(ID, text, APPS)
    assert finding.severity.value == "error"
    assert finding.pointer == "/spec/ingress/0/source/selector"
    assert "/client" in finding.message


def test_a_policy_for_a_server_on_the_overlay() -> None:
    (finding,) = found(ID, policy("selector: role == 'db'"), APPS)
    assert finding.pointer == "/spec/selector"


def test_a_selector_that_needs_no_label_depends_on_none() -> None:
    assert (
        found(
            ID, policy("selector: all(), ingress: [{action: Allow, source: {selector: role != 'a'}}]"), APPS
        )
        == []
    )


def test_workloads_on_calico_are_fine() -> None:
    text = policy(
        "selector: role == 'server', ingress: [{action: Allow, source: {selector: role == 'server'}}]"
    )
    assert found(ID, text, APPS) == []
    assert found(ID, text) == []


def test_a_network_with_a_profile_is_of_calico() -> None:
    apps = [app("/client", {"role": "client"}, network="extra")]
    text = policy("selector: role == 'client'")
    assert found(ID, text, apps)
    assert found(ID, [text, policy("", "extra", "Profile")], apps) == []
