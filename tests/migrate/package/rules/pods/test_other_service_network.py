from __future__ import annotations

import pytest

from calico_core.findings import Severity
from tests.migrate.package.specs import migrated, pod


@pytest.mark.parametrize("name", ["dcos-prod", "mydcos", "DCOS"])
def test_another_network_stays_and_is_told(name: str) -> None:
    text = pod(f"    networks:\n      {name}:\n")
    outcome = migrated(text)
    finding = outcome.finding("other-service-network")
    assert outcome.edits == ()
    assert finding.severity is Severity.INFO
    assert (finding.line, finding.column) == (text.count("\n"), 7)
    assert f"--map {name}=NEW" in finding.hint


@pytest.mark.parametrize("name", ["calico", "mesos-bridge"])
def test_the_new_network_and_the_bridge_need_no_word(name: str) -> None:
    assert migrated(pod(f"    networks:\n      {name}:\n")).plan.findings == ()
