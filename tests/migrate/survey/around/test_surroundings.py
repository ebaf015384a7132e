"""What stands around a place in a text, however long its lines are and wherever in it the place is."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from calico_migrate.survey.around.surroundings import FAR, Surroundings

MARK = re.compile(r"=(\w*)")


@given(st.text(st.sampled_from("a=#\n"), max_size=60), st.data())
def test_it_is_what_splitting_the_text_before_would_give(text: str, data: st.DataObject) -> None:
    around = Surroundings(text)
    for _ in range(3):
        place = data.draw(st.integers(0, len(text)))
        before = text[:place].rpartition("\n")[2]
        assert around.line_start(place) == place - len(before)
        assert around.before(place) == around.whole_before(place) == before


@given(st.lists(st.sampled_from(["=a", "=b", "=", " ", "\n"]), max_size=30), st.data())
def test_what_was_found_before_a_place(parts: list[str], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(parts)))
    text, place = " ".join(parts) + " ", len(" ".join([*parts[:cut], ""]))
    before = MARK.findall(text[:place])
    around = Surroundings(text)
    assert around.count_before(MARK, place) == len(before)
    assert around.last_before(MARK, place) == (before[-1] if before else None)


def test_of_a_long_line_the_end_is_looked_at() -> None:
    around = Surroundings("x" * FAR + "dcos")
    assert around.before(FAR + 4) == "x" * (FAR - 4) + "dcos"
    assert around.whole_before(FAR) == "x" * FAR
    assert around.whole_before(FAR + 1) == ""
