"""Text from elsewhere on one line of a terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from calico_core.legible import encoded, escaped, harmless, legible, quoted


@given(st.text())
def test_nothing_moves_the_cursor_and_nothing_is_endless(text: str) -> None:
    shown = legible(text, 20)
    assert shown.isprintable()
    assert len(shown) <= 20 * 10


def test_examples() -> None:
    assert legible("plain text, also é and 日本") == "plain text, also é and 日本"
    assert legible("a\x1b[31m\u202eb\n\U000e0001") == "a\\x1b[31m\\u202eb\\x0a\\U000e0001"
    assert legible("abcdef", 4) == "abc…"
    assert quoted("a'b") == "'a'b'"


def test_a_harmless_text_keeps_its_lines_and_tabs() -> None:
    assert harmless("a\tb\n\x1b[31mc\x07\n\n") == "a\tb\n\\x1b[31mc\\x07\n\n"
    assert harmless("é\ud800\x9b\u202e") == "é\\ud800\\x9b\\u202e"


@given(st.text(st.characters(max_codepoint=0x100)))
def test_a_harmless_text_is_its_lines_made_fit(text: str) -> None:
    assert harmless(text) == "\n".join("\t".join(map(escaped, line.split("\t"))) for line in text.split("\n"))


def test_any_text_can_be_encoded() -> None:
    assert encoded("é") == b"\xc3\xa9"
    assert encoded("\ud800 \udcff") == b"\\ud800 \\udcff"
