"""The nearest names to a misspelt one, compared with asking difflib for every candidate."""

from __future__ import annotations

from difflib import SequenceMatcher, get_close_matches

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_core.nearest import nearest, nearest_ones, normalised

NAMES = ["calico_enabled", "calico_network_cidr", "calico_veth_mtu", "resolvers", "master_list"]
names = st.text(st.sampled_from("abc_"), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("calico_enable", "calico_enabled"),
        ("CALICO-ENABLED", "calico_enabled"),
        ("calico.network.cidr", "calico_network_cidr"),
        ("reslovers", "resolvers"),
        ("x", None),
        ("resolvers" * 20, None),
    ],
)
def test_a_misspelt_name(name: str, found: str | None) -> None:
    assert nearest(name, NAMES) == found


@given(names, st.lists(names, max_size=6), st.sampled_from([0.3, 0.6, 0.87]))
def test_no_candidate_is_more_alike(name: str, known: list[str], cutoff: float) -> None:
    found = nearest(name, known, cutoff)
    wanted = normalised(name)
    ratios = {each: SequenceMatcher(None, each, wanted, autojunk=False).ratio() for each in known}
    best = max(ratios.values(), default=0.0)
    if found is None:
        assert best <= cutoff
    else:
        assert ratios[found] == best


@given(names, st.lists(names, max_size=6))
def test_several_are_those_of_difflib(name: str, known: list[str]) -> None:
    assert nearest_ones(name, known) == get_close_matches(name, known, 3)
