from __future__ import annotations

from calico_core.findings import Severity
from tests.migrate.package.specs import migrated, pod


def test_a_key_from_the_environment_stays_and_is_told_once() -> None:
    text = pod(
        "{{#ON}}\n    networks:\n      {{VIRTUAL_NETWORK_NAME}}:\n        labels: {{LABELS}}\n{{/ON}}\n"
    )
    outcome = migrated(text)
    finding = outcome.finding("network-key-from-option")
    assert outcome.edits == ()
    assert (finding.severity, finding.line, finding.column) == (Severity.INFO, 7, 7)
    assert "VIRTUAL_NETWORK_NAME" in finding.message
    assert outcome.rules() == ["network-key-from-option"]


def test_a_name_with_a_fallback_is_both() -> None:
    outcome = migrated(pod("    networks:\n      {{#NET}}{{NET}}{{/NET}}{{^NET}}dcos{{/NET}}:\n"))
    assert outcome.rules() == ["network-key-from-option"]
    assert len(outcome.edits) == 1
