from __future__ import annotations

from tests.migrate.policy.rules.checked import found, policy

ID = "duplicate-resource"


def test_the_second_of_a_name() -> None:
    (finding,) = found(ID, policy("") + "---\n" + policy("", namespace="default"))
    assert finding.line == 8
    assert "line 1" in finding.message


def test_in_another_file() -> None:
    (finding,) = found(ID, [policy(""), policy("")])
    assert "another file" in finding.message


def test_other_kinds_and_namespaces_are_others() -> None:
    texts = [policy(""), policy("", kind="GlobalNetworkPolicy"), policy("", kind="Profile")]
    assert found(ID, texts) == []
