"""Labels that arrive in another spelling."""

from __future__ import annotations

from typing import Any

import pytest

from calico_core.findings import Severity
from tests.migrate.marathon.rules.asked import DOCKER, UCR, found

RULE = "mangled-policy-label"


def app(labels: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"networks": [{"name": "dcos", "labels": labels}], **more}


def test_says_what_arrives() -> None:
    (finding,) = found(RULE, app({"role": "web", "example.com/team": "a team"}))
    assert finding.severity is Severity.WARNING
    assert finding.pointer == "/networks/0/labels/example.com~1team"
    assert finding.message == "the label example.com/team=a team arrives as example.com.team=a-team"
    assert (finding.line, finding.column) == (1, 78)


def test_a_long_value_is_compressed() -> None:
    (finding,) = found(RULE, app({"role": "x" * 64}))
    assert "..." not in finding.message.split(" arrives as ")[0]
    assert finding.message.split(" arrives as role=")[1].endswith("x" * 53)


def test_two_keys_that_become_one() -> None:
    findings = found(RULE, app({"a/b": "1", "a.b": "2"}))
    assert [finding.pointer for finding in findings] == ["/networks/0/labels/a~1b"] * 2
    assert findings[1].message == ("the labels a/b and a.b both arrive as a.b, so that one of them is lost")


def test_labels_of_ip_address_and_of_pods() -> None:
    assert found(RULE, {"ipAddress": {"labels": {"a b": "c"}}})
    assert found(RULE, app({"a b": "c"}, containers=[]))
    assert found(RULE, {"run": {"networks": [{"labels": {"a b": "c"}}]}})


@pytest.mark.parametrize(
    "document",
    [
        app({"role": "web", "a.b-c_d": "1.2-3_4", "empty": ""}),
        app({"a b": "c"}, **DOCKER),
        {"networks": [{"name": "other", "labels": {"a b": "c"}}]},
        {"networks": [{"mode": "host", "labels": {"a b": "c"}}]},
        {"labels": {"a b": "c"}, "networks": [{"name": "dcos"}], **UCR},
        app({"_": "refused"}),
        app({"a b": 5}),
    ],
    ids=["valid", "docker", "other-network", "host", "app-labels", "refused", "no-text"],
)
def test_silent_elsewhere(document: dict[str, Any]) -> None:
    assert found(RULE, document) == []
