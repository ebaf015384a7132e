"""Values of YAML against PyYAML's own constructor."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given

from calico_core.yaml.composing import YamlError, compose
from calico_migrate.marathon.yaml.values import Values, node_at
from tests.migrate.marathon.yaml import spellings


def value_of(text: str) -> Any:
    (document,) = compose(text)
    return Values().of(document.root)


@given(spellings.texts())
def test_values_are_those_of_pyyaml(case: tuple[Any, str]) -> None:
    assert value_of(case[1]) == yaml.safe_load(case[1])


@pytest.mark.parametrize(
    "text",
    [
        "a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\nc: {y: 4, <<: *a}\n",
        "- &a {x: 1}\n- &b {x: 2, y: 2}\n- {<<: [*a, *b], z: 1}\n",
        "a: &a {x: &l [1]}\nb: &b {<<: *a}\nc: {<<: *b}\nd: *l\n",
        "a: 1\na: 2\n",
        "a: !!str 12\nb: !!int '12'\nc: ! 12\nd: '12'\ne: on\nf: 0o7\n",
    ],
)
def test_merge_keys_repeated_keys_and_tags(text: str) -> None:
    assert value_of(text) == yaml.safe_load(text)


def test_keys_are_the_texts_that_json_would_have() -> None:
    text = "5: a\non: b\n~: c\n1.5: d\n"
    assert value_of(text) == json.loads(json.dumps(yaml.safe_load(text)))


def test_shared_values_are_one() -> None:
    value = value_of("a: &a [1]\nb: *a\nc: {<<: {d: *a}}\n")
    assert value["a"] is value["b"] is value["c"]["d"]


def test_repeated_keys_are_noted() -> None:
    (document,) = compose("a: {x: 1, x: 2}\nb: {<<: {x: 1}, x: 2}\nc: {<<: {}, <<: {}}\n")
    values = Values()
    values.of(document.root)
    assert values.duplicates == [document.root.children[0][1], document.root.children[2][1]]


@pytest.mark.parametrize("text", ["<<: 1\n", "<<: [1]\n", "<<: {}\nb: {<<: [[]]}\n"])
def test_a_merge_key_with_nothing_to_merge_is_an_error(text: str) -> None:
    with pytest.raises(YamlError):
        value_of(text)


def test_nodes_are_found_by_paths() -> None:
    text = "a: &a {x: [1, 2]}\nb: {<<: *a}\nc: *a\nd: 1\nd: 2\n"
    (document,) = compose(text)
    for path in [("a", "x", 1), ("b", "x", 1), ("c", "x", 1)]:
        node = node_at(document.root, path)
        assert text[node.start : node.end] == "2"
    assert node_at(document.root, ("c",)).kind == "alias"
    assert node_at(document.root, ("d",)).text == "2"
    for missing in [("x",), ("a", 0), ("a", "x", "y"), ("d", "x")]:
        with pytest.raises((KeyError, IndexError)):
            node_at(document.root, missing)
