"""Services with persistent volumes."""

from __future__ import annotations

from typing import Any

import pytest

from calico_core.findings import Severity
from tests.migrate.marathon.rules.asked import ON_CALICO, ON_DCOS, found, pointers

RULE = "resident-app"
PERSISTENT = [{"containerPath": "a", "hostPath": "b"}, {"persistent": {"size": 1}}]


def test_an_app_with_a_persistent_volume() -> None:
    text = '{"networks": [{}],\n "container": {"volumes": [{\n  "persistent": {"size": 1}}]}}'
    (finding,) = found(RULE, text)
    assert finding.severity is Severity.WARNING
    assert (finding.line, finding.column) == (3, 17)
    assert finding.pointer == "/container/volumes/0/persistent"


@pytest.mark.parametrize(
    "document,pointer",
    [
        ({**ON_DCOS, "residency": {"taskLostBehavior": "WAIT_FOREVER"}}, "/residency"),
        ({**ON_DCOS, "container": {"volumes": PERSISTENT}}, "/container/volumes/1/persistent"),
        ({**ON_DCOS, "containers": [], "volumes": PERSISTENT}, "/volumes/1/persistent"),
        (
            {"id": "/p", "spec": {**ON_DCOS, "containers": [], "volumes": PERSISTENT}},
            "/spec/volumes/1/persistent",
        ),
    ],
)
def test_apps_and_pods(document: dict[str, Any], pointer: str) -> None:
    assert pointers(RULE, document) == [pointer]


@pytest.mark.parametrize(
    "document",
    [
        {**ON_CALICO, "container": {"volumes": PERSISTENT}},
        {**ON_DCOS, "container": {"volumes": [{"hostPath": "a"}, {"external": {}}]}},
        {**ON_DCOS, "residency": None},
        {"run": {**ON_DCOS, "volumes": PERSISTENT}},
    ],
    ids=["does-not-move", "other-volumes", "null", "job"],
)
def test_silent_elsewhere(document: dict[str, Any]) -> None:
    assert found(RULE, document) == []
