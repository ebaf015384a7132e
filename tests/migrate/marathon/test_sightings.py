"""How often an expression is found in spans of texts, in whatever order they are asked for."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from calico_migrate.marathon.sightings import Sightings

_WORD = re.compile("ab")
# No match reaches over the end of one of these.
_parts = st.lists(st.sampled_from(["ab;", "xab;", "aab;abab;", ";", "b;", "a;"]), min_size=1, max_size=6)


@given(st.lists(_parts, min_size=1, max_size=2), st.data())
def test_each_span_has_its_own(texts: list[list[str]], data: st.DataObject) -> None:
    seen, chosen = Sightings(_WORD), Sightings(_WORD, lambda text, place: text[place - 1] == "x")
    for _ in range(data.draw(st.integers(1, 6))):
        parts = data.draw(st.sampled_from(texts))
        first = data.draw(st.integers(0, len(parts) - 1))
        last = data.draw(st.integers(first, len(parts)))
        text, start, end = "".join(parts), len("".join(parts[:first])), len("".join(parts[:last]))
        assert seen.count(text, start, end) == text.count("ab", start, end)
        assert chosen.count(text, start, end) == text.count("xab", start, end)


def test_a_span_may_be_asked_for_again() -> None:
    seen = Sightings(_WORD)
    assert [seen.count("ab ab", 0, 5), seen.count("ab ab", 0, 5), seen.count("ab ab", 3, 5)] == [2, 2, 1]
