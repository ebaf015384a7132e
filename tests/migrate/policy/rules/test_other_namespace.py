from __future__ import annotations

from tests.migrate.policy.rules.checked import found, policy

ID = "other-namespace"


def test_a_policy_elsewhere_selects_nothing() -> None:
    (finding,) = found(ID, policy("selector: all()", namespace="production"))
    assert finding.severity.value == "error"
    assert (finding.line, finding.pointer) == (3, "/metadata/namespace")


def test_a_network_set_elsewhere_is_not_found() -> None:
    assert found(ID, policy("nets: [10.0.0.0/8]", kind="NetworkSet", namespace="production"))


def test_default_and_none_are_fine() -> None:
    assert found(ID, [policy("", namespace="default"), policy("", "b"), policy("", kind="Profile")]) == []
