"""Address arithmetic, compared with Python's `ipaddress` and with plain loops."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_core.addresses import (
    ADDRESSES,
    Network,
    Points,
    Range,
    address_text,
    gaps,
    merged,
    overlapping_pairs,
    parse_address,
    parse_network,
    text_of,
)
from tests.support.timing import cpu_time

addresses = st.integers(0, ADDRESSES - 1)
prefixes = st.integers(0, 32)


@st.composite
def networks(draw: st.DrawFn) -> Network:
    prefix = draw(prefixes)
    size = 1 << (32 - prefix)
    first = draw(addresses) // size * size
    return Network(first, first + size - 1)


@st.composite
def small_ranges(draw: st.DrawFn) -> Range:
    first = draw(st.integers(0, 60))
    return Range(first, first + draw(st.integers(0, 20)), "x", "x")


@given(addresses)
def test_an_address_goes_to_text_and_back(number: int) -> None:
    assert address_text(number) == str(ipaddress.IPv4Address(number))
    assert parse_address(address_text(number)) == number


@given(networks())
def test_a_network_goes_to_text_and_back(network: Network) -> None:
    text = text_of(*network)
    assert ipaddress.ip_network(text) == ipaddress.ip_network((network.first, 33 - network.size.bit_length()))
    written = parse_network(text)
    assert written is not None
    assert written.network == network


@given(st.text(alphabet="0123456789./ -a", max_size=20))
def test_what_ipaddress_takes_is_taken_and_nothing_else_but_leading_zeros(text: str) -> None:
    try:
        expected = ipaddress.IPv4Network(text)
    except ValueError:
        written = parse_network(text)
        assert (
            written is None
            or written.leading_zeros
            or any(part.startswith("0") and len(part) > 1 for part in text.replace("/", ".").split("."))
        )
    else:
        written = parse_network(text)
        assert written is not None
        assert written.network == Network(int(expected.network_address), int(expected.broadcast_address))


@pytest.mark.parametrize(
    ("text", "first", "prefix", "notation"),
    [
        ("172.29.0.0/16", "172.29.0.0", 16, "prefix"),
        ("172.29.0.0/016", "172.29.0.0", 16, "prefix"),
        ("172.29.00.0/16", "172.29.0.0", 16, "prefix"),
        ("172.29.0.0", "172.29.0.0", 32, "none"),
        ("172.29.0.0/255.255.0.0", "172.29.0.0", 16, "netmask"),
        ("172.29.0.0/0.0.255.255", "172.29.0.0", 16, "hostmask"),
        ("0.0.0.0/0", "0.0.0.0", 0, "prefix"),
    ],
)
def test_notations(text: str, first: str, prefix: int, notation: str) -> None:
    written = parse_network(text)
    assert written is not None
    assert (address_text(written.network.first), written.prefix, written.notation) == (
        first,
        prefix,
        notation,
    )


@pytest.mark.parametrize(
    "text",
    ["172.29.0.1/16", "172.29.0.0/33", "172.29.0.0/+16", "172.29.0.0/", " 172.29.0.0/16", "fd00::/64", "",
     "172.29.0.0/16/16", "010.0.0.0/8", "0172.29.0.0/16", "172.29.0.0/1_6", "١٧٢.29.0.0/16", "172.29.0.0/١٦"],
)  # fmt: skip
def test_what_is_no_network(text: str) -> None:
    assert parse_network(text) is None


@given(st.lists(small_ranges(), max_size=12))
def test_every_range_that_overlaps_another_is_named(ranges: list[Range]) -> None:
    touching = {
        index
        for index, entry in enumerate(ranges)
        for other in range(len(ranges))
        if other != index and entry.first <= ranges[other].last and ranges[other].first <= entry.last
    }
    pairs = overlapping_pairs(ranges)
    assert {index for pair in pairs for index in pair} <= touching
    assert len(pairs) >= len(touching) / 2
    for first, second in pairs:
        assert ranges[first].first <= ranges[second].last
        assert ranges[second].first <= ranges[first].last


@given(st.lists(small_ranges(), max_size=12))
def test_merged_and_gaps_cover_the_space_exactly(ranges: list[Range]) -> None:
    space = Network(5, 70)
    taken = {number for entry in ranges for number in range(entry.first, entry.last + 1)}
    covered = {number for entry in merged(ranges) for number in range(entry.first, entry.last + 1)}
    free = {number for entry in gaps(space, ranges) for number in range(entry.first, entry.last + 1)}
    assert covered == taken
    assert free == set(range(5, 71)) - taken


@given(st.lists(st.integers(0, 100), max_size=20), small_ranges())
def test_points_inside(numbers: list[int], window: Range) -> None:
    points = Points(Range(number, number, "agent", "agent") for number in numbers)
    inside = [entry.first for entry in points.inside(window)]
    assert inside == sorted(number for number in numbers if window.first <= number <= window.last)


def test_ten_thousand_points_cost_little_more_than_a_thousand_each() -> None:
    def seconds(count: int) -> float:
        entries = [
            Range(number * 7919 % ADDRESSES, number * 7919 % ADDRESSES, "a", "a") for number in range(count)
        ]
        windows = [Range(number << 20, (number << 20) + 4095, "w", "w") for number in range(200)]
        with cpu_time() as spent:
            points = Points(entries)
            for window in windows:
                points.inside(window)
            overlapping_pairs(entries)
        return spent.seconds

    seconds(1_000)
    # Ten times as much may cost ten times the time and the logarithm; a quadratic way would cost a hundred.
    assert min(seconds(20_000) for _ in range(3)) < 60 * max(min(seconds(2_000) for _ in range(3)), 1e-4)
