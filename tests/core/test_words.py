"""Lists and numbers in sentences."""

from __future__ import annotations

import pytest

from calico_core.addresses import Range
from calico_core.words import counted, flat, joined, listed, relation, shown


@pytest.mark.parametrize(
    ("count", "as_list", "as_sentence"),
    [(1, "a", "a"), (2, "a, b", "a and b"), (3, "a, b, c", "a, b and c"), (5, "a, b, c and 2 more", "a, b, c and 2 more")],
)  # fmt: skip
def test_lists(count: int, as_list: str, as_sentence: str) -> None:
    assert joined("abcde"[:count], 3) == as_list
    assert listed("abcde"[:count]) == as_sentence


def test_nothing_is_an_empty_list() -> None:
    assert joined([], 3) == ""


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 nodes"), (1, "1 node"), (2, "2 nodes"), (12345, "12,345 nodes")]
)
def test_numbers(number: int, words: str) -> None:
    assert counted(number, "node") == words
    assert counted(number, "address", "addresses").endswith("address" if number == 1 else "addresses")


def test_a_value_is_one_short_line() -> None:
    assert shown("10.0.0.0/8") == "10.0.0.0/8"
    assert shown("a\nb\x1b") == r"a\nb\x1b"
    assert len(shown("x" * 1000)) == 60
    assert flat("abcdef", 4) == "abc…"


@pytest.mark.parametrize(
    ("ours", "theirs", "word"),
    [((0, 9), (0, 9), "equals"), ((0, 9), (3, 4), "contains"), ((3, 4), (0, 9), "lies inside"),
     ((0, 5), (4, 9), "overlaps")],
)  # fmt: skip
def test_how_ranges_lie(ours: tuple[int, int], theirs: tuple[int, int], word: str) -> None:
    assert relation(Range(*ours, "a", "a"), Range(*theirs, "b", "b")) == word
