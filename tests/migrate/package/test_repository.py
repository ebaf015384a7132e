"""Universe repository files: edits inside JSON and inside base64."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from calico_core.spans import apply
from calico_migrate.network_map import NetworkMap
from calico_migrate.package import repository
from calico_migrate.package.universe import parts
from tests.migrate.package import making
from tests.migrate.package.making import NAME, app_template, config_text, group

LITERAL = app_template('[{"mode": "container", "name": "dcos"}]')


def entry(config: str, template: str, **fields: Any) -> dict[str, Any]:
    encoded = b64encode(template.encode()).decode()
    return {
        **making.PACKAGE,
        "releaseVersion": 3,
        "config": json.loads(config),
        "resource": making.RESOURCE,
        "marathon": {"v2AppMustacheTemplate": encoded},
        **fields,
    }


def rewritten(text: str, *, proof: bool = True) -> str:
    return apply(text, repository.plan(text, NetworkMap(), proof=proof).edits)


def test_recognition() -> None:
    assert repository.is_repository(
        json.dumps({"packages": [entry(making.STANDARD, making.STANDARD_TEMPLATE)]})
    )
    assert repository.is_repository('{"packages": []}')
    assert not repository.is_repository('{"packages": [{"name": "left-pad"}]}')
    assert not repository.is_repository('{"packages": {}}')
    assert not repository.is_repository('[{"packages": []}]')


def test_config_and_template_are_edited_in_place() -> None:
    text = json.dumps(
        {"packages": [entry(making.STANDARD, making.STANDARD_TEMPLATE), entry("{}", LITERAL)]}, indent=1
    )
    new = rewritten(text)
    first, second = json.loads(new)["packages"]
    assert (
        first["config"]["properties"]["service"]["properties"]["virtual_network_name"]["default"] == "calico"
    )
    template = b64decode(second["marathon"]["v2AppMustacheTemplate"]).decode()
    assert template == LITERAL.replace('"dcos"', '"calico"')
    changed = [(a, b) for a, b in zip(text.splitlines(), new.splitlines(), strict=True) if a != b]
    assert len(changed) == 2


def test_base64_keeps_its_style() -> None:
    encoded = b64encode((LITERAL + "\xff" * 9).encode()).decode()
    folded = "\n".join(encoded[i : i + 76] for i in range(0, len(encoded), 76)) + "\n"
    package = entry("{}", LITERAL, marathon={"v2AppMustacheTemplate": folded})
    text = json.dumps({"packages": [package]})
    value = json.loads(rewritten(text))["packages"][0]["marathon"]["v2AppMustacheTemplate"]
    lines = value.split("\n")
    assert lines[-1] == ""
    assert {len(line) for line in lines[:-2]} == {76}
    text = json.dumps({"packages": [entry("{}", LITERAL + "???")]}).replace("/", "\\/")
    assert "\\/" in rewritten(text)
    assert json.loads(rewritten(text))


def test_findings_stand_where_the_package_stands() -> None:
    config = config_text(n=group(cni_network_name=NAME))
    text = json.dumps(
        {"packages": [entry(making.STANDARD, making.STANDARD_TEMPLATE), entry(config, "{}")]}, indent=2
    )
    plan = repository.plan(text, NetworkMap(), proof=True)
    finding = next(f for f in plan.findings if f.rule == "option-goes-nowhere")
    assert finding.message.startswith("demo 3: ")
    assert finding.line is not None
    assert finding.column is not None
    assert text.splitlines()[finding.line - 1][finding.column - 1 :].startswith('"dcos"')
    assert finding.pointer == "/packages/1/config/properties/n/properties/cni_network_name/default"


def test_one_broken_package_does_not_stop_the_rest() -> None:
    broken = entry("{}", LITERAL, marathon={"v2AppMustacheTemplate": "%%%"})
    open_tag = entry("{}", LITERAL + "{{#x}}")
    text = json.dumps({"packages": [broken, open_tag, entry("{}", LITERAL)]})
    plan = repository.plan(text, NetworkMap(), proof=True)
    assert [str(edit.pointer) for edit in plan.edits] == ["/packages/2/marathon/v2AppMustacheTemplate"]
    assert len(plan.failures) == 2
    assert "base64" in plan.failures[0].message


@given(st.text(st.characters(codec="utf-8"), max_size=60), st.booleans())
def test_any_template_text_around_a_name_survives(around: str, fold: bool) -> None:
    template = app_template('[{"name": "dcos"}]', json.dumps({"X": around.replace("{", "(")}))
    package = entry("{}", template)
    text = json.dumps({"packages": [package]})
    value = json.loads(rewritten(text))["packages"][0]["marathon"]["v2AppMustacheTemplate"]
    head, _, tail = template.rpartition('"dcos"')
    assert b64decode(value).decode() == f'{head}"calico"{tail}'


def test_entries_give_the_parts_of_a_package() -> None:
    text = json.dumps({"packages": [entry(making.STANDARD, making.STANDARD_TEMPLATE)]})
    (found,) = repository.entries(text)
    assert found.content.name == "demo"
    assert found.number == 3
    assert found.content.texts[parts.TEMPLATE] == making.STANDARD_TEMPLATE


def test_the_newest_release_stands_for_its_package() -> None:
    found = [
        entry(making.STANDARD, making.STANDARD_TEMPLATE, releaseVersion=number, name=name)
        for name, number in (("demo", 7), ("other", 0), ("demo", 12), ("demo", 9))
    ]
    entries = repository.entries(json.dumps({"packages": found}))
    assert [listed.shown for listed in repository.newest(entries)] == ["other 0", "demo 12"]
