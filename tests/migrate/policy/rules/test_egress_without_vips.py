from __future__ import annotations

import pytest

from tests.migrate.policy.rules.checked import app, found, policy

ID = "egress-without-vips"

VIP = [{"containerPort": 80, "labels": {"VIP_0": "/server:80"}}]
SERVER = app("/server", {"role": "server"}, ports=VIP)
USER = app("/client", {"role": "client"}, env={"URL": "http://server.marathon.l4lb.thisdcos.directory:80"})
CLIENT = app("/client", {"role": "client"})


def out(rules: str) -> str:
    return policy(f"selector: role == 'client', types: [Egress], egress: [{rules}]")


ALLOW_SERVER = "{action: Allow, protocol: TCP, destination: {selector: role == 'server', ports: [80]}}"


def test_a_client_that_names_a_vip() -> None:
    (finding,) = found(ID, out(ALLOW_SERVER), [SERVER, USER])
    assert "/client, which uses VIPs" in finding.message
    assert "11.0.0.0/8" in finding.hint


def test_a_client_that_has_a_vips_address() -> None:
    client = app("/client", {"role": "client"}, cmd="curl http://11.12.13.14:80/")
    assert found(ID, out(""), [SERVER, client])
    assert (
        found(ID, out(""), [SERVER, app("/client", {"role": "client"}, cmd="curl http://12.11.1.1/")]) == []
    )


def test_a_client_whose_server_has_a_vip() -> None:
    (finding,) = found(ID, out(ALLOW_SERVER), [SERVER, CLIENT])
    assert "/server" in finding.message


@pytest.mark.parametrize(
    "rules",
    [
        "{action: Allow, protocol: TCP, destination: {nets: [11.0.0.0/8]}}",
        "{action: Allow, protocol: TCP, destination: {nets: [11.1.2.3/32], ports: [80]}}",
        "{action: Allow}",
        "{action: Pass}",
    ],
)
def test_a_policy_that_allows_vips(rules: str) -> None:
    assert found(ID, out(f"{ALLOW_SERVER}, {rules}"), [SERVER, USER]) == []


def test_nobody_uses_a_vip() -> None:
    assert found(ID, out(ALLOW_SERVER), [app("/server", {"role": "server"}), CLIENT]) == []
    assert found(ID, out(ALLOW_SERVER)) == []
