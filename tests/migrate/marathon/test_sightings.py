"""Where an expression is found in spans of texts, in whatever order they are asked for."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from calico_migrate.marathon.sightings import Sightings

_WORD = re.compile("ab")
# No match reaches over the end of one of these.
_parts = st.lists(st.sampled_from(["ab;", "xab;", "aab;abab;", ";", "b;", "a;"]), min_size=1, max_size=6)


def places(word: str, text: str, start: int, end: int) -> list[int]:
    return [place for place in range(start, end) if text.startswith(word, place) and place + len(word) <= end]


@given(st.lists(_parts, min_size=1, max_size=2), st.data())
def test_each_span_has_its_own(texts: list[list[str]], data: st.DataObject) -> None:
    seen, chosen = Sightings(_WORD), Sightings(re.compile("(?<=x)ab"))
    for _ in range(data.draw(st.integers(1, 6))):
        parts = data.draw(st.sampled_from(texts))
        first = data.draw(st.integers(0, len(parts) - 1))
        last = data.draw(st.integers(first, len(parts)))
        text, start, end = "".join(parts), len("".join(parts[:first])), len("".join(parts[:last]))
        assert list(seen.within(text, start, end)) == places("ab", text, start, end)
        assert [place - 1 for place in chosen.within(text, start, end)] == places("xab", text, start, end)


def test_a_span_may_be_asked_for_again() -> None:
    seen = Sightings(_WORD)
    asked = [(0, 5), (0, 5), (3, 5)]
    assert [list(seen.within("ab ab", *span)) for span in asked] == [[0, 3], [0, 3], [3]]
