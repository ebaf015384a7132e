from __future__ import annotations

from calico_core.findings import Severity
from tests.migrate.package.specs import migrated, pod


def test_what_follows_the_first_document_is_not_looked_at() -> None:
    text = pod("    networks:\n      dcos:\n")
    outcome = migrated(f"{text}---\n{text}")
    finding = outcome.finding("further-yaml-document")
    assert finding.severity is Severity.WARNING
    assert (finding.line, finding.column) == (1, 1)
    assert outcome.text == text.replace("dcos", "calico") + "---\n" + text
