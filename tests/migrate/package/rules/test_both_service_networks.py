from __future__ import annotations

from calico_core.findings import Severity
from tests.migrate.package.specs import migrated, pod


def test_old_and_new_name_in_one_pod_stay_and_are_an_error() -> None:
    text = pod("    networks:\n      dcos:\n      calico:\n")
    outcome = migrated(text)
    finding = outcome.finding("both-service-networks")
    assert outcome.text == text
    assert (finding.severity, finding.line, finding.column) == (Severity.ERROR, 6, 7)
    assert finding.pointer == "/pods/node/networks/dcos"


def test_names_under_sections_that_can_be_on_together_stay() -> None:
    text = pod("    networks:\n{{#A}}\n      dcos:\n{{/A}}\n{{#B}}\n      calico:\n{{/B}}\n")
    assert migrated(text).rules() == ["both-service-networks"]


def test_names_in_branches_that_never_meet_are_both_right() -> None:
    text = pod("    networks:\n{{#A}}\n      dcos:\n{{/A}}\n{{^A}}\n      calico:\n{{/A}}\n")
    outcome = migrated(text)
    assert outcome.rules() == []
    assert outcome.text == text.replace("dcos", "calico")


def test_another_pod_may_have_the_new_name() -> None:
    text = pod("    networks:\n      dcos:\n  other:\n    networks:\n      calico:\n")
    assert migrated(text).rules() == []


def test_a_combination_that_does_not_parse_is_no_clash() -> None:
    text = pod("    networks: {{#A}}{dcos: }{{/A}}{{#B}}{calico: }{{/B}}\n")
    outcome = migrated(text)
    assert outcome.text == text.replace("dcos", "calico")


def test_two_old_names_that_become_one_stay() -> None:
    text = pod("    networks:\n      dcos:\n      old:\n")
    outcome = migrated(text, dcos="calico", old="calico")
    assert outcome.text == text
    assert outcome.rules() == ["both-service-networks", "both-service-networks"]
