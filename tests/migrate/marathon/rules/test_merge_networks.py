"""Entries that become one."""

from __future__ import annotations

from typing import Any

import pytest

from calico_core.findings import Severity
from calico_migrate.network_map import NetworkMap
from tests.migrate.marathon.rules.asked import edits, found

RULE = "merge-networks"


def test_says_which_become_one() -> None:
    text = '{"networks": [\n  {"name": "calico"},\n  {"name": "dcos"}]}'
    (finding,) = found(RULE, text)
    assert finding.severity is Severity.WARNING
    assert (finding.line, finding.column, finding.pointer) == (2, 3, "/networks/0")
    assert finding.message == "calico and dcos become one entry for calico: one address instead of 2"
    assert edits(RULE, text) == [("/networks/1", {"name": "dcos"}, None)]


def test_labels_that_differ_are_an_error() -> None:
    text = (
        '{"networks": [{"name": "dcos", "labels": {"a": "1", "b": "2"}},'
        ' {"name": "calico", "labels": {"a": "9", "b": "2"}}]}'
    )
    (finding,) = found(RULE, text)
    assert finding.severity is Severity.ERROR
    assert "their labels a differ, and the first entry's values stay" in finding.message


def test_unnamed_and_two_old_names() -> None:
    names = NetworkMap({"dcos": "calico", "old": "calico"})
    (finding,) = found(RULE, {"networks": [{"name": "old"}, {}, {"name": "dcos"}]}, names)
    assert finding.message.startswith("old and an unnamed network and dcos become one entry for calico")
    assert finding.message.endswith("instead of 3")


@pytest.mark.parametrize(
    "document",
    [
        {"networks": [{"name": "dcos"}, {"name": "other"}]},
        {"networks": [{"name": "calico"}, {"name": "calico"}]},
        {"networks": [{"name": "calico"}, {"mode": "host", "name": "dcos"}]},
        {"networks": [{"name": "calico"}], "ipAddress": {"networkName": "dcos"}},
    ],
    ids=["two-names", "duplicates-before", "host", "two-formats"],
)
def test_silent_elsewhere(document: dict[str, Any]) -> None:
    assert found(RULE, document) == []
