from __future__ import annotations

import pytest

from tests.migrate.policy.rules.checked import app, found, policy

ID = "global-policy-selects-hosts"

GLOBAL = "GlobalNetworkPolicy"
HOST = (
    "apiVersion: projectcalico.org/v3\nkind: HostEndpoint\nmetadata: {name: node-eth0, labels: {role: web}}\n"
    "spec: {node: node, interfaceName: eth0}\n"
)


@pytest.mark.parametrize("selector", ["all()", "''", "role != 'a'", "'!has(calico)'"])
def test_a_policy_that_needs_no_label(selector: str) -> None:
    (finding,) = found(ID, policy(f"selector: {selector}", kind=GLOBAL))
    assert finding.pointer.startswith("/spec") if finding.pointer else False


def test_a_given_host_endpoint_is_named() -> None:
    (finding,) = found(ID, [policy("selector: role == 'web'", kind=GLOBAL), HOST])
    assert "node-eth0" in finding.message


@pytest.mark.parametrize("selector", ["has(calico)", "has(projectcalico.org/orchestrator)", "role == 'db'"])
def test_a_policy_for_containers(selector: str) -> None:
    assert found(ID, [policy(f"selector: {selector}", kind=GLOBAL), HOST]) == []


def test_a_policy_meant_for_hosts_or_of_a_namespace() -> None:
    assert (
        found(ID, [policy("selector: all(), applyOnForward: true", kind=GLOBAL), policy("selector: all()")])
        == []
    )


def test_a_policy_meant_for_nodes_is_left_as_it_is() -> None:
    spec = "selector: role == 'web', types: [Ingress], ingress: [{action: Allow, protocol: TCP}]"
    (finding,) = found(ID, [policy(spec, kind=GLOBAL), HOST], [app("/a", {"x": "y"})])
    assert "orchestrator" not in finding.hint
    assert "polices nodes (node-eth0)" in finding.message
    assert "5050" in finding.hint
    # What selects workloads as well is another matter.
    (finding,) = found(ID, [policy(spec, kind=GLOBAL), HOST], [app("/a", {"role": "web"})])
    assert "orchestrator" in finding.hint


def test_a_policy_that_lets_nodes_do_everything() -> None:
    opened = policy("order: 1, selector: has(role), egress: [{action: Allow}]", "a", GLOBAL)
    after = policy("order: 2, selector: has(role), egress: [{action: Deny}]", "b", GLOBAL)
    assert found(ID, [opened, after, HOST]) == []
    assert len(found(ID, [after, HOST])) == 1
