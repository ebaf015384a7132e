"""Reading JSON, and saying where a text is none."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_core.errors import InputError
from calico_core.json import scanning

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(values, st.sampled_from([None, 0, 1, "\t"]), st.booleans())
def test_reads_what_json_reads(value: object, indent: int | str | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert scanning.loads(text) == value
    assert scanning.loads(f"\ufeff \r\n{text}\t\n") == value


@given(st.text(alphabet='{}[]",:0159-.eEtrufalsn \\/\n\ufeff', max_size=12))
def test_refuses_what_json_refuses(text: str) -> None:
    try:
        expected = json.loads(text.removeprefix("\ufeff"))
    except ValueError:
        with pytest.raises(InputError) as caught:
            scanning.loads(text)
        assert caught.value.path is None
        assert caught.value.line is not None
        assert caught.value.column is not None
        assert 1 <= caught.value.line <= text.count("\n") + 1
    else:
        assert scanning.loads(text) == expected


@pytest.mark.parametrize(
    "text,line,column,words",
    [
        ("", 1, 1, "the file is empty"),
        ("\ufeff \n", 2, 1, "the file is empty"),
        ("{} {}", 1, 4, "a second document begins here"),
        ('{"a": 1,\n}', 1, 8, "a comma stands before the closing }"),
        ("],", 1, 1, "a value is expected"),
        ("[1,\n 2,]", 2, 3, "a comma stands before the closing ]"),
        ('{"a": [{"b": 1 , }]}', 1, 16, "a comma stands before the closing }"),
        ('{"a" 1}', 1, 6, ""),
        ('{"a": 1 "b": 2}', 1, 9, ""),
        ("{a: 1}", 1, 2, ""),
        ("{'a': 1}", 1, 2, ""),
        ('{"a": tru}', 1, 7, "a value is expected"),
        ('{"a": "b', 1, 7, "unterminated string"),
        ('{"a": "\\x"}', 1, 8, "escape"),
        ('{"a": "\t"}', 1, 8, "control character"),
        ('{"a": NaN}', 1, 7, "NaN is no JSON"),
        ('["NaN", -Infinity]', 1, 9, "-Infinity is no JSON"),
        ('{"a": 1} // b', 1, 10, "comments"),
        ("# a\n{}", 1, 1, "comments"),
        ('{"a": /* b */ 1}', 1, 7, "comments"),
        ('{"a": {{b}}}', 1, 8, "mustache"),
        ('{"id": "{{b}}"\n {{#c}}', 2, 2, "mustache"),
        ("---\na: 1\n", 1, 1, "YAML"),
        ("a: 1\n", 1, 1, "YAML"),
    ],
)
def test_errors_have_places_and_hints(text: str, line: int, column: int, words: str) -> None:
    with pytest.raises(InputError) as caught:
        scanning.loads(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert caught.value.message.startswith("is not JSON: ")
    assert words in caught.value.message
    assert "\n" not in caught.value.message


def test_integers_of_any_length() -> None:
    assert scanning.loads("[" + "9" * 4000 + "]") == [10**4000 - 1]
    assert scanning.loads('{"a": ' + "9" * 50_000 + ', "b": 1}') == {"a": math.inf, "b": 1}


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":'])
def test_nesting(opening: str) -> None:
    closing = "".join("]" if char == "[" else "}" for char in reversed(opening) if char in "[{")
    levels = scanning.DEEPEST // len(closing)
    assert scanning.loads(opening * levels + "1" + closing * levels)
    with pytest.raises(InputError, match="nested more than 500 levels deep") as caught:
        scanning.loads(opening * 100_000)
    assert caught.value.line == 1


@given(st.lists(st.sampled_from(["\\\\", '\\"', "\\n", "\\u0064", "u", "a", "x" * 700])))
def test_numeric_escapes(pieces: list[str]) -> None:
    text = "".join(pieces)
    if "\\u0064" in pieces:
        assert scanning.has_numeric_escape(text)
    if "\\u" not in text:
        assert not scanning.has_numeric_escape(text)


@given(st.characters(max_codepoint=0x2FF), st.booleans())
def test_what_spells_a_plain_word(character: str, upper: bool) -> None:
    digits = f"{ord(character):04x}"
    escape = "\\u" + (digits.upper() if upper else digits)
    spells = character == "/" or scanning.is_plain(character)
    assert (scanning.SPELLED.fullmatch(escape) is not None) is spells
    assert json.loads(f'"{escape}"') == character
