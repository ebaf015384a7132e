"""The composer against PyYAML's own, with libyaml and without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from calico_core.yaml.composing import Dialect, YamlError, compose, parsers

if TYPE_CHECKING:
    from calico_core.yaml.nodes import Node

LOADERS = list(dict.fromkeys(parsers()))

WORDS = st.sampled_from(
    ["a", "dcos", "on", "1e3", "~", "", "x: y", "# c", "é", "two words", "'", '"', "*a", "{{ n }}"]
)
VALUES = st.recursive(
    WORDS | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)
FRAGMENTS = st.lists(
    st.sampled_from(
        ["a", "b", ":", ": ", "- ", "\n", "  ", "\n  ", "{", "}", "[", "]", ", ", "&x ", "*x", "!t ", "'", '"',
         "|\n", ">-\n", "#", " # c\n", "---\n", "...\n", "? ", "<<: ", "\t", "%", "é", "😀", "\r\n", "~", "!!str "]
    ),
    max_size=14,
).map("".join)  # fmt: skip


def shape(node: Node, seen: dict[int, int]) -> Any:
    """A node as plain values, what aliases share told by its number."""
    node = node.resolved
    if id(node) in seen:
        return ("again", seen[id(node)])
    seen[id(node)] = len(seen)
    below = [[shape(key, seen), shape(value, seen)] for key, value in node.children] if node.kind == "mapping" else [
        shape(child, seen) for child in node.children
    ]  # fmt: skip
    end = None if node.kind != "scalar" and node.style == "block" else node.end
    return (node.kind, node.start, end, node.text, node.style if node.kind == "scalar" else None, below)


def reference_shape(node: Any, seen: dict[int, int]) -> Any:
    if id(node) in seen:
        return ("again", seen[id(node)])
    seen[id(node)] = len(seen)
    kind, value = node.id, node.value
    if kind == "scalar":
        return (kind, node.start_mark.index, node.end_mark.index, value, node.style or None, [])
    below = [[reference_shape(k, seen), reference_shape(v, seen)] for k, v in value] if kind == "mapping" else [
        reference_shape(child, seen) for child in value
    ]  # fmt: skip
    return (kind, node.start_mark.index, node.end_mark.index if node.flow_style else None, "", None, below)


def outcome(text: str, loader: Any) -> Any:
    try:
        documents = list(compose(text, Dialect(recursive=True, anchors_once=True), loader))
    except YamlError as error:
        return ("error", error.offset)
    return [shape(document.root, {}) for document in documents]


def reference(text: str, loader: Any) -> Any:
    try:
        return [reference_shape(node, {}) for node in yaml.compose_all(text, loader)]
    except yaml.YAMLError as error:
        mark: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        return ("error", min(mark.index, len(text)))


@pytest.mark.parametrize("loader", LOADERS, ids=lambda loader: loader.__name__)
@given(st.lists(VALUES, min_size=1, max_size=3), st.sampled_from([True, False, None]))
def test_dumped_values_give_the_nodes_that_pyyaml_gives(loader: Any, values: list[Any], flow: bool) -> None:
    text = yaml.safe_dump_all(values, default_flow_style=flow, allow_unicode=True)
    assert outcome(text, loader) == reference(text, loader)


@pytest.mark.parametrize("loader", LOADERS, ids=lambda loader: loader.__name__)
@given(FRAGMENTS)
def test_any_text_gives_the_nodes_or_the_error_that_pyyaml_gives(loader: Any, text: str) -> None:
    ours, theirs = outcome(text, loader), reference(text, loader)
    assert ours == theirs


@pytest.mark.parametrize("loader", LOADERS, ids=lambda loader: loader.__name__)
@pytest.mark.parametrize(
    "text, reason, offset",
    [
        ("a: [", "not-yaml", 4),
        ("é: \x01", "not-yaml", 3),
        ("a: \ud800", "not-yaml", 3),
        ("\ufeffa: *b", "undefined-alias", 4),
        ("\ufeff\ufeffa: *b", "undefined-alias", 5),
        ("\ufeffa: [", "not-yaml", 5),
        ("\ufeffé: \x01", "not-yaml", 4),
        ("\ufeffa: \ud800", "not-yaml", 4),
        ("a: &a [1, *a]", "recursive-alias", 10),
        ("a: b\n---\nc: {", "not-yaml", 13),
    ],
)
def test_an_error_names_its_place_in_characters(loader: Any, text: str, reason: str, offset: int) -> None:
    with pytest.raises(YamlError) as caught:
        list(compose(text, loader=loader))
    assert (caught.value.reason, caught.value.offset) == (reason, offset)
    assert "\n" not in caught.value.message


@pytest.mark.parametrize("loader", LOADERS, ids=lambda loader: loader.__name__)
@pytest.mark.parametrize(
    "text", ["[" * 10_000, "{a: " * 10_000, "- " * 10_000], ids=["array", "object", "list"]
)
def test_ten_thousand_levels_are_an_error_and_no_crash(loader: Any, text: str) -> None:
    with pytest.raises(YamlError) as caught:
        list(compose(text, loader=loader))
    assert caught.value.reason == "too-deep"


def test_the_levels_of_a_dialect_count_open_collections() -> None:
    assert list(compose("[[[]]]", Dialect(deepest=3)))
    with pytest.raises(YamlError) as caught:
        list(compose("[[[[]]]]", Dialect(deepest=3)))
    assert (caught.value.reason, caught.value.offset) == ("too-deep", 3)


def test_a_second_anchor_of_a_name_is_an_error_where_the_dialect_says_so() -> None:
    text = "a: &x 1\nb: &x 2\nc: *x\n"
    (document,) = compose(text)
    assert document.root.children[2][1].resolved.text == "2"
    with pytest.raises(YamlError) as caught:
        list(compose(text, Dialect(anchors_once=True)))
    assert (caught.value.reason, caught.value.offset) == ("anchor-twice", 11)
    assert (caught.value.name, caught.value.first) == ("x", 3)


@pytest.mark.parametrize("loader", LOADERS, ids=lambda loader: loader.__name__)
def test_a_second_document_is_an_error_where_the_dialect_says_so(loader: Any) -> None:
    text = "\ufeff# c\na: 1\n---\n[never read"
    documents = compose(text, Dialect(single=True), loader)
    assert next(documents).root.kind == "mapping"
    with pytest.raises(YamlError) as caught:
        next(documents)
    assert (caught.value.reason, caught.value.offset) == ("two-documents", text.index("---"))
    assert caught.value.first == text.index("a: 1")
    assert len(list(compose("a: 1\n...\n", Dialect(single=True), loader))) == 1


def test_anchors_end_with_their_document() -> None:
    with pytest.raises(YamlError) as caught:
        list(compose("a: &x 1\n---\nb: *x\n"))
    assert caught.value.reason == "undefined-alias"


def test_documents_come_before_what_is_wrong_behind_them() -> None:
    documents = compose("a: b\n---\n[\n")
    assert next(documents).root.children[0][1].text == "b"
    with pytest.raises(YamlError):
        next(documents)


def test_a_node_knows_its_anchor_tag_and_style() -> None:
    (document,) = compose("a: &x !t 'one'\nb: *x\nc: !!int 3\nd: ! 4\ne: |\n  text\n")
    values = [value for _, value in document.root.children]
    assert [value.kind for value in values] == ["scalar", "alias", "scalar", "scalar", "scalar"]
    assert [value.tag for value in values] == ["!t", None, "tag:yaml.org,2002:int", "!", None]
    assert [value.style for value in values] == ["'", None, None, None, "|"]
    assert values[0].anchor == "x"
    assert values[1].target is values[0]
    assert [value.is_plain for value in values] == [False, True, False, True, False]
    assert document.aliases


def test_a_byte_order_mark_is_a_character_in_front() -> None:
    (document,) = compose("\ufeffa: b")
    (key, value), = document.root.children  # fmt: skip
    assert (document.root.start, key.start, value.start, value.end) == (1, 1, 4, 5)
