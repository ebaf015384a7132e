"""Marks: as long as what they stand for, unique, and put back without loss."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_core.errors import InputError
from calico_migrate.package.universe.marks import Marker

PIECES = st.lists(
    st.sampled_from(
        [
            '"dcos"',
            "dcos",
            "{{dcos}}",
            "{{#a}}",
            "{{/a}}",
            "}}dcos{{x}}",
            '"',
            "x",
            "\n",
            "{{{dcos}}}",
            "{{! dcos }}",
            "blue",
            '"blue"',
        ]
    ),
    max_size=12,
).map("".join)


@given(PIECES)
def test_putting_back_gives_the_text(text: str) -> None:
    marker = Marker(["dcos", "blue"], [text])
    marked = marker.template(text)
    assert len(marked) == len(text)
    assert marker.put_back(marked) == text
    for name, mark in marker.marks.items():
        assert mark.start is not None
        assert text[mark.start : mark.start + len(name)] == mark.network
        assert marked.count(name) == 1


def test_only_names_that_stand_alone_are_marked() -> None:
    text = '{"a": "dcos", "dcos": "x-dcos", "{{dcos}}": "{{#dcos}}dcos{{/dcos}}"}'
    marker = Marker(["dcos"], [text])
    marker.template(text)
    assert [mark.start for mark in marker.marks.values()] == [7, 15, text.index("dcos{{/")]


def test_new_names_are_put_in_for_chosen_marks() -> None:
    marker = Marker(["dcos"], [])
    first, second = marker.option("dcos", ("a",)), marker.option("dcos", ("b",))
    assert first != second
    assert marker.put_back(f"{first} {second}", {second: "calico"}) == "dcos calico"


def test_private_use_characters_of_the_text_are_avoided() -> None:
    marker = Marker(["dcos"], ["\ue000"])
    assert marker.option("dcos", ("a",)) > "\uffff"
    with pytest.raises(InputError):
        Marker(["dcos"], ["\ue000 \U000f0000"])
