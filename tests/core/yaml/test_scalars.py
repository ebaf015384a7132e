"""Plain scalars against PyYAML's own constructor."""

from __future__ import annotations

import datetime
import math
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from calico_core.yaml.scalars import is_text_everywhere, plain_value, tagged_value

TEXTS = st.text(alphabet="0123456789abefxonyNOY.+-_:~ulI=<T", max_size=8) | st.sampled_from(
    ["on", "Off", "YES", "null", "Null", "~", "017", "0o17", "0x1F", "0b11", "1_000", "17:04", "1:2:3.5", "1e3",
     "1.0e+3", ".inf", "-.INF", ".NaN", ".5", "5.", "+.5", "2021-01-02", "y", "n", "=", "<<", "-", ".", "1.2.3"]
)  # fmt: skip


def same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float) and math.isnan(one):
        return math.isnan(other)
    return type(one) is type(other) and one == other


@given(TEXTS)
def test_plain_scalars_are_what_pyyaml_makes_of_them(text: str) -> None:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return
    if (
        not isinstance(node, yaml.ScalarNode)
        or node.style
        or node.value != text
        or node.tag.endswith((":merge", ":value"))
    ):
        return
    try:
        theirs = yaml.SafeLoader("").construct_object(node)
    except (ValueError, IndexError, yaml.YAMLError):
        return
    if isinstance(theirs, datetime.date):
        theirs = text
    assert same(plain_value(text), theirs)


@given(TEXTS)
def test_a_text_for_everyone_is_one_for_yaml_1_1_and_1_2(text: str) -> None:
    if not is_text_everywhere(text):
        return
    assert yaml.safe_load(text) == text
    for version in ("1.1", "1.2"):
        reader = YAML(typ="safe", pure=True)
        reader.version = version
        assert reader.load(text) == text


@pytest.mark.parametrize("name", ["calico", "calico-dmz", "a1", "net_2", "nothing", "0x", "6net", "1.2.3.4"])
def test_usual_names_need_no_quotes(name: str) -> None:
    assert is_text_everywhere(name)


@pytest.mark.parametrize(
    "name", ["on", "null", "1e3", "12", "017", "0o7", "y", "n", "2021-01-02", "1_0", "", "a b"]
)
def test_what_some_reader_takes_for_something_else_needs_quotes(name: str) -> None:
    assert not is_text_everywhere(name)


@pytest.mark.parametrize(
    "text, tag, value",
    [("12", "int", 12), ("x", "int", "x"), ("", "int", ""), ("1", "float", 1.0), ("yes", "bool", True),
     ("maybe", "bool", "maybe"), ("x", "null", None), ("12", "str", "12"), ("x", "!vault", "x")],
)  # fmt: skip
def test_tags_decide(text: str, tag: str, value: Any) -> None:
    assert same(tagged_value(text, tag), value)


@pytest.mark.parametrize(
    "text", ["1" * 5000, "9" * 5000 + ":10", "1" * 5000 + ".5", "1" + ":01" * 200 + ".5"]
)
def test_thousands_of_digits_are_read_as_their_magnitude(text: str) -> None:
    assert plain_value(text) == math.inf
    assert plain_value(f"-{text}") == -math.inf
