from __future__ import annotations

import pytest
from hypothesis import given

from calico_core.errors import InputError
from calico_migrate.mustache import scheduler, tokens
from tests.migrate.mustache import reference
from tests.migrate.mustache.strategies import environments, templates


def rendered(text: str, **environment: str) -> str:
    return scheduler.render(tokens.parse(text), environment).text


@given(templates, environments)
def test_it_renders_as_a_plain_renderer_does(text: str, environment: dict[str, str]) -> None:
    values = {
        name: value.lower() == "true" if value.lower() in ("true", "false") else value
        for name, value in environment.items()
    }

    def show(value: object) -> str:
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key}={show(item)}" for key, item in value.items()) + "}"
        return str(value)

    try:
        expected = reference.render(text, values, scheduler.escape, show)
    except reference.UnreadableError:
        with pytest.raises(InputError):
            tokens.parse(text)
        return
    assert scheduler.render(tokens.parse(text), environment).text == expected


@pytest.mark.parametrize(
    "value, shown",
    [
        ("true", True),
        ("TRUE", True),
        ("no", True),
        ("0", True),
        ("false", False),
        ("False", False),
        ("", False),
    ],
)
def test_a_section_is_left_out_only_for_false_and_nothing(value: str, shown: bool) -> None:
    assert rendered("{{#A}}on{{/A}}{{^A}}off{{/A}}", A=value) == ("on" if shown else "off")


def test_a_missing_value_is_empty_and_told() -> None:
    rendering = scheduler.render(tokens.parse("{{NAME}}:{{OTHER}}{{NAME}}"), {})
    assert rendering.text == ":"
    assert rendering.missing == ("NAME", "OTHER")


def test_values_are_escaped_for_html_unless_the_tag_says_otherwise() -> None:
    value = "a='b'&\"<c>\"`\n\x0e"
    assert rendered("{{V}}", V=value) == "a&#61;&#39;b&#39;&amp;&quot;&lt;c&gt;&quot;&#96;&#10;\x0e"
    assert rendered("{{{V}}}", V=value) == value
    assert rendered("{{&V}}", V=value) == value


def test_booleans_are_printed_in_lower_case() -> None:
    assert rendered("{{A}} {{B}}", A="TRUE", B="False") == "true false"


def test_a_name_with_dots_is_one_variable_of_the_environment() -> None:
    assert rendered("{{a.b}}", **{"a.b": "1"}) == "1"
