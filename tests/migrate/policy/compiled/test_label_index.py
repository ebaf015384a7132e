from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from calico_migrate.calico.selectors.parsing import parse
from calico_migrate.policy.compiled.label_index import LabelIndex, witness

KEYS = st.sampled_from("abc")
VALUES = st.sampled_from(["x", "y", "xy"])
LABELS = st.dictionaries(KEYS, VALUES, max_size=3)
TESTS = st.one_of(
    KEYS.map(lambda key: f"has({key})"),
    st.tuples(KEYS, st.sampled_from(["==", "!=", "contains", "starts with", "ends with"]), VALUES).map(
        lambda parts: f"{parts[0]} {parts[1]} '{parts[2]}'"
    ),
    st.tuples(KEYS, st.sampled_from(["in", "not in"]), st.lists(VALUES, max_size=2)).map(
        lambda parts: f"{parts[0]} {parts[1]} {{{', '.join(repr(value) for value in parts[2])}}}"
    ),
    st.just("all()"),
)
SELECTORS = st.recursive(
    TESTS,
    lambda inner: st.one_of(
        inner.map(lambda text: f"!({text})"),
        st.tuples(inner, st.sampled_from(["&&", "||"]), inner).map(lambda parts: f"({' '.join(parts)})"),
    ),
    max_leaves=6,
)


@given(st.lists(LABELS, max_size=8), st.lists(SELECTORS, max_size=3))
def test_it_finds_what_asking_everybody_finds(sets: list[dict[str, str]], texts: list[str]) -> None:
    selectors = [parse(text) for text in texts]
    expected = tuple(
        number
        for number, labels in enumerate(sets)
        if all(selector.matches(labels) for selector in selectors)
    )
    index = LabelIndex(sets)
    assert index.matching(selectors) == expected
    assert index.matching(selectors) == expected


def test_keys_and_values() -> None:
    index = LabelIndex([{"a": "x"}, {"a": "y", "b": ""}])
    assert index.keys == {"a", "b"}
    assert index.values("a") == {"x", "y"}
    assert index.values("c") == frozenset()


def test_a_witness_is_matched() -> None:
    selectors = [parse("a == 'x' && b in {'y', 'z'}"), parse("has(c) && d contains 'w'")]
    labels = witness(selectors)
    assert all(selector.matches(labels) for selector in selectors)
