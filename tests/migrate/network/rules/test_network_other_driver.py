"""Drivers that are not Calico's."""

from __future__ import annotations

from typing import Any

import pytest

from calico_migrate.network.rules import network_other_driver
from calico_migrate.network.verifying.subjects import NetworkSeen
from tests.migrate.network.samples import NETWORK, PROMISE


def test_as_promised() -> None:
    assert list(network_other_driver.check(NetworkSeen(PROMISE, NETWORK))) == []


@pytest.mark.parametrize(
    "change, says",
    [
        ({"driver": "bridge"}, "the driver 'bridge', not 'calico'"),
        ({"driver": "", "ipam_driver": ""}, "the driver '', not 'calico'"),
        ({"ipam_driver": "default"}, "the address driver (IPAM) 'default', not 'calico-ipam'"),
    ],
)
def test_otherwise(change: dict[str, Any], says: str) -> None:
    network = NETWORK._replace(**change)
    (finding,) = network_other_driver.check(NetworkSeen(PROMISE, network))
    assert says in finding.message
    assert f"docker network rm {network.id}" in finding.hint
