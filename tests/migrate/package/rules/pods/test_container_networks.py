from __future__ import annotations

from calico_core.findings import Severity
from tests.migrate.package.specs import migrated, pod


def test_networks_below_container_are_changed_with_a_warning() -> None:
    text = pod("    container:\n      networks:\n        dcos: {}\n")
    outcome = migrated(text)
    finding = outcome.finding("container-networks")
    assert outcome.text == text.replace("dcos", "calico")
    assert outcome.edits[0].pointer == "/pods/node/container/networks/dcos"
    assert (finding.severity, finding.line, finding.column) == (Severity.WARNING, 7, 9)


def test_a_pod_that_such_networks_do_not_move_is_not_said_to_restart() -> None:
    outcome = migrated(pod("    container:\n      networks:\n        dcos: {}\n"))
    assert [finding.rule for finding in outcome.plan.findings] == ["container-networks"]
