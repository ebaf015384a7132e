"""Finding the old network in a package by name and by data flow, and planning the edits."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_core.errors import InputError
from calico_core.spans import apply
from calico_migrate.network_map import NetworkMap
from calico_migrate.package.specification.variables import SpecificationFacts
from calico_migrate.package.universe import parts
from calico_migrate.package.universe.planning import plan
from tests.migrate.package import making
from tests.migrate.package.making import FLAG, NAME, app_template, config_text, group

if TYPE_CHECKING:
    from calico_migrate.package.universe.plan import PackagePlan

MAP = NetworkMap()


def planned(
    config: str | None = making.STANDARD,
    template: str | None = making.STANDARD_TEMPLATE,
    facts: SpecificationFacts | None = None,
    network_map: NetworkMap = MAP,
) -> PackagePlan:
    return plan(making.content(config, template), network_map, facts)


def edited(result: PackagePlan, part: str) -> str:
    return apply(result.content.texts[part], result.edits.get(part, []))


def test_the_default_alone_changes() -> None:
    result = planned()
    assert [option.option.name for option in result.options] == ["service.virtual_network_name"]
    assert result.options[0].by_name
    assert result.options[0].by_flow
    before, after = making.STANDARD.splitlines(), edited(result, parts.CONFIG).splitlines()
    differing = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert differing == [('          "default": "dcos"', '          "default": "calico"')]
    assert json.loads(edited(result, parts.CONFIG))["properties"]["service"]["properties"]["password"] == NAME


@pytest.mark.parametrize(
    ("path", "template"),
    [
        (("service", "virtual_network_name"), app_template('[{"name": "{{service.virtual_network_name}}"}]')),
        (
            ("dsenode", "virtual_network"),
            app_template("[]", '{"DSE_VIRTUAL_NETWORK_NAME": "{{dsenode.virtual_network}}"}'),
        ),
        (
            ("virtual-network", "name"),
            app_template("[]", '{"VIRTUAL_NETWORK_NAME": "{{virtual-network.name}}"}'),
        ),
        (("db", "network-name"), '{"id": "x", "ipAddress": {"networkName": "{{db.network-name}}"}}'),
        (
            ("net", "cni_network_name"),
            app_template('[{"mode": "container", "name": "{{{net.cni_network_name}}}"}]'),
        ),
    ],
)
def test_both_signals_in_every_wiring(path: tuple[str, str], template: str) -> None:
    result = planned(config_text(**{path[0]: group(**{path[1]: NAME})}), template)
    assert [(o.option.path, o.by_name, o.by_flow) for o in result.options] == [(path, True, True)]


def test_flow_alone_is_enough() -> None:
    config = config_text(service=group(overlay=NAME))
    result = planned(config, app_template('[{"name": "{{service.overlay}}"}]'))
    assert [(o.by_name, o.by_flow) for o in result.options] == [(False, True)]
    assert '"default": "calico"' in edited(result, parts.CONFIG)


def test_name_alone_is_enough() -> None:
    config = config_text(service=group(virtual_network_name=NAME))
    result = planned(config, '{"id": "x"}')
    assert [(o.by_name, o.by_flow) for o in result.options] == [(True, False)]
    assert result.changed


def test_neither_signal_leaves_the_option() -> None:
    config = config_text(service=group(cluster_name=NAME, virtual_network_name=NAME))
    template = app_template(
        '[{"name": "{{service.virtual_network_name}}"}]', '{"CLUSTER": "{{service.cluster_name}}"}'
    )
    result = planned(config, template)
    assert [o.option.name for o in result.options] == ["service.virtual_network_name"]
    assert [o.option.name for o in result.others] == ["service.cluster_name"]


def test_a_name_inside_a_longer_text_is_no_flow() -> None:
    config = config_text(service=group(domain=NAME))
    result = planned(config, app_template('[{"name": "x-{{service.domain}}"}]'))
    assert not result.options


def test_a_relative_tag_is_followed() -> None:
    config = config_text(service=group(overlay=NAME, name={"type": "string", "default": "x"}))
    template = '{"id": "x"{{#service}}, "networks": [{"name": "{{overlay}}"}]{{/service}}}'
    assert [o.by_flow for o in planned(config, template).options] == [True]


def test_flow_behind_an_inverted_section() -> None:
    config = config_text(service=group(host=FLAG | {"default": True}, overlay=NAME))
    template = '{"id": "x"{{^service.host}}, "networks": [{"name": "{{service.overlay}}"}]{{/service.host}}}'
    assert [o.by_flow for o in planned(config, template).options] == [True]


def test_flow_behind_a_text_and_a_list_that_is_not_empty() -> None:
    config = config_text(
        service=group(
            secret={"type": "string", "default": ""},
            labels={"type": "array", "default": []},
            overlay=NAME,
        )
    )
    template = (
        '{"id": "x"{{#service.secret}}{{^service.labels.isEmpty}},'
        ' "networks": [{"name": "{{service.overlay}}"}]{{/service.labels.isEmpty}}{{/service.secret}}}'
    )
    assert [o.by_flow for o in planned(config, template).options] == [True]


def test_the_service_specification_decides_about_variables() -> None:
    config = config_text(service=group(overlay=NAME))
    template = app_template("[]", '{"OVERLAY": "{{service.overlay}}"}')
    assert not planned(config, template).options
    facts = SpecificationFacts(network_variables=frozenset({"OVERLAY"}))
    assert [o.by_flow for o in planned(config, template, facts).options] == [True]
    named = app_template("[]", '{"VIRTUAL_NETWORK_NAME": "{{service.overlay}}"}')
    assert planned(config, named).options
    assert not planned(config, named, facts).options


def test_the_network_provider_of_kubernetes_stays() -> None:
    config = config_text(kubernetes=group(network_provider=NAME))
    template = app_template("[]", '{"KUBERNETES_NETWORK_PROVIDER": "{{kubernetes.network_provider}}"}')
    result = planned(config, template)
    assert not result.changed
    assert [o.option.name for o in result.others] == ["kubernetes.network_provider"]


def test_literals_in_the_apps_own_networks() -> None:
    template = (
        '{"id": "dcos", "labels": {"name": "dcos"}, "env": {"X": "dcos"},\n'
        ' {{#on.cni}}"networks": [{"mode": "container",\n   "name": "dcos"}],{{/on.cni}}\n "cmd": "dcos"}'
    )
    result = planned(config_text(on=group(cni=FLAG)), template)
    assert edited(result, parts.TEMPLATE) == template.replace('   "name": "dcos"', '   "name": "calico"')
    assert result.edits[parts.TEMPLATE][0].pointer == "/networks/0/name"


def test_options_without_defaults_are_given_values_to_look_inside() -> None:
    template = '{"id": "x", "cpus": {{s.cpus}}{{#s.cni}}, "networks": [{"name": "dcos"}]{{/s.cni}}}'
    for config in (config_text(s=group(cpus={"type": "number"}, cni=FLAG)), None):
        result = planned(config, template)
        assert edited(result, parts.TEMPLATE) == template.replace("dcos", "calico")


def test_a_literal_fallback_beside_an_option() -> None:
    template = app_template(
        '[{"name": "{{#service.net}}{{service.net}}{{/service.net}}{{^service.net}}dcos{{/service.net}}"}]'
    )
    config = config_text(service=group(net={"type": "string", "default": ""}))
    result = planned(config, template)
    assert edited(result, parts.TEMPLATE) == template.replace("}}dcos{{", "}}calico{{")


def test_a_literal_in_a_variable_is_not_edited() -> None:
    result = planned(config_text(), app_template("[]", '{"VIRTUAL_NETWORK_NAME": "dcos"}'))
    assert not result.changed
    assert [literal.old for literal in result.loose_literals] == ["dcos"]


@pytest.mark.parametrize(
    "schema",
    [
        {"enum": ["dcos", "mesos-bridge"]},
        {"pattern": "^d"},
        {"maxLength": 4},
        {"pattern": "("},
    ],
)
def test_an_option_whose_schema_refuses_the_name_stays(schema: dict[str, object]) -> None:
    result = planned(config_text(service=group(virtual_network_name=NAME | schema)), '{"id": "x"}')
    assert not result.changed
    assert result.options[0].refusal


def test_other_names_by_the_map() -> None:
    config = config_text(a=group(virtual_network_name=NAME, virtual_network=NAME | {"default": "blue"}))
    result = planned(config, '{"id": "x"}', network_map=NetworkMap.parse(["blue=calico"]))
    assert [(o.option.name, o.new) for o in result.options] == [("a.virtual_network", "calico")]


def test_an_escaped_default_is_found_where_it_stands() -> None:
    config = config_text(a=group(virtual_network_name=NAME)).replace('"dcos"', '"\\u0064cos"')
    result = planned(config, '{"id": "x"}')
    assert edited(result, parts.CONFIG) == config.replace('"\\u0064cos"', '"calico"')


def test_a_default_inside_the_default_of_a_group() -> None:
    default = '{"virtual_network_name": "dcos", "n": "dcos"}'
    config = f'{{"properties": {{"service": {{"type": "object", "default": {default}}}}}}}'
    result = planned(config, app_template('[{"name": "{{service.virtual_network_name}}"}]'))
    assert edited(result, parts.CONFIG) == config.replace('name": "dcos"', 'name": "calico"')


def test_a_key_that_comes_twice_stops_the_edit() -> None:
    config = making.STANDARD.replace('"type": "object",', '"type": "object", "type": "object",', 1)
    with pytest.raises(InputError) as caught:
        planned(config)
    assert caught.value.line == 2


def test_a_package_without_a_network_is_not_rendered() -> None:
    result = planned(
        config_text(service=group(name=NAME)),
        '{"id": "{{service.name}}", "container": {"docker": {"network": "HOST"}}}',
    )
    assert result.trace is None
    assert not result.changed


def test_crlf_tabs_and_a_byte_order_mark_survive() -> None:
    config = "\ufeff" + making.STANDARD.replace("\n", "\r\n").replace("  ", "\t")
    result = planned(config)
    assert edited(result, parts.CONFIG) == config.replace(
        'name": {\r\n\t\t\t\t\t"type": "string",\r\n\t\t\t\t\t"default": "dcos"',
        'name": {\r\n\t\t\t\t\t"type": "string",\r\n\t\t\t\t\t"default": "calico"',
    )


KEYS = st.sampled_from(["net", "virtual_network_name", "name", "network-name", "password", "overlay"])


@given(
    st.lists(
        st.tuples(KEYS, st.sampled_from(["dcos", "other", "calico"]), st.booleans()),
        max_size=6,
        unique_by=lambda o: o[0],
    )
)
def test_exactly_the_options_with_a_signal_change(options: list[tuple[str, str, bool]]) -> None:
    """Against a plain reading of the rule: the default is the old name, and the name or the flow says so."""
    config = config_text(
        g=group(**{key: {"type": "string", "default": default} for key, default, _ in options})
    )
    networks = ", ".join('{"name": "{{g.' + key + '}}"}' for key, _, flows in options if flows)
    result = planned(config, app_template(f"[{networks}]"))
    named = {"virtual_network_name", "network-name"}
    expected = json.loads(config)
    for key, default, flows in options:
        if default == "dcos" and (flows or key in named):
            expected["properties"]["g"]["properties"][key]["default"] = "calico"
    assert json.loads(edited(result, parts.CONFIG)) == expected
