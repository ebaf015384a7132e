"""What is said of two selectors holds for every set of labels."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_migrate.calico.selectors.parsing import parse
from calico_migrate.policy.compiled.implying import exclude, implies

if TYPE_CHECKING:
    from calico_migrate.calico.selectors.selector import Selector


def _of(*texts: str) -> tuple[Selector, ...]:
    return tuple(parse(text) for text in texts)


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("a == 'x'", "has(a)"),
        ("a == 'x'", "a in {'x', 'y'}"),
        ("a == 'x'", "a != 'y'"),
        ("a in {'x', 'y'} && a != 'y'", "a == 'x'"),
        ("a == 'abc'", "a starts with 'ab'"),
        ("a contains 'b'", "has(a)"),
        ("a == 'x' && b == 'y'", "b == 'y'"),
        ("!has(a)", "a != 'x'"),
        ("!all()", "a == 'x'"),
        ("a == 'x'", "all()"),
        ("a == 'x'", "a == 'x' || b == 'y'"),
        ("has(a) && a not in {'x'}", "!(a == 'x')"),
    ],
)
def test_what_follows(narrow: str, wide: str) -> None:
    assert implies(_of(narrow), _of(wide))


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("has(a)", "a == 'x'"),
        ("a != 'x'", "has(a)"),
        ("all()", "has(a)"),
        ("a starts with 'a'", "a starts with 'ab'"),
        ("a == 'x' || b == 'y'", "a == 'x'"),
        ("a contains 'x'", "a contains 'y'"),
    ],
)
def test_what_does_not_follow(narrow: str, wide: str) -> None:
    assert not implies(_of(narrow), _of(wide))


def test_what_cannot_be_together() -> None:
    assert exclude(_of("!all()"))
    assert exclude(_of("a == 'x'"), _of("a in {'y', 'z'}"))
    assert exclude(_of("has(a)", "!has(a)"))
    assert exclude(_of("a == 'abc'"), _of("a starts with 'b'"))
    assert not exclude(_of("a == 'x'"), _of("b == 'x'"))
    assert not exclude(_of("a starts with 'a'"), _of("a ends with 'b'"))


def test_of_too_many_cases_nothing_is_said() -> None:
    many = " && ".join(f"a{number} == 'x'" for number in range(30))
    assert not implies(_of(many), _of("a0 == 'x'"))
    # But of two that are the same.
    assert implies(_of(many), _of(many))


TESTS = st.sampled_from(
    [
        "has(a)",
        "a == 'x'",
        "a != 'xy'",
        "a in {'x', 'xy'}",
        "a not in {'y'}",
        "a contains 'y'",
        "a starts with 'x'",
        "a ends with 'y'",
        "b == 'x'",
        "has(b)",
        "all()",
    ]
)
SELECTORS = st.recursive(
    TESTS,
    lambda inner: st.one_of(
        inner.map(lambda one: f"!({one})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} && {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} || {two[1]})"),
    ),
    max_leaves=4,
)
VALUES = [None, "", "x", "y", "xy", "yx", "xyy", "z"]


@given(SELECTORS, SELECTORS)
def test_no_labels_contradict_it(first: str, second: str) -> None:
    narrow, wide = _of(first), _of(second)
    every = [
        {key: value for key, value in zip("ab", values, strict=True) if value is not None}
        for values in product(VALUES, repeat=2)
    ]
    found = [(narrow[0].matches(labels), wide[0].matches(labels)) for labels in every]
    if implies(narrow, wide):
        assert (True, False) not in found
    if exclude(narrow, wide):
        assert (True, True) not in found
