from __future__ import annotations

from typing import Any

import pytest

from tests.migrate.policy.rules.checked import app, found, policy

ID = "server-behind-proxy"

VIP: list[dict[str, Any]] = [{"containerPort": 80, "labels": {"VIP_0": "/server:80"}}, {"containerPort": 81}]
BY_LABEL = "{action: Allow, protocol: TCP, source: {selector: role == 'client'}, destination: {ports: [80]}}"


def into(rules: str) -> str:
    return policy(f"selector: role == 'server', ingress: [{rules}]")


def test_a_server_with_a_vip() -> None:
    (finding,) = found(ID, into(BY_LABEL), [app("/server", {"role": "server"}, ports=VIP)])
    assert "/server: port 80 is reached through its VIP /server:80" in finding.message
    assert "172.29.0.0/16" in finding.hint


def test_a_server_of_marathon_lb() -> None:
    server = app(
        "/server", {"role": "server"}, ports=[{"containerPort": 80}], labels={"HAPROXY_GROUP": "external"}
    )
    (finding,) = found(ID, into(BY_LABEL), [server])
    assert "Marathon-LB" in finding.message


def test_a_server_with_marathons_own_health_check() -> None:
    def server(protocol: str) -> dict[str, Any]:
        checks = [{"protocol": protocol, "path": "/"}]
        return app("/server", {"role": "server"}, ports=[{"containerPort": 80}], healthChecks=checks)

    assert found(ID, into(BY_LABEL), [server("HTTP")])
    assert found(ID, into(BY_LABEL), [server("MESOS_HTTP")]) == []


@pytest.mark.parametrize(
    "rules",
    [
        "{action: Allow, protocol: TCP, source: {nets: [172.29.0.0/16]}, destination: {ports: [80]}}",
        "{action: Allow, protocol: TCP, source: {nets: [172.16.0.0/12]}}",
        "{action: Allow}",
    ],
)
def test_the_pool_is_let_in(rules: str) -> None:
    assert found(ID, into(f"{BY_LABEL}, {rules}"), [app("/server", {"role": "server"}, ports=VIP)]) == []


@pytest.mark.parametrize(
    "rules",
    [
        "{action: Allow, protocol: TCP, source: {nets: [172.29.0.0/24]}, destination: {ports: [80]}}",
        "{action: Allow, protocol: TCP, source: {nets: [172.29.0.0/16]}, destination: {ports: [8080]}}",
        "{action: Deny, source: {nets: [172.29.0.0/16]}}, {action: Allow}",
    ],
)
def test_the_pool_is_not_let_in(rules: str) -> None:
    assert found(ID, into(rules), [app("/server", {"role": "server"}, ports=VIP)])


def test_without_an_ingress_policy_the_profile_decides() -> None:
    server = app("/server", {"role": "server"}, ports=VIP)
    assert found(ID, policy("selector: role == 'server', egress: [{action: Allow}]"), [server]) == []
