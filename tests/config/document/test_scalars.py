"""Scalars as PyYAML resolves and constructs them."""

from __future__ import annotations

import datetime
import math
from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from calico_config.document.scalars import (
    ScalarError,
    Unsupported,
    construct_scalar,
    format_decimal,
    parse_decimal,
    resolve_tag,
)

SCALARS = st.one_of(
    st.text("0123456789_+-.:eExXbBaAfFoO", max_size=12),
    st.text("0123456789-T: .Z+", min_size=8, max_size=26),
    st.sampled_from(
        ["yes", "No", "TRUE", "on", "Off", "y", "n", "~", "null", "Null", "NULL", "", "nan", ".inf"]
    ),
    st.from_regex(r"[-+]?[0-9]{1,4}(:[0-5]?[0-9]){1,3}(\.[0-9_]*)?", fullmatch=True),
    st.from_regex(
        r"[12][0-9]{3}-[0-9]{1,2}-[0-9]{1,2}([Tt ][0-9]{1,2}:[0-9]{2}:[0-9]{2}Z?)?", fullmatch=True
    ),
    st.text("abcYNnyesrutfal<=~", max_size=6),
)


@given(SCALARS)
@example("17:04")
@example("1e3")
@example("1.0e+3")
@example("0o17")
@example("08")
@example("0x")
@example("190:20:30.15")
@example(".nan")
@example("2001-12-14")
@example("2001-12-14 21:59:43.10 -5")
def test_a_plain_scalar_is_what_pyyaml_makes_of_it(text: str) -> None:
    # PyYAML 5.3.1, the installer's, takes `._` for a number; newer ones do not.
    assume(not text.startswith("._"))
    loader: Any = yaml.SafeLoader("")
    tag = loader.resolve(yaml.ScalarNode, text, (True, False))
    assert tag == f"tag:yaml.org,2002:{resolve_tag(text)}"
    kind = ""
    try:
        expected = loader.construct_object(yaml.ScalarNode(tag, text))
    except yaml.YAMLError:
        kind = "yaml"
    except (ValueError, IndexError, KeyError, AttributeError, OverflowError):
        kind = "crash"
    if kind:
        with pytest.raises(ScalarError) as raised:
            construct_scalar(text, resolve_tag(text))
        assert raised.value.kind == kind
        return
    value = construct_scalar(text, resolve_tag(text))
    if isinstance(expected, datetime.datetime):
        assert isinstance(value, Unsupported)
        assert value.type_name == "datetime.datetime"
    elif isinstance(expected, datetime.date):
        assert isinstance(value, Unsupported)
        assert value.type_name == "datetime.date"
    elif isinstance(expected, float) and math.isnan(expected):
        assert isinstance(value, float)
        assert math.isnan(value)
    else:
        assert value == expected
        assert type(value) is type(expected)


@pytest.mark.parametrize(
    ("text", "tag", "message"),
    [
        ("abc", "int", "ValueError"),
        ("", "int", "IndexError"),
        ("maybe", "bool", "KeyError"),
        ("x", "float", "ValueError"),
        ("x", "timestamp", "AttributeError"),
        ("x", "value", "could not determine a constructor"),
    ],
)
def test_a_tag_that_does_not_fit_fails_as_in_pyyaml(text: str, tag: str, message: str) -> None:
    with pytest.raises(ScalarError, match=message):
        construct_scalar(text, tag)


@given(st.integers(min_value=-(10**60), max_value=10**60))
def test_long_numbers_survive_both_ways(number: int) -> None:
    digits = str(abs(number)) * 200
    assert format_decimal(parse_decimal(digits)) == digits.lstrip("0").rjust(1, "0")


def test_numbers_of_base_60_have_no_limit_as_in_the_installers_python() -> None:
    assert construct_scalar("9" * 5000 + ":10", "int") == (10**5000 - 1) * 60 + 10
