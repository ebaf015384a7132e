"""Where values stand in a text."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonpointer import resolve_pointer

from calico_core.json import scanning
from calico_core.json.locating import Locator
from calico_core.json.pointers import pointer
from tests.support.values import paths

if TYPE_CHECKING:
    from calico_core.json.pointers import Path

_keys = st.sampled_from(["a", "networks", "", "ä", 'q"', "s/l", "t~", "b\\", "\n", "0"])
values = st.recursive(
    st.none() | st.integers(0, 9) | st.sampled_from(["a", "networks", '"a"', "{", "]", "s/l"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=4),
)


@given(values, st.sampled_from([None, 2, "\t"]), st.booleans())
def test_every_value_is_where_it_is_said_to_be(
    value: object, indent: int | str | None, ascii_only: bool
) -> None:
    head = '{"before": "a", "a": '
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    if not ascii_only:
        text = text.replace("s/l", "s\\/l", 1)
    whole = f"{head}{text}}}"
    locator = Locator(whole, len(head))
    for path, expected in paths(value):
        fresh = Locator(whole, len(head))
        start = fresh.start(path)
        assert json.JSONDecoder().raw_decode(whole, start)[0] == expected
        span = locator.span(path)
        assert span.start == start
        assert json.loads(whole[span.start : span.end]) == expected
        assert locator.nearest(path) == path
        assert resolve_pointer(value, pointer(path)) == expected


def test_the_last_of_duplicate_keys_counts() -> None:
    text = '{"a": 1, "b": {"c": 1, "c": 2}, "a": [3]}'
    locator = Locator(text, 0)
    assert text[slice(*locator.span(("a",)))] == "[3]"
    assert text[slice(*locator.span(("b", "c")))] == "2"
    assert [member.key for member in locator.members(())] == ["a", "b", "a"]
    assert [text[slice(*member.whole)] for member in locator.members(())][1:] == [
        '"b": {"c": 1, "c": 2}',
        '"a": [3]',
    ]


@pytest.mark.parametrize("path", [("x",), ("a", 3), ("a", 0, "y")])
def test_what_is_not_there(path: Path) -> None:
    with pytest.raises((KeyError, IndexError)):
        Locator('{"a": [{"b": 1}]}', 0).span(path)


def test_the_nearest_value() -> None:
    locator = Locator('{"a": [1, {"b": NaN}], "a": [{"b": -Infinity}, 10], "0": {}}', 0)
    for path, nearest in (
        (("a", 0, "b"), ("a", 0, "b")),
        (("a", 0, "c", 3), ("a", 0)),
        (("a", 2), ("a",)),
        (("a", -1), ("a",)),
        (("a", "0"), ("a",)),
        (("a", 1, 0), ("a", 1)),
        ((0,), ()),
        (("0", "x"), ("0",)),
    ):
        assert locator.nearest(path) == nearest
    assert locator.text[slice(*locator.span(("a", 0, "b")))] == "-Infinity"


def test_keys() -> None:
    text = r' {"a\"b": {"": 1}}'
    locator = Locator(text, 1)
    assert text[slice(*locator.key(('a"b',)))] == r'"a\"b"'
    assert text[slice(*locator.key(('a"b', "")))] == '""'
    with pytest.raises(KeyError):
        locator.key(("a",))


def test_numbers_of_any_length() -> None:
    digits = "1" * 5000
    text = f'[{digits}, {digits}.5e9, "x"]'
    assert text[slice(*Locator(text, 0).span((2,)))] == '"x"'


@given(values, st.sampled_from([None, 2, "\t"]), st.booleans())
def test_a_search_for_a_key_that_stands_once_finds_the_same(
    value: object, indent: int | str | None, blank: bool
) -> None:
    head, tail = '{"a": {"networks": "\\"0\\": ", "b": ["0", "networks"]}, "c": ', ', "networks": 5, "0": 1}'
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    if blank:
        text = text.replace('":', '"\n :')
    whole = head + text + tail
    end = len(head) + len(text)
    for path, _ in paths(value):
        walked, searched = Locator(whole, len(head)), Locator(whole, len(head), end)
        assert searched.start(path) == walked.start(path)
        assert searched.span(path) == walked.span(path)


@pytest.mark.parametrize(
    "text,path,expected",
    [
        ('{"k": "\\"b\\": 2", "a": {"b": 1}}', ("a", "b"), "1"),
        ('{"b": 2, "a": {"b": 1}}', ("a", "b"), "1"),
        ('{"a": {"b": 2}, "a": {"b": 1}}', ("a", "b"), "1"),
        ('{"k": "b", "a": [{"c": 3}, {"b" : 1}]}', ("a", 1, "b"), "1"),
        ('{"k": ["b", {"b\\\\": 1}], "b\\"b": 2, "b": 3}', ("b",), "3"),
    ],
)
def test_keys_that_a_search_could_take_for_others(text: str, path: Path, expected: str) -> None:
    assert text[slice(*Locator(text, 0, len(text)).span(path))] == expected


words = st.sampled_from(["dcos", "name", 'a "dcos"', '"dcos', 'name": "dcos', 'a\\"name', "0"])
worded = st.recursive(
    words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=12,
)


@given(worded, st.sampled_from([None, 0, 2, "\t"]), st.booleans())
def test_a_word_is_the_value_of_what_it_may_follow(
    value: object, indent: int | str | None, blank: bool
) -> None:
    text = json.dumps([value], indent=indent)
    if blank:
        text = re.sub(r'(?<!\\)":', '"\r\n :', text).replace("[", "[ \n")
    locator = Locator(text, 0)
    for path, part in paths([value]):
        if part == "dcos":
            place, last = locator.start(path), path[-1]
            assert place in scanning.quoted(text, "dcos", 0, len(text))
            assert scanning.may_follow(text, place, last)
            assert not scanning.may_follow(text, place, "other")
            if isinstance(last, str):
                assert not scanning.may_follow(text, place, 0)
