from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_migrate.calico.reading.documents import documents


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("---\na", ["---\na"]),
        ("a\n---\nb", ["a", "b"]),
        ("a\n--- # comment\nb", ["a", "b"]),
        ("a\r\n---\r\nb", ["a\r", "b"]),
        ("a\n---", ["a"]),
        ("a\n---\n", ["a", ""]),
        ("\n---\n---\nb", ["", "---\nb"]),
        ("a\n----x\nb", ["a", "b"]),
        ("\ufeffa\n---\nb", ["a", "b"]),
    ],
)
def test_where_a_file_is_cut(text: str, parts: list[str]) -> None:
    assert [text[found.start : found.end] for found in documents(text)] == parts


def test_what_the_line_of_a_separator_loses() -> None:
    text = "a\n--- b: c\nd"
    first, second = documents(text)
    assert text[slice(*first.lost)] == " b: c"
    assert text[slice(*second.lost)] == ""


@given(st.text(alphabet="a-\n \r", max_size=30))
def test_nothing_is_read_twice(text: str) -> None:
    end = 0
    for found in documents(text):
        assert end <= found.start <= found.end
        assert "\n---" not in text[found.start : found.end]
        end = found.lost[1]
    assert end == len(text)
