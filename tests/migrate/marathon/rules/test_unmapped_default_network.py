"""Unnamed networks that the map does not have."""

from __future__ import annotations

from typing import Any

import pytest

from calico_core.findings import Severity
from calico_migrate.network_map import NetworkMap
from tests.migrate.marathon.rules.asked import found

RULE = "unmapped-default-network"
BACKEND = NetworkMap({"backend": "calico"})


def test_stays_and_says_so() -> None:
    (finding,) = found(RULE, '{"networks": [\n {"mode": "container"}]}', BACKEND)
    assert finding.severity is Severity.WARNING
    assert (finding.line, finding.column, finding.pointer) == (2, 2, "/networks/0")
    assert "stands for dcos" in finding.message
    assert "--map dcos=NEW" in finding.hint


@pytest.mark.parametrize(
    "document,pointer",
    [
        ({"ipAddress": {}}, "/ipAddress"),
        ({"container": {"docker": {"network": "USER"}}}, "/container/docker/network"),
        ({"run": {"networks": [{"name": None}]}}, "/run/networks/0"),
    ],
)
def test_every_spelling(document: dict[str, Any], pointer: str) -> None:
    assert [finding.pointer for finding in found(RULE, document, BACKEND)] == [pointer]


def test_silent_where_the_network_has_a_name_or_is_mapped() -> None:
    assert found(RULE, {"networks": [{"name": "dcos"}]}, BACKEND) == []
    assert found(RULE, {"networks": [{"mode": "host"}]}, BACKEND) == []
    assert found(RULE, {"networks": [{}]}) == []
