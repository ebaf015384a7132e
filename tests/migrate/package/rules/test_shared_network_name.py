from __future__ import annotations

from calico_core.findings import Severity
from tests.migrate.package.specs import migrated, pod


def test_text_that_is_something_else_under_another_setting_stays() -> None:
    text = pod("{{#A}}\n    networks:\n{{/A}}\n{{^A}}\n    rlimits:\n{{/A}}\n      dcos: {}\n")
    outcome = migrated(text)
    finding = outcome.finding("shared-network-name")
    assert outcome.text == text
    assert (finding.severity, finding.line, finding.column) == (Severity.ERROR, 11, 7)
    assert "with all sections off" in finding.message


def test_it_is_found_where_both_sections_are_on_at_first() -> None:
    text = pod("{{#A}}\n    networks:\n{{/A}}\n{{#B}}\n    rlimits:\n{{/B}}\n      dcos: {}\n")
    assert migrated(text).rules() == ["shared-network-name"]


def test_an_alias_that_makes_it_something_else_keeps_it() -> None:
    text = pod("    networks: &n\n      dcos: {}\n    rlimits: *n\n")
    assert "alias" in migrated(text).finding("shared-network-name").message
