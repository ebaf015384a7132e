"""Networks that one agent alone knows."""

from __future__ import annotations

from typing import Any

import pytest

from calico_migrate.network.rules import network_other_scope
from calico_migrate.network.verifying.subjects import NetworkSeen
from tests.migrate.network.samples import NETWORK, PROMISE


def test_as_promised() -> None:
    assert list(network_other_scope.check(NetworkSeen(PROMISE, NETWORK))) == []


@pytest.mark.parametrize(
    "change, says",
    [
        ({"scope": "local"}, "the scope 'local', not 'global'"),
        ({"scope": "swarm"}, "the scope 'swarm'"),
        ({"scope": ""}, "the scope ''"),
    ],
)
def test_otherwise(change: dict[str, Any], says: str) -> None:
    network = NETWORK._replace(**change)
    (finding,) = network_other_scope.check(NetworkSeen(PROMISE, network))
    assert says in finding.message
    assert f"docker network rm {network.id}" in finding.hint
