from __future__ import annotations

import pytest

from tests.migrate.policy.rules.checked import app, found, policy

ID = "egress-without-dns"

APPS = [app("/client", {"role": "client"}), app("/other", {"role": "other"})]
DNS = "{action: Allow, protocol: UDP, destination: {nets: [198.51.100.0/24], ports: [53]}}"
SERVER = "{action: Allow, destination: {selector: role == 'server'}}"


def out(rules: str, selector: str = "role == 'client'", name: str = "a", extra: str = "") -> str:
    return policy(f"{extra}selector: {selector}, types: [Egress], egress: [{rules}]", name)


@pytest.mark.parametrize("apps", [None, APPS])
def test_a_policy_without_it(apps: list[dict[str, object]] | None) -> None:
    (finding,) = found(ID, out(SERVER), apps)
    assert finding.pointer == "/spec/egress"
    assert ("/client" in finding.message) == (apps is not None)


@pytest.mark.parametrize("apps", [None, APPS])
@pytest.mark.parametrize(
    "rules",
    [
        f"{SERVER}, {DNS}",
        "{action: Allow}",
        "{action: Allow, protocol: 17}",
        "{action: Allow, destination: {nets: [198.51.100.1/32]}}",
        "{action: Pass}",
        "{action: Allow, destination: {notNets: [10.0.0.0/8]}}",
    ],
)
def test_a_policy_with_it(apps: list[dict[str, object]] | None, rules: str) -> None:
    assert found(ID, out(rules), apps) == []


@pytest.mark.parametrize("apps", [None, APPS])
@pytest.mark.parametrize(
    "rules",
    [
        "{action: Deny}, " + DNS,
        "{action: Allow, protocol: UDP, destination: {nets: [198.51.100.0/24], ports: [54]}}",
        "{action: Allow, protocol: TCP, destination: {nets: [198.51.100.0/24], ports: [53]}}",
        "{action: Allow, protocol: UDP, destination: {nets: [10.0.0.0/8], ports: [53]}}",
        "{action: Allow, protocol: UDP, destination: {selector: all(), ports: [53]}}",
        "",
    ],
)
def test_rules_that_do_not_help(apps: list[dict[str, object]] | None, rules: str) -> None:
    assert len(found(ID, out(rules), apps)) == 1


@pytest.mark.parametrize("apps", [None, APPS])
def test_another_policy_may_allow_it(apps: list[dict[str, object]] | None) -> None:
    for selector in ("role == 'client'", "all()", "has(role)"):
        assert found(ID, [out(SERVER), out(DNS, selector, "b")], apps) == []
    assert found(ID, [out(SERVER), out(DNS, "role == 'other'", "b")], apps)


def test_an_earlier_policy_may_deny_it() -> None:
    deny = out("{action: Deny, protocol: UDP}", name="z", extra="order: 1, ")
    (finding,) = found(ID, [out(DNS), deny], APPS)
    assert finding.line == 4


def test_ingress_is_none_of_it() -> None:
    assert found(ID, policy("selector: all(), ingress: [{action: Deny}]"), APPS) == []


SET = (
    "apiVersion: projectcalico.org/v3\nkind: {}\nmetadata: {{name: dns, labels: {{net: dns}}}}\n"
    "spec: {{nets: [198.51.100.0/24]}}\n"
)
BY_SET = "egress: [{action: Allow, protocol: UDP, destination: {selector: net == 'dns', ports: [53]}}]"


def test_a_network_set_holds_the_resolvers() -> None:
    assert found(ID, [policy(BY_SET, kind="GlobalNetworkPolicy"), SET.format("GlobalNetworkSet")]) == []
    assert found(ID, [policy(BY_SET), SET.format("NetworkSet")]) == []
    # A NetworkPolicy does not find what is in no namespace.
    assert found(ID, [policy(BY_SET), SET.format("GlobalNetworkSet")])


def test_a_client_asks_from_a_high_port() -> None:
    high = "egress: [{action: Allow, protocol: UDP, source: {ports: ['1024:65535']}, destination: {ports: [53]}}]"
    assert found(ID, policy(high)) == []
    assert found(ID, policy(high.replace("1024:65535", "1:1023")))


def test_policies_for_nodes_and_for_nobody() -> None:
    host = (
        "apiVersion: projectcalico.org/v3\nkind: HostEndpoint\nmetadata: {name: n, labels: {node: x}}\n"
        "spec: {node: n, interfaceName: eth0}\n"
    )
    ssh = "egress: [{action: Allow, protocol: TCP, destination: {ports: [22]}}]"
    assert found(ID, [policy(f"selector: has(node), {ssh}", kind="GlobalNetworkPolicy"), host]) == []
    assert found(ID, policy(f'selector: "!all()", {ssh}')) == []
    assert found(ID, [policy(f"selector: all(), {ssh}", kind="GlobalNetworkPolicy"), host])
