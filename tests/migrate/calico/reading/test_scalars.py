from __future__ import annotations

import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_migrate.calico.reading.scalars import has_local_tag, json_number, number_text, resolve
from calico_migrate.calico.reading.yaml_tree import Scalar, YamlError

LONG = "tag:yaml.org,2002:"


def plain(text: str) -> object:
    return resolve(Scalar(0, text, None, plain=True))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("Null", None),
        ("nULL", "nULL"),
        ("y", True),
        ("Y", True),
        ("yes", True),
        ("YES", True),
        ("yEs", "yEs"),
        ("on", True),
        ("true", True),
        ("n", False),
        ("N", False),
        ("No", False),
        ("off", False),
        ("FALSE", False),
        ("0", 0),
        ("-0", 0),
        ("+5", 5),
        ("-5", -5),
        ("010", 8),
        ("-010", -8),
        ("08", 8.0),
        ("0777", 511),
        ("0o17", 15),
        ("0O17", 15),
        ("0x50", 80),
        ("0X5f", 95),
        ("0b101", 5),
        ("-0b101", -5),
        ("1_000", 1000),
        ("1__0", 10),
        ("0x_50", 80),
        ("80:59", "80:59"),
        ("12:30:45", "12:30:45"),
        ("1.10", 1.1),
        ("1.", 1.0),
        (".5", 0.5),
        ("-.5", -0.5),
        ("1e3", 1000.0),
        ("1E-2", 0.01),
        (".5e1", 5.0),
        ("._5", "._5"),
        ("1.2.3", "1.2.3"),
        ("10.0.0.0/8", "10.0.0.0/8"),
        (".inf", math.inf),
        ("-.INF", -math.inf),
        ("inf", "inf"),
        ("nan", "nan"),
        ("1e400", "1e400"),
        ("9223372036854775807", 9223372036854775807),
        ("18446744073709551615", 18446744073709551615),
        ("18446744073709551616", 18446744073709551616.0),
        ("-9223372036854775808", -9223372036854775808),
        ("2020-01-31", "2020-01-31"),
        ("2020-01-31T12:00:00Z", "2020-01-31T12:00:00Z"),
        ("<<", "<<"),
        ("=", "="),
        ("text", "text"),
        ("+", "+"),
        ("-", "-"),
        ("0x", "0x"),
        ("0xg", "0xg"),
        ("٣", "٣"),
    ],
)
def test_plain_scalars(text: str, value: object) -> None:
    found = plain(text)
    assert type(found) is type(value)
    assert found == value


def test_not_a_number() -> None:
    found = plain(".NaN")
    assert isinstance(found, float)
    assert math.isnan(found)


@pytest.mark.parametrize("text", ["yes", "010", "", "~", "1.10"])
def test_a_quoted_scalar_is_text(text: str) -> None:
    assert resolve(Scalar(0, text, None, plain=False)) == text


@pytest.mark.parametrize(
    ("tag", "text", "value"),
    [
        (LONG + "str", "yes", "yes"),
        (LONG + "int", "010", 8),
        (LONG + "float", "5", 5.0),
        (LONG + "bool", "no", False),
        (LONG + "null", "~", None),
        (LONG + "binary", "aGk=", "hi"),
        (LONG + "timestamp", "2020-01-31", "2020-01-31"),
        (LONG + "set", "5", "5"),
        ("!has(x)", "", ""),
        ("!", "yes", "yes"),
        ("!x", "5", "5"),
    ],
)
def test_tags(tag: str, text: str, value: object) -> None:
    found = resolve(Scalar(0, text, tag, plain=False))
    assert type(found) is type(value)
    assert found == value


@pytest.mark.parametrize(
    ("tag", "text"),
    [("int", "x"), ("int", "1.5"), ("bool", "1"), ("null", "x"), ("binary", "?"), ("float", "yes")],
)
def test_a_value_that_does_not_fit_its_tag(tag: str, text: str) -> None:
    with pytest.raises(YamlError):
        resolve(Scalar(7, text, LONG + tag, plain=True))


def test_an_exclamation_mark_is_a_tag_of_its_own() -> None:
    assert has_local_tag(Scalar(0, "", "!has(x)", plain=False))
    assert not has_local_tag(Scalar(0, "", LONG + "str", plain=False))
    assert not has_local_tag(Scalar(0, "", None, plain=True))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (False, "false"),
        (12, "12"),
        (1.1, "1.1"),
        (1.5, "1.5"),
        (8.0, "8"),
        (-0.0, "-0"),
        (100000.0, "100000"),
        (1000000.0, "1e+06"),
        (1234567.0, "1.234567e+06"),
        (0.0001, "0.0001"),
        (0.00001, "1e-05"),
        (16777217.0, "1.6777216e+07"),
        (3.141592653589793, "3.1415927"),
        (1e300, "+Inf"),
        (-math.inf, "-Inf"),
        (math.nan, "NaN"),
    ],
)
def test_numbers_as_text(value: float, text: str) -> None:
    assert number_text(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_the_shortest_text_stands_for_the_same_number(value: float) -> None:
    text = number_text(value)
    assert struct.pack("f", float(text)) == struct.pack("f", value)


@pytest.mark.parametrize(
    ("value", "number"), [(80.0, 80), (80.5, 80.5), (5, 5), (1e21, 1e21), (math.inf, None), (math.nan, None)]
)
def test_numbers_in_json(value: float, number: float | None) -> None:
    assert json_number(value) == number
    assert type(json_number(value)) is type(number)


@given(st.text(alphabet="+-0123456789_.eExXbBoOabcdefnNyY~:", max_size=12))
def test_every_plain_text_is_something(text: str) -> None:
    plain(text)


@given(st.integers(min_value=-(1 << 63), max_value=(1 << 64) - 1))
def test_integers_are_themselves(number: int) -> None:
    assert plain(str(number)) == number
    assert plain(f"{number:+_}") == number or number >= 1 << 63
    if number >= 0:
        assert plain(hex(number)) == plain(oct(number)) == plain(bin(number)) == number
