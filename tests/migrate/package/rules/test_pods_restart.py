from __future__ import annotations

from calico_core.findings import Severity
from tests.migrate.package import making
from tests.migrate.package.specs import migrated, pod
from tests.migrate.package.telling import Teller, release


def test_the_pods_whose_network_changes_are_named() -> None:
    text = pod("    networks:\n      dcos:\n  still:\n    count: 1\n  other:\n    networks: {dcos: }\n")
    finding = migrated(text).finding("pods-restart")
    assert finding.severity is Severity.INFO
    assert finding.message.endswith(": node, other")
    assert (finding.line, finding.column) == (6, 7)


def test_without_a_change_there_is_no_restart() -> None:
    assert migrated(pod("    networks:\n      calico:\n")).plan.findings == ()


def test_a_package_with_a_scheduler(told: Teller) -> None:
    found = told(release(making.texts())).one("pods-restart")
    assert (found.severity, found.file) == ("info", "config.json")
    assert found.message == "an update of demo restarts every pod that is on the network"


def test_a_package_that_needs_no_edit(told: Teller) -> None:
    report = told(release(making.texts(making.STANDARD.replace('"dcos"', '"calico"'))))
    assert (report.edits, report.rules) == ([], set())
