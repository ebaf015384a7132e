from __future__ import annotations

import pytest

from tests.migrate.policy.rules.checked import app, found, policy

ID = "untracked-policy-on-workloads"

GLOBAL = "GlobalNetworkPolicy"
APPS = [app("/server", {"role": "server"})]
HOST = (
    "apiVersion: projectcalico.org/v3\nkind: HostEndpoint\nmetadata: {name: n, labels: {role: server}}\n"
    "spec: {node: n, interfaceName: eth0}\n"
)


@pytest.mark.parametrize("option", ["doNotTrack", "preDNAT"])
def test_a_policy_that_does_nothing_to_workloads(option: str) -> None:
    spec = f"selector: role == 'server', {option}: true, applyOnForward: true, ingress: [{{action: Deny}}]"
    (finding,) = found(ID, policy(spec, kind=GLOBAL), APPS)
    assert (finding.pointer, finding.line, finding.severity.value) == (f"/spec/{option}", 4, "warning")
    assert "host endpoints only" in finding.message
    assert "/server" in finding.message
    # Without workloads, or with a host endpoint that is meant, nothing is wrong.
    assert found(ID, policy(spec, kind=GLOBAL)) == []
    assert found(ID, [policy(spec, kind=GLOBAL), HOST], APPS) == []


def test_other_policies() -> None:
    for spec in ("ingress: [{action: Deny}]", "applyOnForward: true, ingress: [{action: Deny}]"):
        assert found(ID, policy(f"selector: role == 'server', {spec}", kind=GLOBAL), APPS) == []
