"""YAML 1.1's numbers, beside what PyYAML's own constructor makes of the same text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from calico_core.yaml.numbers import floating, integer

if TYPE_CHECKING:
    from collections.abc import Callable

_SPELLINGS = st.text("0123456789abfxeEINFinf_.:+-", min_size=1, max_size=12)


def _of_pyyaml(text: str, tag: str) -> object:
    loader = yaml.SafeLoader("")
    try:
        construct = {"int": loader.construct_yaml_int, "float": loader.construct_yaml_float}[tag]
        return construct(yaml.ScalarNode(f"tag:yaml.org,2002:{tag}", text))
    except (IndexError, ValueError, OverflowError) as error:
        return type(error)
    finally:
        loader.dispose()


def _outcome(function: Callable[[str], object], text: str) -> object:
    try:
        return function(text)
    except (IndexError, ValueError, OverflowError) as error:
        return type(error)


@given(_SPELLINGS)
@example("-0b101")
@example("0x_1F")
@example("017")
@example("1:0:59")
@example("_")
@example("+")
@example("--5")
@example("089")
def test_whole_numbers_are_what_pyyaml_makes_of_them(text: str) -> None:
    assert _outcome(integer, text) == _of_pyyaml(text, "int")


@given(_SPELLINGS)
@example("-.INF")
@example("1:30.5")
@example("1" + ":0" * 200 + ".5")
@example("_")
def test_numbers_with_a_point_are_what_pyyaml_makes_of_them(text: str) -> None:
    ours, theirs = _outcome(floating, text), _of_pyyaml(text, "float")
    assert ours == theirs or (ours != ours and theirs != theirs)


@pytest.mark.parametrize("text", ["12", "1:30", "-12"])
def test_the_caller_may_read_the_digits(text: str) -> None:
    assert integer(text, lambda digits: int(digits) + 1) != integer(text)
