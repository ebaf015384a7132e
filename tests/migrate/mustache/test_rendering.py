from __future__ import annotations

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from calico_core.errors import InputError
from calico_core.spans import Span
from calico_migrate.mustache import package_manager, scheduler, tokens
from tests.migrate.mustache.strategies import environments, templates, values


def _spliced(text: str, places: list[Span], replacement: str) -> str:
    for place in sorted(places, reverse=True):
        text = text[: place.start] + replacement + text[place.end :]
    return text


@given(templates, environments, st.data())
def test_what_is_mapped_back_and_replaced_is_replaced_in_the_rendering(
    text: str, environment: dict[str, str], data: st.DataObject
) -> None:
    try:
        template = tokens.parse(text)
    except InputError:
        return
    rendering = scheduler.render(template, environment)
    words = [found.span() for found in re.finditer(r"[^\s{}]+", rendering.text)]
    assume(words)
    first, last = data.draw(st.sampled_from(words))
    start = data.draw(st.integers(first, last - 1))
    end = data.draw(st.integers(start + 1, last))
    span = rendering.origin(start, end).span
    if span is None:
        return
    assert text[span.start : span.end] == rendering.text[start:end]
    places = rendering.places([span])[span]
    assert Span(start, end) in places
    changed = tokens.parse(_spliced(text, [span], "calico"))
    assert scheduler.render(changed, environment).text == _spliced(rendering.text, places, "calico")


@given(templates, values)
def test_every_part_has_an_origin(text: str, given_values: dict[str, object]) -> None:
    try:
        template = tokens.parse(text)
    except InputError:
        return
    rendering = package_manager.render(template, given_values)
    assert "".join(rendering.parts) == rendering.text
    origin = rendering.origin(0, len(rendering.text))
    for start, part in zip(rendering.starts, rendering.parts, strict=True):
        own = rendering.origin(start, start + len(part)).span
        assert own is None or text[own.start : own.end] == part
    for tag in origin.tags:
        assert tag.name in origin.names


def test_a_span_of_literal_text_maps_to_the_template() -> None:
    rendering = scheduler.render(tokens.parse("{{A}}bc{{A}}de"), {"A": "xyz"})
    assert rendering.text == "xyzbcxyzde"
    assert rendering.origin(3, 5).span == Span(5, 7)
    assert rendering.origin(4, 5).span == Span(6, 7)
    assert rendering.origin(9, 10).span == Span(13, 14)


def test_a_span_of_a_value_names_its_tag() -> None:
    text = "{{A}}-{{{B}}}"
    rendering = scheduler.render(tokens.parse(text), {"A": "xyz", "B": "dcos"})
    origin = rendering.origin(0, len(rendering.text))
    assert origin.span is None
    assert origin.names == ("A", "B")
    assert origin.spans == (Span(5, 6),)
    assert [text[tag.start : tag.end] for tag in rendering.origin(5, 6).tags] == ["{{{B}}}"]


def test_text_around_a_comment_is_in_two_pieces() -> None:
    rendering = scheduler.render(tokens.parse("dc{{! x }}os"), {})
    assert rendering.text == "dcos"
    assert rendering.origin(0, 4).span is None
    assert rendering.origin(0, 4).spans == (Span(0, 2), Span(10, 12))


def test_text_in_a_list_is_shown_once_for_each_entry() -> None:
    text = "{{#l}}<{{.}}>{{/l}}"
    rendering = package_manager.render(tokens.parse(text), {"l": [1, 2]})
    assert rendering.text == "<1><2>"
    assert rendering.places([Span(6, 7)]) == {Span(6, 7): [Span(0, 1), Span(3, 4)]}


def test_an_added_carriage_return_has_no_origin() -> None:
    rendering = scheduler.render(tokens.parse("a\r\n\nb"), {})
    assert rendering.text == "a\r\n\r\nb"
    assert rendering.origin(3, 4) == ((), ())
    assert rendering.origin(0, 0) == ((), ())


def test_what_a_lambda_made_names_its_section() -> None:
    rendering = package_manager.render(tokens.parse("x{{#asJson}}o{{/asJson}}"), {"o": ["dcos"]})
    assert rendering.text == 'x["dcos"]'
    assert rendering.origin(2, 8).names == ("asJson",)
