from __future__ import annotations

import copy
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_core.errors import InputError
from calico_migrate.mustache import package_manager, tokens
from tests.migrate.mustache import reference
from tests.migrate.mustache.strategies import templates, values


def rendered(text: str, given_values: dict[str, Any]) -> str:
    return package_manager.render(tokens.parse(text), given_values).text


def _encoded(value: Any, in_list: bool = False) -> Any:
    if isinstance(value, str):
        return json.dumps(value) if in_list else json.dumps(value)[1:-1]
    if isinstance(value, list):
        return [_encoded(item, True) for item in value]
    if isinstance(value, dict):
        return {key: _encoded(item) for key, item in value.items()}
    return value


def _shown(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(_shown, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}={_shown(item)}" for key, item in value.items()) + "}"
    return str(value)


@given(templates, values)
def test_it_renders_as_a_plain_renderer_does(text: str, given_values: dict[str, Any]) -> None:
    try:
        expected = reference.render(text, _encoded(given_values), str, _shown)
    except reference.UnreadableError:
        with pytest.raises(InputError):
            tokens.parse(text)
        return
    assert rendered(text, given_values) == expected


def test_texts_are_the_inside_of_json_strings_and_are_not_escaped_for_html() -> None:
    assert rendered('"{{v}}"', {"v": 'a"b\\c\n<&é'}) == '"a\\"b\\\\c\\n<&é"'


def test_lists_are_printed_as_java_prints_them_with_quoted_texts() -> None:
    assert rendered("{{v}}", {"v": ["a", 1, None, True, Decimal("0.5")]}) == '["a", 1, null, true, 0.5]'


