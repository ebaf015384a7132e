from __future__ import annotations

from calico_core.findings import Severity
from tests.migrate.package.specs import migrated, pod


def test_a_name_in_two_pieces_stays() -> None:
    text = pod("    networks:\n      dc{{! overlay }}os:\n")
    outcome = migrated(text)
    finding = outcome.finding("composed-network-name")
    assert outcome.text == text
    assert (finding.severity, finding.line, finding.column) == (Severity.ERROR, 6, 7)
