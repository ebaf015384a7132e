"""Fields that --for-update takes out."""

from __future__ import annotations

from calico_migrate.marathon.parsed.fields import RUNTIME_FIELDS as FIELDS
from calico_migrate.marathon.result import Options
from tests.migrate.marathon.rules.asked import edits

RULE = "runtime-field"


def test_exactly_these() -> None:
    app = {
        "id": "/a",
        "cmd": "./run",
        "networks": [{"name": "dcos"}],
        **dict.fromkeys(FIELDS, 1),
        "tasks": [],
        "uris": [],
        "executorResources": {},
        "role": "x",
    }
    taken = edits(RULE, app, Options(for_update=True))
    assert sorted(pointer for pointer, _, _ in taken) == sorted(f"/{field}" for field in FIELDS)
    assert edits(RULE, app) == []
