from __future__ import annotations

from hypothesis import given

from calico_core.errors import InputError
from calico_migrate.mustache import scheduler, settings, tokens
from calico_migrate.mustache.template import Section, Text
from tests.migrate.mustache.strategies import templates

TEMPLATE = "{{#A}}a{{#B}}b{{/B}}{{^C}}c{{/C}}{{/A}}{{^A}}d{{/A}}"


def test_everything_is_on_and_off() -> None:
    on, off = settings.everything(tokens.parse(TEMPLATE))
    assert on.true == {"A", "B", "C"}
    assert off.true == set()


def test_each_section_is_shown_alone_and_with_everything_else_on() -> None:
    chosen = list(settings.each_section(tokens.parse(TEMPLATE)))
    assert [sorted(setting.true) for setting in chosen] == [
        ["A"],
        ["A", "B", "C"],
        ["A", "B"],
        ["A", "B", "C"],
        ["A"],
        ["A", "B"],
        [],
        ["B", "C"],
    ]
    assert chosen[4].title == "with C off alone"


def test_sections_that_contradict_each_other_have_no_setting() -> None:
    template = tokens.parse("{{#A}}{{^A}}x{{/A}}{{/A}}")
    (outer, _), (inner, _) = template.sections()
    assert settings.conditions([outer, inner]) is None
    assert settings.showing([outer, inner], frozenset(), "never") is None
    assert len(list(settings.each_section(template))) == 2


def test_sections_of_different_names_can_be_on_together() -> None:
    template = tokens.parse("{{#A}}x{{/A}}{{^B}}y{{/B}}")
    (first, _), (second, _) = template.sections()
    assert settings.conditions([first, second]) == {"A": True, "B": False}


@given(templates)
def test_the_settings_show_everything_that_can_be_shown_and_are_few(text: str) -> None:
    try:
        template = tokens.parse(text)
    except InputError:
        return
    chosen = [*settings.everything(template), *settings.each_section(template)]
    assert len(chosen) <= 2 + 2 * sum(1 for _ in template.sections())
    shown: set[int] = set()
    for setting in chosen:
        rendering = scheduler.render(template, dict.fromkeys(setting.true, "x"))
        shown.update(id(source) for source in rendering.sources)
    pending: list[tuple[object, tuple[Section, ...]]] = [(node, ()) for node in template.nodes]
    while pending:
        node, outer = pending.pop()
        if isinstance(node, Text):
            assert id(node) in shown or settings.conditions(outer) is None
        elif isinstance(node, Section):
            pending += [(inner, (*outer, node)) for inner in node.nodes]
