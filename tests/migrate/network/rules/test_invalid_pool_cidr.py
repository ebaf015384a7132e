"""CIDRs that Calico refuses."""

from __future__ import annotations

import pytest

from calico_migrate.network.rules import invalid_pool_cidr
from calico_migrate.network.settings import GenerationSettings

WEB = GenerationSettings("web", "10.1.0.0/16")


def _messages(settings: GenerationSettings) -> list[str]:
    return [f"{finding.severity}: {finding.message}" for finding in invalid_pool_cidr.check(settings)]


@pytest.mark.parametrize("cidr", ["10.1.0.0/16", "10.1.0.0/26", "10.0.0.0/8", "192.168.4.64/26"])
def test_cidrs_that_are_fine(cidr: str) -> None:
    assert _messages(WEB._replace(cidr=cidr)) == []


@pytest.mark.parametrize(
    ("cidr", "said"),
    [
        ("10.1.2.3/16", "'10.1.2.3/16' has host bits; its network is 10.1.0.0/16"),
        ("10.1.0.1/0", "has host bits; its network is 0.0.0.0/0"),
        ("10.1.0.0", "has no prefix length"),
        ("10.1.0.0/", "has no prefix length from 0 to 32"),
        ("10.1.0.0/33", "has no prefix length from 0 to 32"),
        ("10.1.0.0/-1", "has no prefix length from 0 to 32"),
        ("10.1.0.0/99999999999999999999", "has no prefix length from 0 to 32"),
        ("10.1.0.0/255.255.0.0", "has no prefix length from 0 to 32"),
        ("10.1.0.0/016", "is written in an unusual way"),
        ("10.1.0/16", "is no IPv4 network"),
        ("010.1.0.0/16", "is no IPv4 network"),
        ("abc", "is no IPv4 network"),
        ("", "is no IPv4 network"),
        (" 10.1.0.0/16", "is no IPv4 network"),
        ("10.1.0.0/16\n", "has no prefix length"),
        ("10.1.0.0/16 $(reboot)", "has no prefix length"),
        ("10.1.0.0/27", "10.1.0.0/27 is smaller than one block of addresses (/26)"),
        ("10.1.0.1/32", "10.1.0.1/32 is smaller than one block"),
    ],
)
def test_cidrs_that_are_not(cidr: str, said: str) -> None:
    (message,) = _messages(WEB._replace(cidr=cidr))
    assert message.startswith("error: ")
    assert said in message
    assert message.isprintable()


def test_a_small_pool_needs_small_blocks() -> None:
    assert _messages(WEB._replace(cidr="10.1.0.0/28", block_size=28)) == []


def test_ipv6_is_another_rules_matter() -> None:
    assert _messages(WEB._replace(cidr="fd00::/64")) == []
