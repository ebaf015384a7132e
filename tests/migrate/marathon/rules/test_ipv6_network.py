"""The network dcos6."""

from __future__ import annotations

import pytest

from calico_core.findings import Severity
from tests.migrate.marathon.rules.asked import found, pointers

RULE = "ipv6-network"


def test_stays_and_is_an_error() -> None:
    (finding,) = found(RULE, '{"networks": [{"mode": "container",\n  "name": "dcos6"}]}')
    assert finding.severity is Severity.ERROR
    assert (finding.line, finding.column, finding.pointer) == (2, 11, "/networks/0/name")
    assert "IPv6" in finding.message


@pytest.mark.parametrize(
    "document,pointer",
    [
        ('{"ipAddress": {"networkName": "dcos6"}}', "/ipAddress/networkName"),
        ('{"id": "j", "run": {"networks": [{"name": "dcos6"}]}}', "/run/networks/0/name"),
        ('{"name": "p", "virtualNetworks": [{"name": "dcos6"}]}', "/virtualNetworks/0/name"),
        ('{"networks": [{"name": "dcos6"}], "containers": []}', "/networks/0/name"),
        ('{"apps": [{"networks": [{"name": "dcos"}, {"name": "dcos6"}]}]}', "/apps/0/networks/1/name"),
    ],
)
def test_in_every_place_of_a_name(document: str, pointer: str) -> None:
    assert pointers(RULE, document) == [pointer]


@pytest.mark.parametrize(
    "document", ['{"networks": [{"name": "dcos"}]}', '{"networks": [{"mode": "host", "name": "dcos6"}]}']
)
def test_silent_elsewhere(document: str) -> None:
    assert found(RULE, document) == []