@pytest.mark.parametrize(
    "text, printed",
    [
        ("1.0", "1"),
        ("2E3", "2000"),
        ("0.90", "0.9"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("0.0001", "1.0E-4"),
        ("12345678.5", "1.23456785E7"),
        ("-1234.5", "-1234.5"),
        ("1e-10", "1.0E-10"),
        ("100.125", "100.125"),
        ("-0.0", "0"),
    ],
)
def test_numbers_are_whole_or_java_doubles(text: str, printed: str) -> None:
    assert rendered("{{v}}", package_manager.loads(f'{{"v": {text}}}')) == printed


def test_a_huge_whole_number_is_written_out_and_an_absurd_one_is_not() -> None:
    assert len(rendered("{{v}}", package_manager.loads('{"v": 1.7976931348623157E308}'))) == 309
    assert rendered("{{v}}", package_manager.loads('{"v": 1e999999999}')) == "Infinity"


@pytest.mark.parametrize(
    "value, shown",
    [(0, True), ({}, True), ("no", True), (None, False), (False, False), ("", False), ([], False)],
)
def test_only_null_false_and_empty_texts_and_lists_are_false(value: Any, shown: bool) -> None:
    assert rendered("{{#v}}on{{/v}}{{^v}}off{{/v}}", {"v": value}) == ("on" if shown else "off")


def test_a_section_runs_once_for_each_entry_of_a_list() -> None:
    labels = {"labels": [{"key": "a", "value": "1"}, {"key": "b", "value": "2"}]}
    assert rendered("{{#labels}}{{key}}:{{value}},{{/labels}}", labels) == "a:1,b:2,"


def test_a_list_tells_whether_it_is_empty() -> None:
    text = "{{^v.isEmpty}}some{{/v.isEmpty}}{{#v.isEmpty}}none{{/v.isEmpty}}"
    assert rendered(text, {"v": [1]}) == "some"
    assert rendered(text, {"v": []}) == "none"


def test_names_have_dots_dashes_blanks_and_digits() -> None:
    given_values = {"Install CNI": {"cni-config-dir": "/etc"}, "a": {"0": {"b": 1}}, "x.y": 2}
    assert rendered("{{Install CNI.cni-config-dir}} {{a.0.b}} {{x.y}}", given_values) == "/etc 1 2"


def test_a_path_that_begins_in_an_inner_scope_does_not_go_on_in_an_outer_one() -> None:
    given_values = {"a": {"b": "outer"}, "in": {"a": {}}}
    assert rendered("{{#in}}[{{a.b}}]{{/in}}", given_values) == "[]"


def test_as_json_writes_an_option_as_json() -> None:
    assert rendered("{{#asJson}}a.b{{/asJson}}", {"a": {"b": ["x", 1, {"c": None}]}}) == '["x",1,{"c":null}]'


def test_options_are_defaults_then_the_users_then_resources_merged_deeply() -> None:
    config = {
        "properties": {
            "service": {
                "properties": {
                    "name": {"default": "n"},
                    "cpus": {"type": "number"},
                    "x": {"default": {"a": 1}},
                }
            },
            "resource": {"properties": {"memory": {"default": 5}}},
            "whole": {"default": {"k": 1}, "properties": {"k": {"default": 2}}},
        }
    }
    found = package_manager.options(
        config, {"service": {"x": {"b": 2}, "name": "mine"}}, {"assets": {}, "images": {"icon": "i"}}
    )
    assert found == {
        "service": {"name": "mine", "x": {"a": 1, "b": 2}},
        "resource": {"memory": 5, "assets": {}, "images": {"icon": "i"}},
        "whole": {"k": 1},
    }


@pytest.mark.parametrize(
    "group,shown",
    [
        ({"type": "object", "properties": {}}, False),
        ({"properties": {"a": {"type": "string"}}}, False),
        ({"properties": {"a": {"properties": {"b": {"type": "string"}}}}}, False),
        ({"properties": {"a": {"default": ""}}}, True),
        ({"properties": {"a": {"default": None}}}, True),
        ({"properties": {"a": {"default": {}}}}, True),
        ({"properties": {}, "default": {}}, True),
        ({"type": "object"}, False),
    ],
)
def test_a_property_whose_properties_yield_nothing_is_absent(group: Any, shown: bool) -> None:
    config = {"properties": {"service": {"properties": {"name": {"default": "demo"}, "storage": group}}}}
    template = tokens.parse("{{service.name}}{{#service.storage}} stores{{/service.storage}}")
    assert ("storage" in package_manager.defaults(config)["service"]) is shown
    text = package_manager.render(template, package_manager.options(config)).text
    assert text == ("demo stores" if shown else "demo")


def test_options_of_a_user_fill_what_was_absent() -> None:
    config = {"properties": {"storage": {"properties": {"size": {"type": "integer"}}}}}
    assert package_manager.options(config) == {}
    assert package_manager.options(config, user={"storage": {"size": 1}}) == {"storage": {"size": 1}}


PATHS = st.lists(st.sampled_from(["a", "b", "service", "x.y"]), min_size=1, max_size=3).map(tuple)
PUT = st.lists(st.tuples(PATHS, st.one_of(st.booleans(), st.text(max_size=3), st.just([{"key": "k"}]))))


def put_over(base: dict[str, Any], overrides: list[tuple[tuple[str, ...], Any]]) -> dict[str, Any]:
    """The values with others at some paths, each put there in turn."""
    found = copy.deepcopy(base)
    for path, value in overrides:
        group = found
        for key in path[:-1]:
            if not isinstance(group.get(key), dict):
                group[key] = {}
            group = group[key]
        group[path[-1]] = value
    return found


@given(templates, values, PUT)
def test_values_put_over_others(
    text: str, given_values: dict[str, Any], overrides: list[tuple[tuple[str, ...], Any]]
) -> None:
    try:
        template = tokens.parse("{{a.b}}{{service}}{{.}}{{#service}}{{a}}{{b.isEmpty}}{{/service}}" + text)
    except InputError:
        return
    base = {"service": {"a": 1.5, "b": "dcos"}, "a": {"b": None}, **given_values}
    whole = put_over(base, overrides)
    rendering = package_manager.Values(base).over(overrides, lambda: whole).render(template)
    expected = package_manager.render(template, whole)
    assert (rendering.text, rendering.missing) == (expected.text, expected.missing)


def test_values_put_over_others_leave_those_as_they_were() -> None:
    template = tokens.parse("{{a.b}} {{#asJson}}a{{/asJson}}")
    before = package_manager.Values({"a": {"b": "old"}})
    after = before.over([(("a", "b"), "new"), (("a", "c"), True)], lambda: {"a": {"b": "new", "c": True}})
    assert after.render(template).text == 'new {"b":"new","c":true}'
    assert before.render(template).text == 'old {"b":"old"}'
