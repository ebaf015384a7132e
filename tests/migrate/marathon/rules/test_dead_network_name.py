"""A name under docker.network BRIDGE or HOST."""

from __future__ import annotations

import pytest

from calico_core.findings import Severity
from tests.migrate.marathon.rules.asked import edits, found, pointers

RULE = "dead-network-name"
TEXT = """{
  "id": "/a",
  "container": {"docker": {"network": "BRIDGE"}},
  "ipAddress": {
    "networkName": "dcos"
  }
}"""


def test_says_that_the_name_is_ignored() -> None:
    (finding,) = found(RULE, TEXT)
    assert finding.severity is Severity.INFO
    assert (finding.line, finding.column) == (5, 20)
    assert finding.pointer == "/ipAddress/networkName"
    assert finding.message == (
        "Marathon ignores this name, because docker.network is BRIDGE; it stays as it is"
    )


@pytest.mark.parametrize("network", ["HOST", "host", "bridge", "Bridge"])
def test_in_any_case_of_letters_and_never_changed(network: str) -> None:
    text = TEXT.replace("BRIDGE", network)
    assert pointers(RULE, text) == ["/ipAddress/networkName"]
    assert edits("rename-network", text) == []


@pytest.mark.parametrize(
    "before,after",
    [
        ('"BRIDGE"', '"USER"'),
        ('"BRIDGE"', "null"),
        ('"dcos"', '"other"'),
        ('"dcos"', "null"),
        ('"dcos"', "5"),
    ],
)
def test_silent_where_the_name_counts_or_is_none_of_the_map(before: str, after: str) -> None:
    assert found(RULE, TEXT.replace(before, after)) == []
