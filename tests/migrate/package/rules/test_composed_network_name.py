from __future__ import annotations

from calico_core.findings import Severity
from tests.migrate.package.making import app_template, config_text, texts
from tests.migrate.package.specs import migrated, pod
from tests.migrate.package.telling import Teller, release


def test_a_name_in_two_pieces_stays() -> None:
    text = pod("    networks:\n      dc{{! overlay }}os:\n")
    outcome = migrated(text)
    finding = outcome.finding("composed-network-name")
    assert outcome.text == text
    assert (finding.severity, finding.line, finding.column) == (Severity.ERROR, 6, 7)


def test_a_name_in_two_pieces_of_a_package(told: Teller) -> None:
    template = app_template('[{"name": "dc{{! the overlay }}os"}]')
    report = told(release(texts(config_text(), template)))
    found = report.one("composed-network-name")
    assert (found.severity, found.file, found.pointer) == (
        "error",
        "marathon.json.mustache",
        "/networks/0/name",
    )
    assert "'dcos' arrives at /networks/0/name" in found.message
    assert report.edits == []
