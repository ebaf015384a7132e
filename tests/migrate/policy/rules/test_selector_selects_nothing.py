from __future__ import annotations

import pytest

from tests.migrate.policy.rules.checked import app, found, policy

ID = "selector-selects-nothing"

APPS = [app("/server", {"role": "server"}), app("/client", {"role": "client", "team/name": "a"})]


def test_nothing_is_said_without_workloads() -> None:
    assert found(ID, policy("selector: nothing == 'a'")) == []


def test_a_policy_that_selects_nothing() -> None:
    (finding,) = found(ID, policy("selector: rolle == 'server'"), APPS)
    assert finding.pointer == "/spec/selector"
    assert "'role'" in finding.hint


def test_a_policy_for_host_endpoints_only() -> None:
    spec = "selector: has(node), types: [Ingress], preDNAT: %s, applyOnForward: true"
    assert found(ID, policy(spec % "true", kind="GlobalNetworkPolicy"), APPS) == []
    assert found(ID, policy(spec % "false", kind="GlobalNetworkPolicy"), APPS) != []


def test_a_rule_that_matches_nobody() -> None:
    text = policy(
        "selector: role == 'server', ingress: [{action: Allow, source: {selector: role == 'clint'}}]"
    )
    (finding,) = found(ID, text, APPS)
    assert finding.pointer == "/spec/ingress/0/source/selector"
    assert "'client'" in finding.hint


def test_a_label_that_arrives_in_another_form() -> None:
    (finding,) = found(ID, policy("selector: team/name == 'a'"), APPS)
    assert "team.name" in finding.hint


def test_network_sets_count() -> None:
    network_set = (
        "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkSet\n"
        "metadata: {name: a, labels: {zone: dmz}}\nspec: {nets: [10.0.0.0/8]}\n"
    )
    text = "ingress: [{action: Allow, source: {selector: zone == 'dmz'}}]"
    assert found(ID, [policy(text, kind="GlobalNetworkPolicy"), network_set], APPS) == []
    # A NetworkPolicy looks in its own namespace, where a GlobalNetworkSet is not.
    assert found(ID, [policy(text), network_set], APPS)


@pytest.mark.parametrize(
    "selector", ["role == 'server'", "has(calico)", "all()", "role != 'x'", "team.name == 'a'"]
)
def test_what_selects_something(selector: str) -> None:
    assert found(ID, policy(f"selector: {selector}"), APPS) == []


def test_labels_that_docker_loses() -> None:
    docker = {
        "id": "/docker",
        "container": {
            "type": "DOCKER",
            "docker": {
                "image": "x",
                "parameters": [
                    {"key": "label", "value": "org.projectcalico.label.role=docker"},
                    {"key": "label", "value": "org.projectcalico.label.bad=/x"},
                ],
            },
        },
        "networks": [{"mode": "container", "name": "calico"}],
    }
    assert found(ID, policy("selector: role == 'docker'"), [docker])


def test_a_thousand_unknown_labels_take_no_time() -> None:
    apps = [app(f"/a{number}", {"role": f"server-{number}"}) for number in range(300)]
    text = "---\n".join(policy(f"selector: role == 'sever-{n}'", f"p{n}") for n in range(1000))
    assert len(found(ID, text, apps)) == 1000


def _set(kind: str, labels: str, *, spec: str = "nets: [198.51.100.0/24]") -> str:
    metadata = f"{{name: s, labels: {{{labels}}}}}"
    return f"apiVersion: projectcalico.org/v3\nkind: {kind}\nmetadata: {metadata}\nspec: {{{spec}}}\n"


HOST_SPEC = "node: n, expectedIPs: [10.0.0.5]"


def test_a_policy_cannot_select_a_network_set() -> None:
    (finding,) = found(
        ID,
        [
            policy("selector: zone == 'lab'", kind="GlobalNetworkPolicy"),
            _set("GlobalNetworkSet", "zone: lab"),
        ],
        APPS,
    )
    assert (
        "a policy cannot select a network set, only endpoints, and GlobalNetworkSet/s is one"
        in finding.message
    )


def test_host_endpoints_are_found_by_rules_and_policies() -> None:
    spec = "selector: has(calico), ingress: [{action: Allow, source: {selector: has(node)}}]"
    host = _set("HostEndpoint", "node: n", spec=HOST_SPEC)
    assert found(ID, [policy(spec, kind="GlobalNetworkPolicy"), host], APPS) == []
    assert found(ID, [policy("selector: has(node)", kind="GlobalNetworkPolicy"), host], APPS) == []


@pytest.mark.parametrize(
    ("kind", "spec", "instead"),
    [
        ("GlobalNetworkSet", "nets: [198.51.100.0/24]", "use a NetworkSet, or a GlobalNetworkPolicy"),
        ("HostEndpoint", HOST_SPEC, "use a GlobalNetworkPolicy"),
    ],
)
def test_the_namespace_of_a_policy_is_the_reason(kind: str, spec: str, instead: str) -> None:
    rule = "selector: has(calico), egress: [{action: Allow, destination: {selector: has(net)}}]"
    (finding,) = found(ID, [policy(rule), _set(kind, "net: dns", spec=spec)], APPS)
    assert f"limited to its namespace, and {kind}/s is in none" in finding.message
    assert finding.hint == instead
    assert finding.pointer == "/spec/egress/0/destination/selector"


def test_the_reason_is_that_nothing_is_on_calico() -> None:
    apps = [app("/old", network="dcos")]
    (finding,) = found(ID, policy("selector: role == 'x'"), apps)
    assert finding.message == "the policy selects none of the workloads: none of these is on Calico"
    assert finding.hint == ""


def test_what_not_selector_leaves_out() -> None:
    rule = "selector: has(calico), ingress: [{action: Allow, source: {selector: has(calico), notSelector: all()}}]"
    (finding,) = found(ID, policy(rule), APPS)
    assert "notSelector leaves out all" in finding.message
