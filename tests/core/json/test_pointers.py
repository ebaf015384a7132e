"""Pointers, compared with the library that applies patches."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from jsonpointer import JsonPointer

from calico_core.json.pointers import key_of, keys_of, pointer, token

keys = st.text(st.sampled_from(["a", "~", "/", "0", "1", "ä", " "]))


@given(st.lists(keys | st.integers(0, 9)))
def test_a_pointer_leads_back_to_its_path(path: list[str | int]) -> None:
    assert pointer(path) == JsonPointer.from_parts(path).path
    assert keys_of(pointer(path)) == tuple(map(str, path))


@given(keys)
def test_a_token_is_its_key(key: str) -> None:
    assert key_of(token(key)) == key
    assert pointer([key]) == "/" + token(key)


def test_the_escapes() -> None:
    assert pointer(("a/b", 0, "~", "")) == "/a~1b/0/~0/"
    assert key_of("~01") == "~1"
