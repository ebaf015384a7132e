from __future__ import annotations

import pytest

from tests.migrate.policy.rules.checked import found, policy

ID = "named-port"


def ports(text: str, field: str = "ports") -> str:
    return policy(f"ingress: [{{action: Allow, protocol: TCP, destination: {{{field}: {text}}}}}]")


def test_a_rule_with_names_alone_never_matches() -> None:
    (finding,) = found(ID, ports("[http]"))
    assert finding.severity.value == "error"
    assert finding.pointer == "/spec/ingress/0/destination/ports/0"


def test_beside_numbers_it_is_a_warning() -> None:
    (finding,) = found(ID, ports("[80, http, '81:82']"))
    assert finding.severity.value == "warning"
    assert finding.pointer == "/spec/ingress/0/destination/ports/1"


def test_an_excluded_name_excludes_nothing() -> None:
    (finding,) = found(ID, ports("[http]", "notPorts"))
    assert finding.severity.value == "warning"


HOST = (
    "apiVersion: projectcalico.org/v3\nkind: HostEndpoint\nmetadata: {name: node1, labels: {rack: '1'}}\n"
    "spec: {node: n, interfaceName: eth0, expectedIPs: [10.0.0.5],"
    " ports: [{name: http, protocol: TCP, port: 80}]}\n---\n"
)
OUT = "egress: [{action: Allow, protocol: TCP, destination: {%s}}]"


@pytest.mark.parametrize(
    "side", ["ports: [http]", "notPorts: [http]", "ports: [http], selector: rack == '1'", "ports: [80, http]"]
)
def test_a_port_of_a_host_endpoint_has_its_name(side: str) -> None:
    assert found(ID, HOST + policy(OUT % side, kind="GlobalNetworkPolicy")) == []


@pytest.mark.parametrize(
    "text",
    [
        policy(OUT % "ports: [http], selector: rack == '2'", kind="GlobalNetworkPolicy"),
        policy(OUT.replace("TCP", "UDP") % "ports: [http]", kind="GlobalNetworkPolicy"),
        policy("ingress: [{action: Allow, protocol: TCP, destination: {ports: [http]}}]"),
    ],
)
def test_a_host_endpoint_that_the_rule_does_not_find(text: str) -> None:
    (finding,) = found(ID, HOST + text)
    assert finding.severity.value == "error"
    assert "though HostEndpoint/node1 has one: the rule never matches" in finding.message


def test_a_policy_for_hosts_names_their_own_ports() -> None:
    text = policy(
        "selector: rack == '1', ingress: [{action: Allow, protocol: TCP, destination: {ports: [http]}}]",
        kind="GlobalNetworkPolicy",
    )
    assert found(ID, HOST + text) == []
    (finding,) = found(ID, HOST + text.replace("[http]", "[http, other]"))
    assert finding.message == "no endpoint of DC/OS has a port named 'other': only the others match"


def test_profiles_are_looked_at_too() -> None:
    rule = "{action: Allow, protocol: UDP, source: {ports: [dns]}}"
    assert found(ID, policy(f"egress: [{rule}]", kind="Profile"))


def test_numbers_are_fine() -> None:
    assert found(ID, ports("[80, '81:82', '83']")) == []
