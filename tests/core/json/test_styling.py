"""New members and elements look like their neighbours."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_core.json import styling
from calico_core.json.locating import Locator

objects = st.dictionaries(
    st.sampled_from("abcdef"), st.sampled_from([1, "x", [], {}, [1], {"z": 1}]), max_size=5
)
styles = st.sampled_from(
    [
        (None, (",", ":")),
        (None, (", ", ": ")),
        (None, (" , ", " : ")),
        (2, None),
        ("\t", None),
        (1, (",", " :")),
    ]
)


def spelled(value: object, style: tuple[Any, Any], crlf: bool = False) -> str:
    text = json.dumps(value, indent=style[0], separators=style[1])
    return text.replace("\n", "\r\n") if crlf else text


def inserted(text: str, insertion: styling.Insertion) -> str:
    return text[: insertion.offset] + insertion.text + text[insertion.offset :]


@given(objects, styles, st.booleans(), st.sampled_from([*"abcdef", None]))
def test_a_new_member(value: dict[str, Any], style: tuple[Any, Any], crlf: bool, after: str | None) -> None:
    text = spelled({"outer": value}, style, crlf)
    insertion = styling.new_member(Locator(text, 0), ("outer",), "new", "9", after=after)
    result = json.loads(inserted(text, insertion))
    keys = list(value)
    place = keys.index(after) + 1 if after in value else 0
    assert result == {"outer": {**value, "new": 9}}
    assert list(result["outer"]) == [*keys[:place], "new", *keys[place:]]
    # A text written in one style throughout stays in that style.
    if value:
        ordered = {key: result["outer"][key] for key in [*keys[:place], "new", *keys[place:]]}
        if len(keys) > 1 or style[1] != (" , ", " : "):
            assert inserted(text, insertion) == spelled({"outer": ordered}, style, crlf)


@given(st.lists(st.integers(0, 9), max_size=4), styles)
def test_a_new_element(value: list[int], style: tuple[Any, Any]) -> None:
    text = spelled(value, style)
    insertion = styling.new_element(Locator(text, 0), (), "99")
    assert json.loads(inserted(text, insertion)) == [*value, 99]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=6), st.data(), styles)
def test_taking_elements_out(value: list[int], data: st.DataObject, style: tuple[Any, Any]) -> None:
    text = spelled(value, style)
    removed = data.draw(st.sets(st.integers(0, len(value) - 1), min_size=1))
    spans = styling.without(Locator(text, 0).elements(()), removed)
    result = text
    for span in reversed(spans):
        result = result[: span.start] + result[span.end :]
    assert json.loads(result) == [each for index, each in enumerate(value) if index not in removed]


@given(objects.filter(bool), st.data(), styles)
def test_taking_members_out(value: dict[str, Any], data: st.DataObject, style: tuple[Any, Any]) -> None:
    text = spelled(value, style)
    removed = data.draw(st.sets(st.integers(0, len(value) - 1), min_size=1))
    spans = styling.without([member.whole for member in Locator(text, 0).members(())], removed)
    result = text
    for span in reversed(spans):
        result = result[: span.start] + result[span.end :]
    kept = {key: each for index, (key, each) in enumerate(value.items()) if index not in removed}
    assert json.loads(result) == kept
    if kept and style[1] is None:
        assert result == spelled(kept, style)


@pytest.mark.parametrize(
    "text,expected",
    [
        ('{"a":1}', '{"n":["x",1]}'),
        ('{"a": 1}', '{"n": ["x", 1]}'),
        ("{}", '{"n": ["x", 1]}'),
        ('{\n  "a": 1\n}', '{\n    "n": [\n      "x",\n      1\n    ]\n  }'),
        ('{\n\t"a": 1\n}', '{\n\t\t"n": [\n\t\t\t"x",\n\t\t\t1\n\t\t]\n\t}'),
        ('{\r\n "a": 1\r\n}', '{\r\n  "n": [\r\n   "x",\r\n   1\r\n  ]\r\n }'),
    ],
)
def test_a_value_is_laid_out_like_its_parent(text: str, expected: str) -> None:
    assert styling.laid_out(Locator(text, 0), (), {"n": ["x", 1]}) == expected
