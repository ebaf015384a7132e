"""Aliases that explode, against what following them all gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_core.yaml.aliases import check_aliases
from calico_core.yaml.composing import Dialect, YamlError, compose

if TYPE_CHECKING:
    from calico_core.yaml.nodes import Document, Node

# Each line is a list of literals and of aliases of the lines before it.
LINES = st.lists(st.lists(st.integers(0, 3), max_size=4), min_size=1, max_size=6)


def document(lines: list[list[int]]) -> Document:
    text = ""
    for number, items in enumerate(lines):
        words = [f"*l{number - item}" if 0 < item <= number else "x" for item in items]
        text += f"- &l{number} [{', '.join(words)}]\n"
    (found,) = compose(text)
    return found


def followed(node: Node) -> tuple[int, int]:
    """The size of a node, and how many levels of collections it has, with all aliases followed, one by one."""
    if node.resolved.kind == "scalar":
        return 1, 0
    below = [followed(child) for child in node.resolved.parts()]
    return 1 + sum(size for size, _ in below), 1 + max((depth for _, depth in below), default=0)


def written(node: Node) -> int:
    return 1 if node.kind == "alias" else 1 + sum(written(child) for child in node.parts())


@given(LINES)
def test_what_is_small_once_followed_passes(lines: list[list[int]]) -> None:
    found = document(lines)
    size, depth = followed(found.root)
    check_aliases(found, deepest=depth, most=size)


@given(LINES)
def test_what_is_too_much_once_followed_is_an_error(lines: list[list[int]]) -> None:
    found = document(lines)
    size, depth = followed(found.root)
    extra = size - written(found.root)
    if extra > 1:
        with pytest.raises(YamlError) as caught:
            check_aliases(found, deepest=depth, most=(extra - 1) // 2 - written(found.root))
        assert caught.value.reason == "alias-explosion"
    if found.aliases and depth > 2:
        with pytest.raises(YamlError) as caught:
            check_aliases(found, deepest=depth - 1, most=size)
        assert caught.value.reason == "too-deep"


@pytest.mark.parametrize(
    "text, deepest, offset",
    [
        ("a: &a x\nb: [[*a]]\n", 3, None),
        ("a: &a []\nb: [[*a]]\n", 3, 14),
        ("a: &a [x]\nb: &b [*a]\nc: [*b, *a]\n", 3, 25),
        ("a: &a [x]\nb: &b [*a]\nc: [*b, *a]\n", 4, None),
    ],
)
def test_levels_are_collections_and_the_alias_is_named(text: str, deepest: int, offset: int | None) -> None:
    (found,) = compose(text, Dialect(deepest=deepest))
    if offset is None:
        check_aliases(found, deepest)
        return
    with pytest.raises(YamlError) as caught:
        check_aliases(found, deepest)
    assert (caught.value.reason, caught.value.offset) == ("too-deep", offset)


def test_a_bomb_is_told_at_once() -> None:
    text = "- &l0 [x]\n" + "".join(f"- &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 60))
    (found,) = compose(text)
    with pytest.raises(YamlError) as caught:
        check_aliases(found, deepest=500)
    assert caught.value.reason == "alias-explosion"


@pytest.mark.parametrize(
    "text", ["&a [*a, *a]", "&a {*a : *a, b: &b [*a, *b]}", "a: &a [&b {c: [*a, *b]}]\nd: *a"]
)
def test_a_value_within_itself_counts_as_one(text: str) -> None:
    (found,) = compose(text, Dialect(recursive=True))
    check_aliases(found, deepest=8, most=8)
    with pytest.raises(YamlError) as caught:
        check_aliases(found, deepest=1)
    assert caught.value.reason == "too-deep"
