from __future__ import annotations

import pytest

from calico_core.findings import Severity
from tests.migrate.package.specs import migrated, pod


@pytest.mark.parametrize("networks", [" *n\n", "\n      <<: *n\n"])
def test_networks_from_an_alias_are_a_warning(networks: str) -> None:
    text = pod(f"    networks: &n\n      dcos:\n  other:\n    networks:{networks}")
    outcome = migrated(text)
    finding = outcome.finding("yaml-alias-in-networks")
    assert outcome.text == text.replace("dcos", "calico")
    assert (finding.severity, finding.line) == (Severity.WARNING, 8)


def test_an_asterisk_in_a_text_is_no_alias() -> None:
    assert migrated(pod("    networks:\n      dcos:\n    user: 'a & *b'\n")).rules() == []
