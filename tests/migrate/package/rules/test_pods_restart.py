from __future__ import annotations

from calico_core.findings import Severity
from tests.migrate.package.specs import migrated, pod


def test_the_pods_whose_network_changes_are_named() -> None:
    text = pod("    networks:\n      dcos:\n  still:\n    count: 1\n  other:\n    networks: {dcos: }\n")
    finding = migrated(text).finding("pods-restart")
    assert finding.severity is Severity.INFO
    assert finding.message.endswith(": node, other")


def test_without_a_change_there_is_no_restart() -> None:
    assert migrated(pod("    networks:\n      calico:\n")).plan.findings == ()
