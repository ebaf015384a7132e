"""Subnets that are not the pool's CIDR."""

from __future__ import annotations

from typing import Any

import pytest

from calico_migrate.network.rules import network_other_subnet
from calico_migrate.network.verifying.subjects import NetworkSeen
from tests.migrate.network.samples import NETWORK, PROMISE


def test_as_promised() -> None:
    assert list(network_other_subnet.check(NetworkSeen(PROMISE, NETWORK))) == []


@pytest.mark.parametrize(
    "change, says",
    [
        ({"subnets": ("10.2.0.0/16",)}, "10.2.0.0/16, not 10.1.0.0/16"),
        ({"subnets": ("10.1.0.0/17",)}, "10.1.0.0/17, not 10.1.0.0/16"),
        ({"subnets": ("0.0.0.0/0",)}, "subnet none, not"),
        ({"subnets": ()}, "subnet none, not"),
        ({"subnets": ("10.1.0.0/16", "10.3.0.0/16")}, "10.1.0.0/16, 10.3.0.0/16"),
    ],
)
def test_otherwise(change: dict[str, Any], says: str) -> None:
    network = NETWORK._replace(**change)
    (finding,) = network_other_subnet.check(NetworkSeen(PROMISE, network))
    assert says in finding.message
    assert f"docker network rm {network.id}" in finding.hint
