from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from calico_migrate.package.specification import yaml_places

if TYPE_CHECKING:
    from calico_core.yaml.nodes import Node


def root_of(text: str) -> Node:
    """The root of a text that has one."""
    root = yaml_places.compose(text).root
    assert root is not None
    return root


def test_marks_count_code_points() -> None:
    text = '"é": 1\r\nkey: {inner: 2}\r\n'
    root = root_of(text)
    (first, _), (second, _) = yaml_places.entries(root)
    assert yaml_places.scalar_text(text, first) == (1, 2)
    assert yaml_places.scalar_text(text, second) == (8, 11)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("dcos: 1", "dcos"),
        ("'dcos': 1", "dcos"),
        ("&a !!str dcos: 1", "dcos"),
        ('&a "dcos" : 1', "dcos"),
        ("? >-\n  dcos\n: 1", "dcos"),
        ("'it''s': 1", "it''s"),
    ],
)
def test_it_finds_the_text_of_a_key_inside_what_surrounds_it(text: str, expected: str) -> None:
    key, _ = next(yaml_places.entries(root_of(text)))
    place = yaml_places.scalar_text(text, key)
    assert place is not None
    assert text[slice(*place)] == expected


def test_an_empty_key_has_no_place() -> None:
    text = "? \n: 1"
    key, _ = next(yaml_places.entries(root_of(text)))
    assert yaml_places.scalar_text(text, key) is None


def test_only_the_first_document_counts() -> None:
    document = yaml_places.compose("a: 1\n---\nb: @\n")
    assert document.more
    assert yaml_places.child(document.root, "a").text == "1"
    assert yaml_places.compose("") == (None, False)
    assert yaml_places.compose("# nothing\n").root is None


def test_what_is_no_yaml_has_a_place() -> None:
    with pytest.raises(yaml_places.YamlError) as caught:
        yaml_places.compose("a: b: c\n")
    assert caught.value.offset == 4
    with pytest.raises(yaml_places.YamlError):
        yaml_places.compose("a: \x00")


@pytest.mark.parametrize("text", ["[" * 50_000, "{a: " * 50_000, "- " * 50_000, "[[]," * 50_000])
def test_what_nests_too_deeply_is_refused(text: str) -> None:
    with pytest.raises(yaml_places.YamlError):
        yaml_places.compose(text)


def test_many_brackets_that_do_not_nest_are_read() -> None:
    root = root_of("a: [" + "[], " * 5000 + "]")
    assert len(yaml_places.child(root, "a").children) == 5000


def test_a_build_time_tag_is_a_text() -> None:
    document = yaml_places.compose("image: %(image)s\n")
    assert yaml_places.child(document.root, "image").kind == "scalar"


def test_nulls_are_those_of_jackson() -> None:
    root = root_of("a:\nb: ~\nc: null\nd: ''\ne: {}\n")
    nulls = [key.text for key, value in yaml_places.entries(root) if yaml_places.is_null(value)]
    assert nulls == ["a", "b", "c"]


def test_merge_keys_are_followed_without_end() -> None:
    root = root_of("base: &b\n  x: 1\n  <<: [*b]\nuse:\n  <<: *b\n  y: 2\n")
    found = [
        (key.text, merged) for key, _, merged in yaml_places.merged_entries(yaml_places.child(root, "use"))
    ]
    assert found == [("y", False), ("x", True)]


def test_it_tells_every_place_that_an_alias_brings_a_node_to() -> None:
    root = root_of("a/b: &n {x: 1}\nc: [*n, {d: *n}]\n")
    (_, node), _ = yaml_places.entries(root)
    assert sorted(yaml_places.uses(root, {id(node)})[id(node)]) == ["/a~1b", "/c/0", "/c/1/d"]


def test_trees_are_equal_but_for_what_was_renamed() -> None:
    before = yaml_places.compose("a: {dcos: [1, 'x']}").root
    key, _ = next(yaml_places.entries(yaml_places.child(before, "a")))
    renamed = {id(key): "calico"}

    def after(text: str) -> Node | None:
        return yaml_places.compose(text).root

    assert yaml_places.same_tree(before, after("a: {calico: [1, 'x']}"), renamed)
    for other in (
        "a: {dcos: [1, 'x']}",
        "a: {calico: [1, x]}",
        "a: {calico: [1]}",
        "a: {calico: {1: 'x'}}",
        "a: {calico: [1, 'x'], b: }",
        "b: {calico: [1, 'x']}",
        "",
    ):
        assert not yaml_places.same_tree(before, after(other), renamed)
    assert yaml_places.same_tree(None, None, {})
