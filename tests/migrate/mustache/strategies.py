"""Templates and values for the renderers' property tests."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

NAMES = ["A", "B", "C", "x-y", "no such", "D.E", "D", "list", "n.0"]
names = st.sampled_from(NAMES)
literals = st.sampled_from(
    ["\n", "\n", "\r\n", "\r", " ", "  ", "\t", "x", "key: dcos", "{", "}", "é", '"', "\n\n", " \n", "dcos"]
)
blanks = st.sampled_from(["", "", " "])


@st.composite
def _leaf(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(["{{%s}}", "{{{%s}}}", "{{&%s}}", "{{!%s}}", "{{! %s\n}}", "{{ %s }}"]))
    return kind % draw(names)


@st.composite
def _section(draw: st.DrawFn, bodies: st.SearchStrategy[str]) -> str:
    name, blank = draw(names), draw(blanks)
    mark = draw(st.sampled_from("#^"))
    return f"{{{{{mark}{blank}{name}}}}}{draw(bodies)}{{{{/{name}{blank}}}}}"


def _several(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(parts, max_size=6).map("".join)


templates = _several(
    st.recursive(
        literals | _leaf(),
        lambda inner: st.builds(lambda text: text, _section(_several(inner))) | literals | _leaf(),
        max_leaves=25,
    )
)

environments = st.dictionaries(
    names, st.sampled_from(["", "no", "true", "FALSE", "<&>=`'\"", "a\nb", "dcos", "0"]), max_size=7
)

_scalars: st.SearchStrategy[Any] = st.sampled_from([None, True, False, "", 's"q', "dcos", 0, 7, -3])
values = st.dictionaries(
    names,
    st.recursive(
        _scalars,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["E", "0", "A"]), inner),
        max_leaves=5,
    ),
    max_size=7,
)
