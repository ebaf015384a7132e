"""Pools that share addresses or a name."""

from __future__ import annotations

import pytest

from calico_migrate.calico.existing import Pool
from calico_migrate.network.rules import invalid_pool_overlap
from calico_migrate.network.settings import GenerationSettings

WEB = GenerationSettings("web", "10.1.0.0/16")


def _messages(settings: GenerationSettings) -> list[str]:
    return [f"{finding.severity}: {finding.message}" for finding in invalid_pool_overlap.check(settings)]


DEFAULT = Pool("default-ipv4-ippool", "172.29.0.0/16", vxlan_mode="Always")


@pytest.mark.parametrize(
    ("cidr", "said"),
    [
        ("172.29.0.0/16", "172.29.0.0/16 equals the pool 'default-ipv4-ippool', 172.29.0.0/16"),
        ("172.29.4.0/22", "172.29.4.0/22 lies inside the pool"),
        ("172.16.0.0/12", "172.16.0.0/12 contains the pool"),
    ],
)
@pytest.mark.parametrize("disabled", [False, True])
def test_shared_addresses(cidr: str, said: str, disabled: bool) -> None:
    (message,) = _messages(WEB._replace(cidr=cidr, pools=[DEFAULT._replace(disabled=disabled)]))
    assert message.startswith(f"error: {said}")


def test_other_pools_are_no_matter() -> None:
    others = [DEFAULT, Pool("default-ipv6-ippool", "fd00::/48"), Pool("x", "10.2.0.0/16")]
    assert _messages(WEB._replace(pools=others)) == []


def test_the_same_network_may_be_generated_again() -> None:
    assert _messages(WEB._replace(pools=[DEFAULT, Pool("web", "10.1.0.0/16", vxlan_mode="Always")])) == []


@pytest.mark.parametrize(
    ("pool", "said"),
    [
        (
            Pool("web", "10.9.0.0/16", vxlan_mode="Always"),
            "its CIDR is '10.9.0.0/16', not '10.1.0.0/16'",
        ),
        (
            Pool("web", "10.1.0.0/16", vxlan_mode="Always", block_size=24),
            "its block size is '24', not '26'",
        ),
        (Pool("web", "10.1.0.0/16"), "its mode is 'none', not 'vxlan'"),
    ],
)
def test_another_pool_of_the_name(pool: Pool, said: str) -> None:
    (message,) = _messages(WEB._replace(pools=[pool, DEFAULT]))
    assert message == f"error: there is a pool 'web' already: {said}"
