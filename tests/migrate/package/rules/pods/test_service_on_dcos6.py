from __future__ import annotations

from calico_core.findings import Severity
from tests.migrate.package.specs import migrated, pod


def test_the_overlay_for_ipv6_stays_with_a_warning() -> None:
    outcome = migrated(pod("    networks:\n      dcos6:\n"))
    finding = outcome.finding("service-on-dcos6")
    assert outcome.edits == ()
    assert (finding.severity, finding.line, finding.column) == (Severity.WARNING, 6, 7)
