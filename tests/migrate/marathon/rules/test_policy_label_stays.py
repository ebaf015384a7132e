"""Labels that --move-labels leaves where they are."""

from __future__ import annotations

import json
from typing import Any

import pytest

from calico_core.findings import Severity
from tests.migrate.marathon.rules.asked import DOCKER, found

RULE = "policy-label-stays"


def docker(**labels: Any) -> dict[str, Any]:
    return {"networks": [{"name": "dcos", "labels": labels}], **DOCKER}


def test_says_why() -> None:
    text = json.dumps(docker(**{"example.com/role": "web", "team": "a"}))
    (finding,) = found(RULE, text, move_labels=True)
    assert finding.severity is Severity.ERROR
    assert finding.pointer == "/networks/0/labels/example.com~1role"
    assert finding.message == (
        "the label example.com/role stays, because UCR turns it into example.com.role=web, and Docker does not"
    )
    assert (finding.line, finding.column) == (1, text.index('"web"') + 1)


@pytest.mark.parametrize(
    "labels,words",
    [
        ({"role": 5}, "its value is no text"),
        ({"role": "a team"}, "Docker would lose all labels"),
        ({"_role": "a"}, "Docker would lose all labels"),
        ({"role": "x" * 64}, "Docker would lose all labels"),
    ],
)
def test_reasons(labels: dict[str, Any], words: str) -> None:
    (finding,) = found(RULE, docker(**labels), move_labels=True)
    assert words in finding.message


def test_silent_where_nothing_was_to_be_moved() -> None:
    assert found(RULE, docker(**{"a/b": "c"})) == []
    assert found(RULE, docker(role="web"), move_labels=True) == []
