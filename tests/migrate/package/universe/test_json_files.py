"""Reading JSON files of packages."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_core.errors import InputError
from calico_migrate.package.universe import json_files


def test_fractions_are_kept_and_a_byte_order_mark_is_passed_over() -> None:
    assert json_files.loads("\ufeff[0.90, 1.7976931348623157E308]") == [
        Decimal("0.90"),
        Decimal("1.7976931348623157E308"),
    ]


@pytest.mark.parametrize("text", ["", "{", "[NaN]", '{"a": 1} {}', "[" * 100_000])
def test_what_is_no_json_is_said_with_its_place(text: str) -> None:
    with pytest.raises(InputError) as caught:
        json_files.loads(text)
    assert caught.value.line == 1


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "b", '"', "\\"]), st.sampled_from([1, {"a": 1}, ["b"], '"a":'])),
        max_size=5,
    )
)
def test_keys_that_come_twice(members: list[tuple[str, object]]) -> None:
    text = "{" + ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in members) + "}"
    seen: set[str] = set()
    expected = [(key, line) for line, (key, _) in enumerate(members, 1) if key in seen or seen.add(key)]  # type: ignore[func-returns-value]
    assert [(found.key, found.line) for found in json_files.duplicates(text)] == expected
    assert json_files.read(text).has_duplicates is bool(expected)
