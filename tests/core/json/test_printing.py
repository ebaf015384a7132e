from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_core.json.printing import printed

TEXTS = st.text(st.characters()) | st.text('a\ud800\udcff\x1b\x7f\x9b\u202e\xa0é\U000e0001\n\t"\\')
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(TEXTS, below, max_size=3),
    max_leaves=8,
)


@given(VALUES, st.sampled_from([None, 1, 2]))
def test_any_value_comes_back_from_printable_utf_8(value: Any, indent: int | None) -> None:
    text = printed(value, indent)
    assert json.loads(text.encode("utf-8")) == json.loads(json.dumps(value))
    assert all(line.isprintable() for line in text.split("\n"))


@pytest.mark.parametrize(
    "value, text",
    [
        ("é\u4e2d", '"é\u4e2d"'),
        ("\ud800", '"\\ud800"'),
        ("\x1b[0m\x9b", '"\\u001b[0m\\u009b"'),
        ("\U000e0001", '"\\udb40\\udc01"'),
    ],
)
def test_letters_stay_and_the_rest_is_escaped(value: str, text: str) -> None:
    assert printed(value) == text
