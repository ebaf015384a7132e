from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from calico_migrate.calico.selectors.parsing import parse
from calico_migrate.policy.compiled.label_sets import LabelSets

TESTS = st.sampled_from(
    [
        "a == 'x'",
        "a != 'x'",
        "has(b)",
        "!has(a)",
        "all()",
        "a in {'x', 'y'}",
        "b not in {}",
        "b contains 'y'",
        "a starts with 'x'",
        "b ends with ''",
        "c == 'x'",
    ]
)


@given(
    st.recursive(
        TESTS,
        lambda inner: st.one_of(
            inner.map(lambda one: f"!({one})"),
            st.tuples(inner, inner).map(lambda two: f"({two[0]}) && ({two[1]})"),
            st.tuples(inner, inner).map(lambda two: f"({two[0]}) || ({two[1]})"),
        ),
        max_leaves=8,
    ),
    st.lists(
        st.dictionaries(st.sampled_from(["a", "b"]), st.sampled_from(["", "x", "y", "xy"]), max_size=2),
        max_size=6,
    ),
)
def test_agrees_with_asking_each_set(text: str, sets: list[dict[str, str]]) -> None:
    selector = parse(text)
    mask = LabelSets(sets).matching(selector)
    assert [bool(mask >> index & 1) for index in range(len(sets))] == [selector.matches(one) for one in sets]
    assert mask >> len(sets) == 0
