"""Pools that differ from the generated file."""

from __future__ import annotations

from typing import Any

import pytest

from calico_migrate.network.rules import pool_differs
from calico_migrate.network.verifying.subjects import PoolSeen
from tests.migrate.network.samples import POOL, PROMISE


def test_as_promised() -> None:
    assert list(pool_differs.check(PoolSeen(PROMISE, POOL))) == []
    shared = PROMISE._replace(shared_pool=True)
    assert list(pool_differs.check(PoolSeen(shared, POOL._replace(node_selector="all()")))) == []
    other = PROMISE._replace(mode="ipip")
    assert (
        list(pool_differs.check(PoolSeen(other, POOL._replace(ipip_mode="Always", vxlan_mode="Never")))) == []
    )


@pytest.mark.parametrize(
    "change, says",
    [
        ({"cidr": "10.2.0.0/16"}, "cidr '10.2.0.0/16', not '10.1.0.0/16'"),
        ({"block_size": 24}, "blockSize '24', not '26'"),
        ({"vxlan_mode": "Never"}, "vxlanMode 'Never', not 'Always'"),
        ({"vxlan_mode": "CrossSubnet"}, "vxlanMode 'CrossSubnet', not 'Always'"),
        ({"ipip_mode": "Always"}, "ipipMode 'Always', not 'Never'"),
        ({"nat_outgoing": False}, "natOutgoing 'false', not 'true'"),
        ({"disabled": True}, "disabled 'true', not 'false'"),
        ({"node_selector": "all()"}, "nodeSelector 'all()', not '!all()'"),
    ],
)
def test_otherwise(change: dict[str, Any], says: str) -> None:
    (finding,) = pool_differs.check(PoolSeen(PROMISE, POOL._replace(**change)))
    assert says in finding.message
    fixed = "cidr" in change or "block_size" in change
    assert ("cannot be changed" in finding.hint) is fixed
