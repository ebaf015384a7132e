from __future__ import annotations

from calico_core.findings import Severity
from tests.migrate.package.specs import migrated, pod


def test_a_network_at_the_indent_of_networks_is_a_warning() -> None:
    text = pod("    networks:\n    {{VIRTUAL_NETWORK_NAME}}:\n      labels: {{LABELS}}\n")
    outcome = migrated(text)
    finding = outcome.finding("misplaced-network")
    assert outcome.text == text
    assert (finding.severity, finding.line, finding.column) == (Severity.WARNING, 6, 5)
    assert "host's network" in finding.message


def test_so_are_labels_beside_networks() -> None:
    text = pod("    networks:\n      dcos:\n    labels: 'a:b'\n")
    outcome = migrated(text)
    assert outcome.text == text.replace("dcos", "calico")
    assert outcome.finding("misplaced-network").line == 7


def test_so_is_a_literal_name_and_it_stays() -> None:
    text = pod("    networks:\n    dcos:\n")
    outcome = migrated(text)
    assert outcome.text == text
    assert outcome.rules() == ["misplaced-network"]


def test_networks_are_a_mapping() -> None:
    assert migrated(pod("    networks: [dcos]\n")).rules() == ["misplaced-network"]
