"""Every value is escaped for where it stands, and a value that is missing is an error."""

from __future__ import annotations

import json
import re
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import calico_templates
from calico_templates import escape_markdown, quote_shell, quote_yaml, render

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def template(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Templates by name, instead of those of the package."""
    texts: dict[str, str] = {}
    monkeypatch.setattr(calico_templates, "_template", texts.__getitem__)
    return texts


HOSTILE = (
    "$(reboot)",
    "`reboot`",
    "'; reboot #",
    '"',
    "a b",
    "a\nb",
    "\\",
    "$HOME",
    "*",
    "-n",
    "",
    "ä€",
    "'" * 5,
)


@pytest.mark.parametrize("value", HOSTILE)
def test_a_shell_gets_exactly_the_value_as_one_word(template: dict[str, str], value: str) -> None:
    template["t"] = "printf %s {{&sh.value}}"
    script = render("t", {"value": value})
    assert subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True).stdout == value


@settings(max_examples=40)
@given(st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=30))
def test_quoted_words_are_words_of_every_shell(value: str) -> None:
    script = f"printf %s {quote_shell(value)}"
    ended = subprocess.run(["sh", "-c", script], capture_output=True, check=True)
    assert ended.stdout.decode() == value


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_quoted_yaml_is_a_string_with_that_value(value: str) -> None:
    assert json.loads(quote_yaml(value)) == value
    import yaml

    node = yaml.compose(quote_yaml(value))
    assert node is not None
    assert node.tag == "tag:yaml.org,2002:str"


@pytest.mark.parametrize("value", ["yes", "1.10", "0777", "null", "!all()", "{}", "# x", "- x"])
def test_yaml_keeps_the_type_of_what_looks_like_something_else(template: dict[str, str], value: str) -> None:
    import yaml

    template["t"] = "key: {{&yaml.value}}\n"
    node = yaml.compose(render("t", {"value": value}))
    assert node is not None
    assert node.value[0][1].value == value
    assert node.value[0][1].tag == "tag:yaml.org,2002:str"


def test_plain_values_are_escaped_for_html(template: dict[str, str]) -> None:
    template["t"] = '<a title="{{value}}">{{value}}</a>'
    assert render("t", {"value": '<b>&"'}) == '<a title="&lt;b&gt;&amp;&quot;">&lt;b&gt;&amp;&quot;</a>'


@pytest.mark.parametrize("context", ["comment", "code"])
@pytest.mark.parametrize("value", ["a\nb", "a\x1b[2Jb", "a\u2028b"])
def test_comments_and_code_are_one_printable_line(template: dict[str, str], context: str, value: str) -> None:
    template["t"] = "{{&" + context + ".value}}"
    with pytest.raises(ValueError, match="one line of printable characters"):
        render("t", {"value": value})


def test_code_has_no_backticks(template: dict[str, str]) -> None:
    template["t"] = "`{{&code.value}}`"
    with pytest.raises(ValueError, match="backtick"):
        render("t", {"value": "a`b"})


def test_a_shell_word_has_no_nul_byte(template: dict[str, str]) -> None:
    template["t"] = "{{&sh.value}}"
    with pytest.raises(ValueError, match="NUL"):
        render("t", {"value": "a\0b"})


def test_markdown_is_plain_text() -> None:
    assert escape_markdown("a *b* <c>\n[d](e) `f`") == r"a \*b\* \<c\> \[d\](e) \`f\`"


@pytest.mark.parametrize("text", ["{{value}}", "{{&sh.value}}", "{{#value}}x{{/value}}", "{{&bogus.a}}"])
def test_a_value_that_nobody_gave_is_an_error(template: dict[str, str], text: str) -> None:
    template["t"] = text
    with pytest.raises(LookupError):
        render("t", {"a": "b"})


def test_sections_see_their_items_and_what_is_around(template: dict[str, str]) -> None:
    template["t"] = "{{#items}}{{&sh.name}} {{&sh.outer}} {{&raw.count}};{{/items}}{{^none}}none{{/none}}"
    values = {"items": [{"name": "a b"}, {"name": "c"}], "outer": "'", "count": 0, "none": False}
    assert render("t", values) == "'a b' ''\\''' 0;'c' ''\\''' 0;none"


def test_truth_values_are_spelled_as_yaml_and_json_spell_them(template: dict[str, str]) -> None:
    template["t"] = "{{&raw.yes}} {{&raw.no}}"
    assert render("t", {"yes": True, "no": False}) == "true false"


def _templates(directory: Path) -> Iterator[Path]:
    return directory.rglob("*.mustache")


def test_no_template_writes_a_value_without_a_context() -> None:
    contexts = "|".join(calico_templates._CONTEXTS)
    found = list(_templates(Path(str(files(calico_templates)))))
    assert found
    for template in found:
        text = template.read_text(encoding="utf-8")
        changed = text.startswith("{{=<% %>=}}")
        left, right = (r"<%", "%>") if changed else (r"\{\{", r"\}\}")
        text = text.removeprefix("{{=<% %>=}}")
        tags = re.findall(f"{left}(.*?){right}", text)
        assert tags or changed, template.name
        for tag in tags:
            is_value = not re.match(r"[#^/!=>]", tag)
            if is_value and not template.name.endswith(".html.mustache"):
                assert re.match(rf"&({contexts})\.[a-z_]+\Z", tag), (template.name, tag)
            elif is_value:
                assert not tag.startswith("{"), (template.name, tag)
