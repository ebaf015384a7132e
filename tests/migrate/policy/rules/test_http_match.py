from __future__ import annotations

from tests.migrate.policy.rules.checked import found, policy

ID = "http-match"


def test_http_is_never_matched() -> None:
    (finding,) = found(ID, policy("ingress: [{action: Allow, protocol: TCP, http: {methods: [GET]}}]"))
    assert finding.pointer == "/spec/ingress/0/http"


def test_ports_are_fine() -> None:
    assert found(ID, policy("ingress: [{action: Allow, protocol: TCP, destination: {ports: [80]}}]")) == []
