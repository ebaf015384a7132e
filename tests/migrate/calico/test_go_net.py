from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_migrate.calico.go_net import canonical_net, parse_cidr, parse_cidr_or_ip, parse_ip


@pytest.mark.parametrize(
    "text", ["10.0.0.0", "255.255.255.255", "010.0.0.001", "::", "::1", "1::", "fd00:0:0::1:2"]
)
def test_addresses(text: str) -> None:
    parsed = parse_ip(text)
    assert parsed is not None
    plain = ".".join(str(int(part)) for part in text.split(".")) if "." in text else text
    assert parsed[1] == int(ipaddress.ip_address(plain))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "10",
        "10.0.0",
        "10.0.0.0.0",
        "10.0.0.256",
        "10.0.0.-1",
        "10.0.0.a",
        "10.0.0. 1",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "1:2:3:4:5:6:7::8",
        "::10000",
        "fe80::1%eth0",
        ":::",
        ":1",
        "1:",
        "10.0.0.1::",
        "٣.0.0.0",
        "1" * 5000 + ".0.0.0",
    ],
)
def test_no_addresses(text: str) -> None:
    assert parse_ip(text) is None


@pytest.mark.parametrize(
    "text", ["10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "/8", "::/129", "10/8", "x/8"]
)
def test_no_networks(text: str) -> None:
    assert parse_cidr(text) is None


def test_mapped_addresses_are_of_ipv4() -> None:
    assert parse_ip("::ffff:10.0.0.1") == (4, 0x0A000001)
    network = parse_cidr("::ffff:10.0.0.0/104")
    assert network is not None
    assert (network.version, network.network, network.prefix) == (4, 0x0A000000, 8)
    wide = parse_cidr("::ffff:10.0.0.0/64")
    assert wide is not None
    assert (wide.version, wide.masked) == (6, False)


def test_an_address_is_a_network_of_its_own() -> None:
    network = parse_cidr_or_ip("10.0.0.1")
    assert network is not None
    assert (network.prefix, network.masked) == (32, True)
    assert parse_cidr_or_ip("x") is None


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("10.0.0.0/8", "10.0.0.0/8"),
        ("010.0.0.0/08", "10.0.0.0/8"),
        ("10.0.0.1/8", "10.0.0.1/8"),
        ("::ffff:10.0.0.0/104", "10.0.0.0/8"),
        ("FD00::0/8", "fd00::/8"),
        ("fd00::1", "fd00::1"),
        ("nonsense:", "nonsense:"),
    ],
)
def test_canonical_form(text: str, canonical: str) -> None:
    assert canonical_net(text) == canonical


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)), st.integers(0, 128))
def test_it_agrees_with_ipaddress(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address, prefix: int
) -> None:
    prefix %= address.max_prefixlen + 1
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        return
    network = parse_cidr(f"{address}/{prefix}")
    expected = ipaddress.ip_network(f"{address}/{prefix}", strict=False)
    assert network is not None
    assert (network.version, network.network) == (expected.version, int(expected.network_address))
    assert network.masked == (address == expected.network_address)


@given(st.lists(st.tuples(st.ip_addresses(v=4), st.integers(0, 32)), min_size=2, max_size=2))
def test_overlaps(pair: list[tuple[ipaddress.IPv4Address, int]]) -> None:
    ours = [parse_cidr(f"{address}/{prefix}") for address, prefix in pair]
    theirs = [ipaddress.ip_network(f"{address}/{prefix}", strict=False) for address, prefix in pair]
    first, second = ours
    assert first is not None
    assert second is not None
    assert first.overlaps(second) == theirs[0].overlaps(theirs[1])


@given(st.text(alphabet="0123456789abcdefg.:/ %", max_size=50))
def test_nothing_breaks_it(text: str) -> None:
    parse_cidr_or_ip(text)
    canonical_net(text)
