from __future__ import annotations

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


def test_profiles_are_looked_at_too() -> None:
    rule = "{action: Allow, protocol: UDP, source: {ports: [dns]}}"
    assert found(ID, policy(f"egress: [{rule}]", kind="Profile"))


def test_numbers_are_fine() -> None:
    assert found(ID, ports("[80, '81:82', '83']")) == []
