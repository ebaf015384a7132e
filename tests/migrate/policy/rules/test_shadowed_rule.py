from __future__ import annotations

import pytest

from tests.migrate.policy.rules.checked import found, policy

ID = "shadowed-rule"


def rules(*texts: str) -> list[str]:
    spec = ", ".join(f"{{{text}}}" for text in texts)
    return [finding.pointer or "" for finding in found(ID, policy(f"ingress: [{spec}]"))]


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [
        ("action: Allow", "action: Deny, protocol: TCP, source: {selector: has(a), nets: [10.0.0.0/8]}"),
        ("action: Allow, protocol: TCP", "action: Deny, protocol: TCP, destination: {ports: [22]}"),
        (
            "action: Allow, source: {nets: [10.0.0.0/8]}",
            "action: Deny, source: {nets: [10.1.0.0/16, 10.2.0.0/16]}",
        ),
        (
            "action: Pass, protocol: TCP, destination: {ports: ['1:99', '100:200']}",
            "action: Deny, protocol: TCP, destination: {ports: [7, '90:110']}",
        ),
        ("action: Deny, source: {selector: a == 'b'}", "action: Allow, source: {selector: ' a==\"b\"'}"),
        ("action: Allow, protocol: ICMP, icmp: {type: 8}", "action: Deny, protocol: ICMP, icmp: {type: 8}"),
    ],
)
def test_a_rule_behind_a_wider_one(wide: str, narrow: str) -> None:
    assert rules(wide, narrow) == ["/spec/ingress/1"]


def test_rules_are_counted_from_0_and_opposites_are_warnings() -> None:
    spec = (
        "ingress: [{action: Allow, source: {selector: all()}}, {action: Deny, source: {selector: a == 'b'}}]"
    )
    (finding,) = found(ID, policy(spec))
    assert finding.severity.value == "warning"
    assert finding.message.startswith("rule 1 is never reached: rule 0 matches everything")
    assert "what it is to deny is allowed" in finding.message
    (finding,) = found(ID, policy("ingress: [{action: Deny}, {action: Deny, protocol: TCP}]"))
    assert finding.severity.value == "info"
    (finding,) = found(ID, policy("ingress: [{action: Deny}, {action: Log}]"))
    assert finding.severity.value == "info"
    (finding,) = found(ID, policy("ingress: [{action: Deny}, {action: Allow, protocol: TCP}]"))
    assert "what it is to allow is denied" in finding.message


def test_selectors_that_follow() -> None:
    for wide, narrow in (
        ("has(a)", "a == 'b'"),
        ("a in {'b', 'c'}", "a == 'c'"),
        ("all()", "has(b)"),
        ("a != 'b'", "a == 'c'"),
    ):
        assert rules(
            f'action: Allow, source: {{selector: "{wide}"}}',
            f'action: Deny, source: {{selector: "{narrow}"}}',
        )
    assert not rules(
        "action: Allow, source: {selector: a == 'b'}", "action: Deny, source: {selector: has(a)}"
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("action: Log", "action: Allow"),
        ("action: Allow, protocol: TCP", "action: Deny"),
        ("action: Allow, protocol: TCP", "action: Deny, protocol: UDP"),
        ("action: Allow, source: {nets: [10.1.0.0/16]}", "action: Deny, source: {nets: [10.0.0.0/8]}"),
        ("action: Allow, source: {notNets: [10.1.0.0/16]}", "action: Deny"),
        ("action: Allow, source: {selector: has(a)}", "action: Deny, source: {selector: has(b)}"),
        (
            "action: Allow, protocol: TCP, destination: {ports: ['1:99', '101:200']}",
            "action: Deny, protocol: TCP, destination: {ports: ['90:110']}",
        ),
        ("action: Allow, protocol: TCP, destination: {ports: [http]}", "action: Deny, protocol: TCP"),
        ("action: Allow, ipVersion: 4", "action: Deny"),
        ("action: Allow, protocol: TCP, http: {methods: [GET]}", "action: Deny, protocol: TCP"),
    ],
)
def test_rules_that_are_reached(first: str, second: str) -> None:
    assert rules(first, second) == []


def test_many_rules_take_no_time() -> None:
    many = [f"action: Allow, source: {{nets: [10.{n // 256}.{n % 256}.0/24]}}" for n in range(3000)]
    assert rules(*many) == []


def test_ports_that_a_host_endpoint_names() -> None:
    host = (
        "apiVersion: projectcalico.org/v3\nkind: HostEndpoint\nmetadata: {name: node1}\n"
        "spec: {node: node1, interfaceName: eth0, expectedIPs: [10.0.0.5],"
        " ports: [{name: web, protocol: TCP, port: 80}]}\n---\n"
    )

    def shadowed(wide: str, narrow: str) -> bool:
        rules = ", ".join(
            f"{{action: {action}, protocol: TCP, destination: {{{ports}}}}}"
            for action, ports in (("Allow", wide), ("Deny", narrow))
        )
        return bool(found(ID, host + policy(f"egress: [{rules}]", kind="GlobalNetworkPolicy")))

    assert shadowed("ports: ['1:80']", "ports: [web]")
    assert not shadowed("ports: ['1:79']", "ports: [web]")
    assert not shadowed("ports: [web]", "ports: [80]")
    assert not shadowed("notPorts: [web]", "ports: [80]")
