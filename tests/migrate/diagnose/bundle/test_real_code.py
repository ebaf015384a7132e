"""Bundles that the collectors' own code made, with items that failed, were cut or took too long."""

from __future__ import annotations

from pathlib import Path

import pytest

from calico_core.findings import Severity
from calico_migrate.diagnose.diagnosis import diagnose
from calico_migrate.diagnose.report.assembling import file_report

BUNDLES = Path(__file__).resolve().parents[5] / "shared" / "corpus" / "diagnostics" / "bundles"
pytestmark = pytest.mark.skipif(not BUNDLES.exists(), reason="the bundles of the real code are not here")


@pytest.mark.parametrize(
    ("name", "form", "roles"),
    [
        ("local-agent", "node", ["agent"]),
        ("local-master", "node", ["master"]),
        ("merged", "cluster", ["master", "agent"]),
    ],
)
def test_they_are_read(name: str, form: str, roles: list[str]) -> None:
    report = file_report(diagnose(str(BUNDLES / f"{name}-by-real-code.zip")))
    assert report.extra is not None
    assert report.extra["bundle"]["form"] == form
    assert [node["role"] for node in report.extra["bundle"]["nodes"]] == roles
    assert {node["calico"] for node in report.extra["bundle"]["nodes"]} == {"unknown"}
    assert [finding for finding in report.findings if finding.severity is Severity.ERROR] == []


def test_errors_are_given_back_to_their_nodes() -> None:
    report = file_report(diagnose(str(BUNDLES / "merged-by-real-code.zip")))
    found = {((finding.extra or {})["node"], finding.rule) for finding in report.findings}
    assert {
        ("10.0.1.1", "item-cut"),
        ("10.0.1.1", "items-not-collected"),
        ("10.0.1.21", "items-not-collected"),
        ("10.0.1.22", "node-not-collected"),
        ("10.0.1.23", "node-not-collected"),
    } == found
