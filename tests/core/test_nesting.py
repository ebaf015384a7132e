from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from calico_core.nesting import deep_bracket


def by_hand(text: str, limit: int) -> int | None:
    open_brackets: list[str] = []
    for offset, character in enumerate(text):
        if character in "[{":
            open_brackets.append(character)
            if len(open_brackets) > limit:
                return offset
        elif character in "]}" and open_brackets:
            open_brackets.pop()
    return None


@given(st.text("[]{}a\n"), st.integers(0, 5))
def test_it_is_the_first_bracket_too_many(text: str, limit: int) -> None:
    assert deep_bracket(text, limit) == by_hand(text, limit)
