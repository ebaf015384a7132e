"""IPv6 pools."""

from __future__ import annotations

import pytest

from calico_migrate.network.rules import pool_without_ipv4
from calico_migrate.network.settings import GenerationSettings

WEB = GenerationSettings("web", "10.1.0.0/16")


def _messages(settings: GenerationSettings) -> list[str]:
    return [f"{finding.severity}: {finding.message}" for finding in pool_without_ipv4.check(settings)]


@pytest.mark.parametrize("cidr", ["fd00:1::/64", "::/0", "::ffff:10.1.0.0/112", "fd00::1"])
def test_ipv6(cidr: str) -> None:
    (message,) = _messages(WEB._replace(cidr=cidr))
    assert message == f"error: '{cidr}' is an IPv6 network, which Calico on DC/OS does not have"


def test_ipv4() -> None:
    assert _messages(WEB) == []
