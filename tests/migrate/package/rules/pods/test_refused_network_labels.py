from __future__ import annotations

import pytest

from calico_core.findings import Severity
from calico_migrate.package.rules.pods import refused_network_labels
from tests.migrate.package.specs import migrated, pod


@pytest.mark.parametrize(
    "labels, part",
    [
        ("team", "no colon"),
        ("a:b,c", "'c' has no colon"),
        ("a:b,,c:d", "between two commas"),
        ("a:b,a:c", "twice"),
    ],
)
def test_what_the_sdk_throws_at_is_an_error(labels: str, part: str) -> None:
    text = pod(f'    networks:\n      dcos:\n        labels: "{labels}"\n')
    finding = migrated(text).finding("refused-network-labels")
    assert (finding.severity, finding.line, finding.column) == (Severity.ERROR, 7, 17)
    assert part in finding.message
    assert finding.pointer == "/pods/node/networks/dcos/labels"


@pytest.mark.parametrize("labels", ["", "a:b", "a:b:c,d:", ":x", "a:b,", ","])
def test_what_the_sdk_takes_is_no_problem(labels: str) -> None:
    assert refused_network_labels.problem(labels) is None


def test_a_blank_text_has_a_piece_without_a_colon() -> None:
    assert refused_network_labels.problem(" ") is not None


def test_labels_are_a_text_and_no_mapping() -> None:
    text = pod("    networks:\n      dcos:\n        labels: {a: b}\n")
    assert migrated(text).rules() == ["refused-network-labels"]


def test_labels_from_an_option_are_not_judged() -> None:
    text = pod("    networks:\n      dcos:\n        labels: {{LABELS}}\n")
    assert migrated(text).rules() == []
