"""How Felix and JSON readers take the numbers that the installer copies."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_config.facts.go_numbers import felix_reads, is_json_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("064000", 26624), ("01024", 532), ("1450", 1450), ("+1450", 1450), (" 1450", 1450), ("0x5AA", 1450),
        ("0b101", 5), ("0o17", 15), ("1_450", 1450), ("08", None), ("1__0", None), ("_1", None), ("1_", None),
        ("", None), ("99999999999999999999", None), ("１４５０", None), ("1.0", None), ("0", 0), ("00", 0),
    ],
)  # fmt: skip
def test_felix(text: str, number: int | None) -> None:
    assert felix_reads(text) == number


@given(st.text(alphabet="0123456789+-_ ", max_size=8))
def test_json(text: str) -> None:
    try:
        expected = isinstance(json.loads(text), int)
    except ValueError:
        expected = False
    assert is_json_number(text) == expected
