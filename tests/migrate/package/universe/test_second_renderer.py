"""What the second renderer shares between renderings is as if each had been rendered alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import chevron
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_core.errors import VerificationError
from calico_migrate.package.universe import second_renderer
from calico_migrate.package.universe.second_renderer import renderings

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES = st.sampled_from(["a", "g", "g.a", "g.b", "g.h.a", "h.a", "b", "g.l", "a.isEmpty", "."])
VALUES = st.one_of(
    st.sampled_from(["", "x", "<y>", True, False, 0, 1, 1.0, None]),
    st.lists(st.sampled_from(["x", {"a": "y"}, {"h": {"a": 1}}]), max_size=2),
)
OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "a": VALUES,
        "b": VALUES,
        "h": st.fixed_dictionaries({"a": VALUES}),
        "g": st.one_of(
            VALUES,
            st.fixed_dictionaries(
                {"a": VALUES}, optional={"b": VALUES, "l": VALUES, "h": st.fixed_dictionaries({"a": VALUES})}
            ),
        ),
    },
)
LITERALS = st.sampled_from(["dcos", "calico", "\n", " ", ""])
VALUE_TAGS = st.one_of(
    st.builds("{{{{{}}}}}".format, NAMES), st.builds("{{{{{{{}}}}}}}".format, NAMES), LITERALS
)
BODIES = st.recursive(
    VALUE_TAGS,
    lambda inner: st.one_of(
        st.builds("{}{}".format, inner, inner),
        st.builds("{{{{#{0}}}}}{1}{{{{/{0}}}}}".format, NAMES, inner),
        st.builds("{{{{^{0}}}}}{1}{{{{/{0}}}}}".format, NAMES, inner),
    ),
    max_leaves=12,
)


def alone(template: str, options: dict[str, Any]) -> str:
    return str(chevron.render(template, options, partials_path=None, partials_dict={}))


def said(pairs: Sequence[tuple[str, dict[str, Any]]], *, together: bool) -> list[str] | None:
    """What is rendered; None where chevron loses its way, as in a section within another one of its name."""
    try:
        return renderings(pairs) if together else [alone(*pair) for pair in pairs]
    except (VerificationError, LookupError):
        return None


@given(BODIES, st.lists(OPTIONS, min_size=1, max_size=3))
def test_options_of_one_template(template: str, options: list[dict[str, Any]]) -> None:
    pairs = [(template, each) for each in options]
    assert said(pairs, together=True) == said(pairs, together=False)


@given(BODIES, BODIES, OPTIONS, OPTIONS)
def test_templates_that_differ(one: str, two: str, options: dict[str, Any], others: dict[str, Any]) -> None:
    pairs = [(one, options), (one.replace("dcos", "calico"), others), (two, others)]
    assert said(pairs, together=True) == said(pairs, together=False)


def test_what_names_no_difference_is_rendered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[int] = []

    def render(tokens: Sequence[tuple[str, str]], options: dict[str, Any]) -> str:
        rendered.append(len(tokens))
        return alone(tokens, options)  # type: ignore[arg-type]

    monkeypatch.setattr(second_renderer, "_render", render)
    template = "{{g.b}}-{{g.c}}{{#g.b}}{{h}}{{/g.b}}{{#g.a}}{{g.n}}{{/g.a}}{{g.b}}{{h}}"
    texts = renderings([(template, {"g": {"a": True, "b": "b", "n": name}}) for name in ("dcos", "calico")])
    assert texts == ["b-dcosb", "b-calicob"]
    assert rendered == [6, 3, 3, 2]


def test_what_chevron_cannot_read_is_a_failed_proof() -> None:
    with pytest.raises(VerificationError, match="chevron cannot render the package"):
        renderings([("{{#a}}", {})])
