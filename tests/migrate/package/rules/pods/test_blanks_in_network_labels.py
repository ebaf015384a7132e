from __future__ import annotations

import pytest

from calico_core.findings import Severity
from tests.migrate.package.specs import migrated, pod


@pytest.mark.parametrize("labels", ["a:b, c:d", "a: b", "a :b", "a:b "])
def test_a_blank_in_a_label_is_a_warning(labels: str) -> None:
    text = pod(f'    networks:\n      dcos:\n        labels: "{labels}"\n')
    finding = migrated(text).finding("blanks-in-network-labels")
    assert (finding.severity, finding.line) == (Severity.WARNING, 7)


def test_labels_without_blanks_are_right() -> None:
    assert migrated(pod('    networks:\n      dcos:\n        labels: "a:b,c:d"\n')).rules() == []
