"""Pools in public address space."""

from __future__ import annotations

import pytest

from calico_migrate.network.generation import check
from calico_migrate.network.rules import pool_not_private
from calico_migrate.network.settings import GenerationSettings

WEB = GenerationSettings("web", "10.1.0.0/16")


@pytest.mark.parametrize(
    "cidr", ["52.1.0.0/16", "172.0.0.0/8", "192.0.0.0/8", "100.0.0.0/8", "198.18.0.0/16"]
)
def test_public_addresses_are_a_warning(cidr: str) -> None:
    (finding,) = pool_not_private.check(WEB._replace(cidr=cidr))
    assert f"{finding.severity}: {finding.message}".startswith(f"warning: {cidr} is not (wholly) private")
    assert finding in check(WEB._replace(cidr=cidr))


@pytest.mark.parametrize(
    "cidr",
    [
        *["10.1.0.0/16", "10.0.0.0/8", "172.20.0.0/16", "192.168.4.0/22", "100.64.0.0/10"],
        # Others say what is wrong with these.
        *["127.0.0.0/16", "169.254.0.0/24", "240.0.0.0/8", "9.1.0.0/16", "10.1.2.3/16", "fd00::/64", "x"],
    ],
)
def test_private_ones_and_those_that_nobody_may_use(cidr: str) -> None:
    assert list(pool_not_private.check(WEB._replace(cidr=cidr))) == []
