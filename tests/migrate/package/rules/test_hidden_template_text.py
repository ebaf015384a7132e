from __future__ import annotations

from calico_core.findings import Severity
from tests.migrate.package.specs import migrated, pod


def test_text_that_never_shows_is_told_and_an_error_where_it_names_the_network() -> None:
    text = pod("    networks:\n{{#A}}{{^A}}\n      dcos:\n{{/A}}{{/A}}\n      other:\n")
    outcome = migrated(text)
    finding = outcome.finding("hidden-template-text")
    assert outcome.text == text
    assert (finding.severity, finding.line, finding.column) == (Severity.ERROR, 7, 7)


def test_text_that_only_breaks_the_document_is_a_warning() -> None:
    text = pod("    networks:\n      dcos:\n{{#A}}\n   user: [\n{{/A}}\n")
    outcome = migrated(text)
    finding = outcome.finding("hidden-template-text")
    assert outcome.text == text.replace("dcos", "calico")
    assert (finding.severity, finding.line) == (Severity.WARNING, 8)
