from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_migrate.calico.reading.yaml_tree import Mapping, Node, Scalar, Sequence, YamlError, compose


def plain_value(node: Node | None) -> object:
    if isinstance(node, Mapping):
        return [(plain_value(key), plain_value(value)) for key, value in node.pairs]
    if isinstance(node, Sequence):
        return [plain_value(item) for item in node.items]
    return node.text if node is not None else None


def test_a_tree() -> None:
    node = compose("a: [1, {b: c}]\nd: &x 'e'\nf: *x\n")
    assert plain_value(node) == [("a", ["1", [("b", "c")]]), ("d", "e"), ("f", "e")]


def test_nothing() -> None:
    assert compose("") is None
    assert compose("# a comment\n") is None


def test_only_the_first_document_counts() -> None:
    assert plain_value(compose("a\n...\n---\nb\n")) == "a"


@pytest.mark.parametrize(
    ("text", "offset"),
    [("a: b", 3), ("é: b", 3), ("𝄞: b", 3), ("a:\r\n  b", 6), ("a: \t b", 5), ("# é\na: b", 7)],
)
def test_offsets_count_code_points(text: str, offset: int) -> None:
    node = compose(text)
    assert isinstance(node, Mapping)
    assert node.pairs[0][1].offset == offset
    assert text[offset] == "b"
    moved = compose(text, 100)
    assert isinstance(moved, Mapping)
    assert moved.pairs[0][1].offset == offset + 100


def test_tags_and_quotes_are_kept() -> None:
    node = compose("[!has(x) , ! a, !!str b, 'c', |\n d\n]".replace("|\n d\n", "plain"))
    assert isinstance(node, Sequence)
    assert [(item.tag, item.plain) for item in node.items if isinstance(item, Scalar)] == [
        ("!has(x)", True),
        ("!", True),
        ("tag:yaml.org,2002:str", True),
        (None, False),
        (None, True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[",
        "a: b: c",
        "\t",
        "*a",
        "&a [*a]",
        "&a {b: *a}",
        "a: 'b",
        "%YAML 3.0\n---\na",
        "\x07",
        "[a?b]",
        "{a: b?}",
        "[" * 11_000,
    ],
)
def test_what_is_refused(text: str) -> None:
    with pytest.raises(YamlError):
        compose(text)


def test_an_anchor_may_be_used_again() -> None:
    assert plain_value(compose("[&a 1, *a, &a 2, *a]")) == ["1", "1", "2", "2"]


def test_an_anchor_of_an_outer_value_is_shadowed() -> None:
    assert plain_value(compose("[&a 1, &a [x], *a]")) == ["1", ["x"], ["x"]]


def test_many_aliases_of_a_small_value_are_fine() -> None:
    node = compose("[&a x, " + ", ".join(["*a"] * 5000) + "]")
    assert isinstance(node, Sequence)
    assert len(node.items) == 5001


@given(st.text(alphabet=" \n-:[]{}#&*!|>'\"%@`,?abé0123\t", max_size=60))
def test_a_tree_or_an_error(text: str) -> None:
    offset = 0
    try:
        compose(text)
    except YamlError as error:
        offset = error.offset
    assert 0 <= offset <= len(text)


def test_a_tag_goes_on_to_the_next_blank() -> None:
    assert plain_value(compose("[!a,b c]")) == ["c"]
    assert plain_value(compose("a: !has(x),[y] z\nb: !c]!x d\n")) == [("a", "z"), ("b", "d")]
    node = compose("a: !x,y z\nb: c")
    assert isinstance(node, Mapping)
    assert node.pairs[1][1].offset == 13
    with pytest.raises(YamlError):
        compose("[" + "!a,b c, " * 200 + "]")


def test_a_question_mark_outside_of_brackets() -> None:
    assert plain_value(compose("a: b?c\nd: ['?', x]\n")) == [("a", "b?c"), ("d", ["?", "x"])]


def test_json_with_tabs_is_read_without_libyaml_too(monkeypatch: pytest.MonkeyPatch) -> None:
    import yaml

    text = '{\t"a":\t"b\\tc \\"\td",\n\t"e": [\t1\t]}'
    usual = compose(text)
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert compose(text) == usual is not None
