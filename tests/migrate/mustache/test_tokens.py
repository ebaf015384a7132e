from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from calico_core.errors import InputError
from calico_migrate.mustache import scheduler, tokens
from calico_migrate.mustache.template import Section, Text, Variable
from calico_migrate.mustache.tokens import MAXIMUM_DEPTH
from tests.migrate.mustache.strategies import templates

if TYPE_CHECKING:
    from collections.abc import Iterable

    from calico_migrate.mustache.template import Node


def rendered(text: str, **environment: str) -> str:
    return scheduler.render(tokens.parse(text), environment).text


@pytest.mark.parametrize(
    "text, line, column, part",
    [
        ("a\n {{#A}}\nb", 2, 2, "never closed"),
        ("a\n{{/A}}", 2, 1, "never opened"),
        ("{{#A}}\n{{#B}}{{/A}}{{/B}}", 2, 7, "line 2, column 1"),
        ("x {{A", 1, 3, "not closed"),
        ("x {{{A}}", 1, 3, "not closed"),
        ("é{{}}", 1, 2, "empty"),
        ("{{ }}", 1, 1, "no name"),
        ("{{&}}", 1, 1, "no name"),
        ("{{> other}}", 1, 1, "partials"),
        ("{{<base}}{{/base}}", 1, 1, "inheritance"),
        ("{{$block}}{{/block}}", 1, 1, "inheritance"),
        ("{{=abc=}}", 1, 1, "delimiters"),
        ("{{==}}", 1, 1, "delimiters"),
        ("{{=| |=}}|{A}|", 1, 10, "one character"),
        ("{{! never", 1, 1, "not closed"),
    ],
)
def test_what_the_engines_cannot_read_is_refused_at_its_place(
    text: str, line: int, column: int, part: str
) -> None:
    with pytest.raises(InputError) as caught:
        tokens.parse(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert part in caught.value.message


def test_nesting_has_a_limit() -> None:
    def nested(depth: int) -> str:
        return "{{#A}}" * depth + "x" + "{{/A}}" * depth

    assert rendered(nested(MAXIMUM_DEPTH), A="1") == "x"
    with pytest.raises(InputError, match="nest deeper"):
        tokens.parse(nested(MAXIMUM_DEPTH + 1))


@pytest.mark.parametrize(
    "text, expected",
    [
        ("a\n{{#A}}\nb\n{{/A}}\nc\n", "a\nb\nc\n"),
        ("a\n  {{#A}}\n  b\n  {{/A}}\nc\n", "a\n  b\nc\n"),
        ("a {{#A}}\nb\n{{/A}} c\n", "a b\n c\n"),
        ("{{#A}}b{{/A}}\nc", "b\nc"),
        ("{{#A}}\r\nb\r\n{{/A}}\r\nc\r\n", "b\r\nc\r\n"),
        ("  {{! comment }}\nx", "  \nx"),
        ("{{! two\nlines }}\nx", "\nx"),
        ("a\r\n\nb", "a\r\n\r\nb"),
        ("a\rb", "ab"),
        ("{{ #A }}x{{ /A }}", "x"),
        ("{{#A}} {{/A}}", ""),
        ("x{{#A}} {{/A}}", "x "),
        ("{{#A}}{{A}} {{/A}}", "1 "),
        ("{{#A}}{{A}}\nx{{/A}}", "1x"),
        ("{{%pragma}}x", "x"),
        ("{{=<% %>=}}<%A%> {{A}} <%={{ }}=%>{{A}}", "1 {{A}} 1"),
        ("{{#A}}{{=<% %>=}}<%A%><%/A%>{{A}}", "11"),
        ("{{=<% %>=}}<%{A}%>", "1"),
        ("{ {A} }", "{ {A} }"),
    ],
)
def test_lines_and_delimiters_are_those_of_mustache_java(text: str, expected: str) -> None:
    assert rendered(text, A="1") == expected


def test_the_tree_has_offsets() -> None:
    text = "a{{#S}}b{{{v}}}{{/S}}{{^T}}{{w}}{{/T}}"
    template = tokens.parse(text)
    (section, outer), (inverted, _) = template.sections()
    assert outer == ()
    assert (section.name, section.inverted, inverted.name, inverted.inverted) == ("S", False, "T", True)
    assert text[section.start : section.open_end] == "{{#S}}"
    assert text[section.close_start : section.end] == "{{/S}}"
    raw, escaped = template.variables()
    assert [text[v.start : v.end] for v in (raw, escaped)] == ["{{{v}}}", "{{w}}"]
    assert (raw.escaped, escaped.escaped) == (False, True)


def test_it_tells_which_sections_enclose_an_offset() -> None:
    text = "{{#A}}x{{^B}}y{{/B}}{{/A}}z"
    template = tokens.parse(text)
    assert [s.name for s in template.enclosing(text.index("y"))] == ["A", "B"]
    assert [s.name for s in template.enclosing(text.index("x"))] == ["A"]
    assert template.enclosing(text.index("z")) == ()
    assert template.enclosing(0) == ()


@given(templates)
def test_literal_text_stands_in_the_template_where_the_tree_says(text: str) -> None:
    try:
        template = tokens.parse(text)
    except InputError:
        return
    pending = list(template.nodes)
    while pending:
        node = pending.pop()
        if isinstance(node, Text):
            assert node.text == (text[node.start : node.end] or "\r")
        elif isinstance(node, Variable):
            assert text[node.start : node.end].startswith("{{")
            assert text[node.start : node.end].endswith("}}")
            assert node.name in text[node.start : node.end]
        else:
            assert isinstance(node, Section)
            assert text[node.start : node.open_end].startswith(("{{#", "{{^"))
            pending += node.nodes


@given(templates)
def test_a_template_is_read_alike_with_and_without_delimiters_of_its_own(text: str) -> None:
    text += "|"
    try:
        nodes = tokens.parse(text).nodes
    except InputError:
        return
    # Behind a tag that changes the delimiters nothing is left that they could change.
    assert in_one_piece(tokens.parse(text + "{{=<% %>=}}").nodes) == in_one_piece(nodes)


def in_one_piece(nodes: Iterable[Node]) -> list[Node]:
    """The nodes with literal text that follows literal text joined to it; where it is cut means nothing."""
    found: list[Node] = []
    for node in nodes:
        last = found[-1] if found else None
        if isinstance(node, Text) and isinstance(last, Text) and last.end == node.start:
            found[-1] = Text(last.start, node.end, last.text + node.text)
        elif isinstance(node, Section):
            found.append(node._replace(nodes=tuple(in_one_piece(node.nodes))))
        else:
            found.append(node)
    return found
