"""Addresses as Python 3.6 reads them, compared with today's `ipaddress` where the two agree."""

from __future__ import annotations

import ipaddress
import socket

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from calico_config.installer.python36 import (
    CrashedError,
    Network,
    integer,
    ip_network,
    is_ipv4_address,
    is_ipv6_address,
)

V4 = st.tuples(*[st.integers(0, 300)] * 4).map(lambda octets: ".".join(map(str, octets)))
V6 = st.one_of(
    st.ip_addresses(v=6).map(str),
    st.ip_addresses(v=6).map(lambda address: address.exploded),
    st.text("0123456789abcdefF:.", max_size=24),
    st.lists(st.sampled_from(["", "0", "1", "ffff", "12345", "1.2.3.4"]), max_size=10).map(":".join),
)
SUFFIX = st.sampled_from(["", "/0", "/8", "/16", "/24", "/32", "/64", "/128", "/129", "/x", "/", "/255.0.0.0",
                          "/0.255.255.255", "/255.0.255.0", "/0.0.0.0", "/8/8", "/-1", "/ 8"])  # fmt: skip


@given(V4 | V6 | st.text(max_size=8), SUFFIX)
@example("0.0.0.0", "/0.0.0.0")
@example("::", "/0")
def test_a_network_is_what_ipaddress_makes_of_it(address: str, suffix: str) -> None:
    # What newer versions refuse (leading zeros) or accept (scopes) besides is tested by itself.
    assume("%" not in address)
    text = address + suffix
    try:
        network = ipaddress.ip_network(text)
        expected = Network(network.version, int(network.network_address), network.prefixlen)
    except ValueError:
        expected = None
    assert ip_network(text) == expected
    if expected is not None and expected.version == 4:
        assert str(expected) == str(ipaddress.ip_network(text))
        assert expected.last == int(ipaddress.ip_network(text).broadcast_address)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("172.29.00.0/16", Network(4, 0xAC1D0000, 16)),
        ("07.0.0.0/8", Network(4, 0x07000000, 8)),
        ("010.0.0.0/8", None),
        ("0172.29.0.0/16", None),
        ("172.29.0.0/016", Network(4, 0xAC1D0000, 16)),
        ("fe80::1%eth0", None),
        (9, Network(4, 9, 32)),
        (True, Network(4, 1, 32)),
        (1 << 32, Network(6, 1 << 32, 128)),
        (-1, None),
        (1 << 128, None),
        (1.5, None),
        (None, None),
        (["10.0.0.0/8"], None),
    ],
)
def test_what_python_3_6_has_of_its_own(text: object, expected: Network | None) -> None:
    assert ip_network(text) == expected


@given(st.ip_addresses(v=4), st.integers(0, 32), st.ip_addresses(v=4), st.integers(0, 32))
def test_overlaps_are_those_of_ipaddress(
    one: ipaddress.IPv4Address, prefix: int, other: ipaddress.IPv4Address, other_prefix: int
) -> None:
    first = ipaddress.ip_network(f"{one}/{prefix}", strict=False)
    second = ipaddress.ip_network(f"{other}/{other_prefix}", strict=False)
    ours, theirs = ip_network(str(first)), ip_network(str(second))
    assert ours is not None
    assert theirs is not None
    assert ours.overlaps(theirs) == first.overlaps(second)


@given(V4 | V6)
@example("1.2.3.04")
@example("::1.2.3.04")
@example("1:2:3:4:5:6:7::")
@example("1::2:3:4:5:6:7:8")
def test_an_address_is_what_inet_pton_takes(text: str) -> None:
    def takes(family: int) -> bool:
        try:
            socket.inet_pton(family, text)
        except OSError:
            return False
        return True

    assert is_ipv4_address(text) == takes(socket.AF_INET)
    assert is_ipv6_address(text) == takes(socket.AF_INET6)


def test_what_no_system_call_takes_is_a_traceback() -> None:
    for text in ("1.2.3.4\x00", "\ud800"):
        with pytest.raises(CrashedError):
            is_ipv4_address(text)


def test_integers_have_no_limit() -> None:
    assert integer("9" * 5000) == 10**5000 - 1
    assert integer(" -" + "1_" * 3000 + "1 ") < 0
    assert integer(True) == 1
    assert integer(1.9) == 1
    for value in ("9" * 5000 + "x", "1__0", "nan"):
        with pytest.raises(ValueError):
            integer(value)
    for wrong in (None, [1], float("inf")):
        with pytest.raises(CrashedError):
            integer(wrong)
