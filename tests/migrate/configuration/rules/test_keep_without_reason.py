"""Lines that ask to be kept without saying why."""

from __future__ import annotations

import pytest

from calico_core.report import EditRecord, FileReport
from calico_migrate.configuration.settling import Settling


@pytest.mark.parametrize(
    "line, settled",
    [
        ("name: dcos  # calico-migrate: keep it for now", True),
        ("name: dcos  # calico-migrate: keep", False),
        ("name: dcos  # calico-migrate:keep   ", False),
        ("{{! calico-migrate: keep the old one }} dcos", True),
        ("name: dcos # calico-migrate keep this", None),
        ("name: dcos # keep this", None),
    ],
)
def test_a_line_needs_a_reason(line: str, settled: bool | None) -> None:
    edit = EditRecord("/name", 2, 7, "dcos", "calico", "rename-network")
    settling = Settling()
    report = settling.file(FileReport("a.yaml", "app", edits=[edit]), f"id: a\n{line}\n")
    assert list(report.edits) == ([] if settled else [edit])
    told = [(finding.rule, finding.line) for finding in report.findings]
    assert told == ([("keep-without-reason", 2)] if settled is False else [])
