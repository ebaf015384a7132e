"""The span editor, and the way from offsets to lines and columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_core import spans
from calico_core.errors import VerificationError
from calico_core.spans import Edit, Lines, Spliced, apply

texts = st.text(alphabet="ab\n\r\ufeffé😀", max_size=40)


def edit(start: int, end: int, replacement: str) -> Edit:
    return Edit(start, end, replacement, "rule", "/a", None, None)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text and edits that do not overlap: replacements, removals, insertions, adjacent ones."""
    text = draw(texts)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        edits.append(edit(start, end, draw(st.text(alphabet="xy\n", max_size=4))))
    return text, edits


@given(edited(), st.randoms())
def test_applies_like_replacing_from_the_end(case: tuple[str, list[Edit]], random) -> None:  # type: ignore[no-untyped-def]
    text, edits = case
    expected = text
    for each in reversed(edits):
        expected = expected[: each.start] + each.replacement + expected[each.end :]
    # Insertions at one place keep their order; everything else may come in any order.
    if len({each.start for each in edits}) == len(edits):
        random.shuffle(edits)
    assert apply(text, edits) == expected


@given(edited())
def test_a_spliced_text_is_the_edited_one_part_by_part(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    new = Spliced(text, [each[:3] for each in edits])
    assert str(new) == "".join(new.parts()) == apply(text, edits)
    assert str(Spliced(text)) == text


def test_insertions_at_one_place_keep_their_order() -> None:
    assert apply("ab", [edit(1, 1, "x"), edit(1, 1, "y")]) == "axyb"


def test_an_insertion_before_a_replacement_at_the_same_place() -> None:
    assert apply("ab", [edit(1, 2, "B"), edit(1, 1, "x")]) == "axB"


def test_no_edits_are_no_change() -> None:
    assert apply("ab", []) == "ab"


@pytest.mark.parametrize(
    "edits",
    [
        [edit(0, 2, "x"), edit(1, 3, "y")],
        [edit(0, 2, "x"), edit(0, 2, "y")],
        [edit(0, 4, "x"), edit(1, 2, "y")],
        [edit(2, 1, "x")],
        [edit(3, 6, "x")],
        [edit(-1, 1, "x")],
    ],
    ids=["overlap", "twice", "inside", "backwards", "behind-the-end", "before-the-start"],
)
def test_edits_that_do_not_fit_are_a_fault_of_the_tool(edits: list[Edit]) -> None:
    with pytest.raises(VerificationError, match="fault of the tool"):
        apply("abcd", edits)


def plain_position(text: str, offset: int) -> tuple[int, int]:
    """Counts the lines and columns one character at a time; a byte order mark is none."""
    line = column = 1
    for index, char in enumerate(text[:offset]):
        if char == "\n":
            line, column = line + 1, 1
        elif not (index == 0 and char == "\ufeff"):
            column += 1
    return line, column


@given(texts, st.integers(1, 12), st.data())
def test_positions_in_any_order(text: str, block: int, data: st.DataObject) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spans, "_BLOCK", block)
        check_positions(text, data)


def check_positions(text: str, data: st.DataObject) -> None:
    lines = Lines(text)
    for _ in range(8):
        offset = data.draw(st.integers(0, len(text)))
        assert lines.position(offset) == plain_position(text, offset)


def test_columns_count_code_points() -> None:
    assert Lines("😀é\tx").position(3) == (1, 4)
    assert Lines("a\r\nb").position(3) == (2, 1)
    assert Lines("\ufeff{}").position(1) == (1, 1)
