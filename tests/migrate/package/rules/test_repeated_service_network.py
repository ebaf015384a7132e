from __future__ import annotations

from calico_core.findings import Severity
from tests.migrate.package.specs import migrated, pod


def test_a_name_twice_in_one_pod_is_refused_and_stays() -> None:
    text = pod("    networks:\n      dcos:\n      dcos:\n")
    outcome = migrated(text)
    finding = outcome.finding("repeated-service-network")
    assert outcome.text == text
    assert (finding.severity, finding.line) == (Severity.ERROR, 7)


def test_where_it_depends_on_two_sections_it_is_a_warning() -> None:
    text = pod("    networks:\n{{#A}}\n      dcos:\n{{/A}}\n{{#B}}\n      dcos:\n{{/B}}\n")
    outcome = migrated(text)
    assert outcome.finding("repeated-service-network").severity is Severity.WARNING
    assert outcome.text == text.replace("dcos", "calico")


def test_branches_that_never_meet_may_have_one_name() -> None:
    text = pod("    networks:\n{{#A}}\n      dcos:\n{{/A}}\n{{^A}}\n      dcos: {}\n{{/A}}\n")
    assert migrated(text).rules() == []
