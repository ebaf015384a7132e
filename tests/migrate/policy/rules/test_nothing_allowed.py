from __future__ import annotations

import pytest

from tests.migrate.policy.rules.checked import app, found, policy

ID = "nothing-allowed"

APPS = [app("/server", {"role": "server"}), app("/other", {"role": "other"})]


@pytest.mark.parametrize("apps", [None, APPS])
@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ("[{action: Log}]", "the policy only logs"),
        ("[{action: Log, protocol: TCP}, {action: Log}]", "the policy only logs"),
        ("[{action: Deny, protocol: TCP}]", "not only what these rules name"),
        ("[{action: Log}, {action: Deny, source: {nets: [10.0.0.0/8]}}]", "not only what these rules name"),
    ],
)
@pytest.mark.parametrize("direction", ["ingress", "egress"])
def test_a_policy_that_allows_nothing(
    apps: list[object] | None, rules: str, words: str, direction: str
) -> None:
    (finding,) = found(ID, policy(f"selector: role == 'server', {direction}: {rules}"), apps)  # type: ignore[arg-type]
    assert words in finding.message
    assert finding.pointer == f"/spec/{direction}"
    assert (finding.severity.value, finding.line) == ("warning", 4)
    assert ("/server" in finding.message) == (apps is not None)


@pytest.mark.parametrize("apps", [None, APPS])
@pytest.mark.parametrize(
    "rules",
    [
        "[]",
        "[{action: Deny}]",
        "[{action: Log}, {action: Deny}]",
        "[{action: Log}, {action: Allow, protocol: TCP}]",
        "[{action: Log}, {action: Pass}]",
    ],
)
def test_what_says_that_all_is_dropped_or_allows_something(apps: list[object] | None, rules: str) -> None:
    spec = f"selector: role == 'server', types: [Ingress], ingress: {rules}"
    assert found(ID, policy(spec), apps) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("apps", [None, APPS])
def test_another_policy_that_allows(apps: list[object] | None) -> None:
    logs = policy("order: 1, selector: role == 'server', ingress: [{action: Log}]", "a")
    allows = policy("order: 9, selector: has(role), ingress: [{action: Allow}]", "b")
    assert found(ID, [logs, allows], apps) == []  # type: ignore[arg-type]
    elsewhere = policy("order: 9, selector: role == 'other', ingress: [{action: Allow}]", "b")
    assert len(found(ID, [logs, elsewhere], apps)) == 1  # type: ignore[arg-type]
