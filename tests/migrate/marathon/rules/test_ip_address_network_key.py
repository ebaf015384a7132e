"""The key `network` in `ipAddress`."""

from __future__ import annotations

import pytest

from calico_core.findings import Severity
from tests.migrate.marathon.rules.asked import edits, found

RULE = "ip-address-network-key"


def test_the_wrong_key() -> None:
    text = '{"ipAddress": {\n  "network": "dcos"}}'
    (finding,) = found(RULE, text)
    assert finding.severity is Severity.WARNING
    assert (finding.line, finding.column, finding.pointer) == (2, 14, "/ipAddress/network")
    assert "networkName" in finding.hint
    # The app is on the default network all the same.
    assert edits("name-default-network", text) == [("/ipAddress/networkName", None, "calico")]


@pytest.mark.parametrize(
    "document",
    ['{"ipAddress": {"networkName": "dcos"}}', '{"ipAddress": null}', '{"id": "/a", "network": "dcos"}'],
)
def test_silent_without_it(document: str) -> None:
    assert found(RULE, document) == []
