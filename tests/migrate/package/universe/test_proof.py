"""The proof: it holds for the planned edits, and for nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_core.errors import VerificationError
from calico_core.spans import apply
from calico_migrate.network_map import NetworkMap
from calico_migrate.package.universe import parts
from calico_migrate.package.universe.planning import plan
from calico_migrate.package.universe.proof import proof_settings, prove
from tests.migrate.package import making
from tests.migrate.package.making import FLAG, NAME, config_text, group

if TYPE_CHECKING:
    from calico_migrate.package.universe.plan import PackagePlan

CONFIG = config_text(
    s=group(
        one=FLAG,
        two=FLAG,
        host=FLAG,
        mode={"type": "string", "default": ""},
        virtual_network_name=NAME,
        title=NAME,
    )
)
TEMPLATE = """{"id": "x", "title": "{{s.title}}"
{{#s.one}}{{#s.two}}{{^s.host}}
, "networks": [{"name": "{{s.virtual_network_name}}"}]
{{/s.host}}{{/s.two}}{{/s.one}}
{{#s.mode}}, "ipAddress": {"networkName": "dcos"}{{/s.mode}}
}"""


def planned(config: str = CONFIG, template: str = TEMPLATE) -> PackagePlan:
    return plan(making.content(config, template), NetworkMap())


def after(result: PackagePlan) -> dict[str, str]:
    return {part: apply(result.content.texts[part], edits) for part, edits in result.edits.items()}


def test_a_number_that_is_a_switch_by_its_default() -> None:
    switch = {"type": "integer", "default": False}
    config = config_text(s=group(one=switch, two=switch, overlay=NAME))
    network = '{{#s.one}}{{#s.two}}, "networks": [{"name": "{{s.overlay}}"}]{{/s.two}}{{/s.one}}'
    result = planned(config, '{"id": "x", "instances": {{s.one}}' + network + "}")
    assert prove(result, after(result))


def test_the_settings_of_a_proof() -> None:
    titles = [setting.title for setting in proof_settings(planned())]
    assert titles[:3] == ["at its defaults", "with all flags on", "with all flags off"]
    assert {"with s.one alone on", "with s.two alone on", "with s.mode alone on"} <= set(titles)


def test_a_section_that_opens_a_group_keeps_its_members() -> None:
    template = """{"id": "{{s.title}}"
{{#s}}{{#one}}, "networks": [{"name": "{{virtual_network_name}}"}]{{/one}}{{/s}}
}"""
    result = planned(template=template)
    assert [edit.old for edit in result.edits[parts.CONFIG]] == ["dcos"]
    assert prove(result, after(result))


def test_equal_settings_are_rendered_once() -> None:
    config = config_text(s=group(virtual_network_name=NAME))
    assert [s.title for s in proof_settings(planned(config, '{"id": "x"}'))] == ["at its defaults"]


def test_the_planned_edits_are_proved() -> None:
    result = planned()
    assert len(prove(result, after(result))) >= 5


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (
            parts.CONFIG,
            '"title": {\n          "type": "string",\n          "default": "dcos"',
            '"title": {\n          "type": "string",\n          "default": "calico"',
        ),
        (parts.CONFIG, '"default": "calico"', '"default": "calicos"'),
        (parts.CONFIG, '"default": ""', '"default": "y"'),
        (parts.TEMPLATE, '"id": "x"', '"id": "y"'),
        (parts.TEMPLATE, "{{^s.host}}", "{{#s.host}}"),
        (parts.TEMPLATE, '"calico"', '"dcos"'),
    ],
)
def test_any_other_change_fails(part: str, old: str, new: str) -> None:
    result = planned()
    texts = after(result)
    assert old in texts[part]
    texts[part] = texts[part].replace(old, new)
    with pytest.raises(VerificationError, match=r"the proof failed|cannot be read again"):
        prove(result, texts)


def test_an_unedited_config_fails() -> None:
    result = planned()
    with pytest.raises(VerificationError, match="the proof failed"):
        prove(result, {})


def test_a_result_that_is_no_json_fails() -> None:
    result = planned()
    texts = after(result)
    texts[parts.CONFIG] += "}"
    with pytest.raises(VerificationError, match="cannot be read again"):
        prove(result, texts)


NAMES = st.sampled_from(["one", "two", "host", "mode"])
WRAPPERS = st.lists(st.tuples(NAMES, st.booleans()), max_size=4)


@given(WRAPPERS, WRAPPERS, st.booleans())
def test_every_nesting_is_planned_and_proved(
    first: list[tuple[str, bool]], second: list[tuple[str, bool]], literal: bool
) -> None:
    def wrapped(text: str, sections: list[tuple[str, bool]]) -> str:
        for name, inverted in sections:
            text = f"{{{{{'^' if inverted else '#'}s.{name}}}}}{text}{{{{/s.{name}}}}}"
        return text

    name = "dcos" if literal else "{{s.virtual_network_name}}"
    template = (
        '{"id": "x"'
        + wrapped(f', "networks": [{{"name": "{name}"}}]', first)
        + wrapped(
            ', "env": {"VIRTUAL_NETWORK_NAME": "{{s.virtual_network_name}}", "T": "{{s.title}}"}', second
        )
        + "}"
    )
    result = planned(CONFIG, template)
    prove(result, after(result))
    contradiction = any((n, not inverted) in sections for sections in (first,) for n, inverted in first)
    if literal and not contradiction:
        assert result.edits[parts.TEMPLATE]
    assert result.edits[parts.CONFIG]
