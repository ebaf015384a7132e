"""What `dcos marathon app show` prints."""

from __future__ import annotations

import pytest

from calico_core.findings import Severity
from tests.migrate.marathon.rules.asked import found

RULE = "lossy-app-show"


def test_both_marks() -> None:
    (finding,) = found(RULE, '{\n "id": "/a",\n "dependencies": null,\n "ports": null\n}')
    assert finding.severity is Severity.ERROR
    assert (finding.line, finding.column, finding.pointer) == (3, 18, "/dependencies")
    assert "dcos marathon app show" in finding.message
    assert "/service/marathon/v2/apps/ID" in finding.hint


@pytest.mark.parametrize(
    "document",
    [
        '{"id": "/a", "dependencies": null}',
        '{"id": "/a", "ports": null}',
        '{"id": "/a", "dependencies": [], "ports": null}',
        '{"id": "/a", "dependencies": null, "ports": []}',
        '{"id": "/a", "containers": [], "dependencies": null, "ports": null}',
        '{"id": "/a"}',
    ],
)
def test_one_mark_is_none(document: str) -> None:
    assert found(RULE, document) == []
