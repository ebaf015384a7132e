"""JSON and YAML as plain values: compared with PyYAML's own safe loader, and what is refused."""

from __future__ import annotations

import contextlib
import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from calico_core.errors import InputError
from calico_core.yaml.plain import line_of, read_documents

KEYS = st.text(alphabet="abcxyz-./", min_size=1, max_size=8)
# PyYAML writes YAML's own line breaks beyond ASCII so that it does not read them back itself.
TEXTS = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x85\u2028\u2029"), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=15,
)


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
def test_json_and_yaml_of_a_value_are_read_alike(value: dict[str, object]) -> None:
    assert read_documents(json.dumps(value), "x") == [value]
    assert read_documents(yaml.safe_dump(value, allow_unicode=True), "x") == [value]


@given(st.text(alphabet="ab:-[]{}&*!#'\" \n,1~", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(InputError):
        read_documents(text, "x", aliases=True)


def test_lines_of_keys() -> None:
    (document,) = read_documents("a: 1\nb:\n  c: 2\n", "x")
    assert line_of(document, "b") == 2
    assert line_of(document["b"], "c") == 3
    assert line_of({"a": 1}, "a") is None


def test_several_documents_and_a_byte_order_mark() -> None:
    assert read_documents("\ufeff--- a\n--- {b: 1}\n", "x") == ["a", {"b": 1}]
    assert read_documents('\ufeff{"a": 1}', "x") == [{"a": 1}]
    assert read_documents("{a: b, c: [1, x]}", "x") == [{"a": "b", "c": [1, "x"]}]


@pytest.mark.parametrize(
    "text, value",
    [
        ("null", None), ("~", None), ("true", True), ("'true'", "true"), ("yes", "yes"), ("0777", "0777"),
        ("12", 12), ("1.10", "1.10"), ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z"), ("!!str 5", "5"),
        ("99999999999999999999", "99999999999999999999"),
    ],
)  # fmt: skip
def test_scalars(text: str, value: object) -> None:
    assert read_documents(f"a: {text}", "x") == [{"a": value}]


def test_aliases_are_shared_where_they_are_allowed() -> None:
    text = "a: &x {k: 1}\nb: *x\nc: {<<: *x, k: 2, m: 3}\n"
    (document,) = read_documents(text, "x", aliases=True)
    assert document["a"] is document["b"]
    assert document["c"] == {"k": 2, "m": 3}
    with pytest.raises(InputError, match="alias"):
        read_documents(text, "x")


def test_a_bomb_of_aliases_does_not_grow() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    (document,) = read_documents("\n".join(lines), "x", aliases=True)
    assert len(document) == 60


@pytest.mark.parametrize(
    "text, line",
    [
        ("a: 1\na: 2\n", 2),
        ("a: 1\n? [x]\n: 2\n", 2),
        ("a: 1\nb: *c\n", 2),
        ("a: 1\nb: [\n", 3),
        ("a: 1\n\tb: 2\n", 2),
        ('{"a": 1,\n"b": ]}', 2),
    ],
)
def test_what_is_refused_has_its_line(text: str, line: int) -> None:
    with pytest.raises(InputError) as caught:
        read_documents(text, "x")
    assert caught.value.line == line


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_ends_in_a_message(opening: str) -> None:
    for depth in (101, 20_000):
        with pytest.raises(InputError):
            read_documents("x: " + opening * depth if opening != "- " else opening * depth, "x")
