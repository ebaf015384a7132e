from __future__ import annotations

from calico_core.findings import Severity
from tests.migrate.package.specs import migrated, pod


def test_a_file_that_never_parses_and_names_no_old_network_is_a_warning() -> None:
    outcome = migrated(pod("  - x\n    user: [\n"))
    finding = outcome.finding("unreadable-service-spec")
    assert outcome.plan.recognised
    assert (finding.severity, finding.line) == (Severity.WARNING, 5)
