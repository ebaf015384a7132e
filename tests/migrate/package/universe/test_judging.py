"""What the tool tells about packages: each defect of the public Universe, by its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from calico_core.findings import Finding, Severity
from calico_migrate.network_map import NetworkMap
from calico_migrate.package.sdk import SdkVersion
from calico_migrate.package.specification.variables import SpecificationFacts
from calico_migrate.package.universe import parts
from calico_migrate.package.universe.judging import judge
from calico_migrate.package.universe.planning import plan
from tests.migrate.package import making
from tests.migrate.package.making import FLAG, NAME, app_template, config_text, group

if TYPE_CHECKING:
    from calico_migrate.package.universe.content import Content


def told(
    content: Content, facts: SpecificationFacts | None = None, sdk: SdkVersion | None = None
) -> dict[str, tuple[str, Finding]]:
    found = judge(plan(content, NetworkMap(), facts), facts, sdk)
    return {finding.rule: (part, finding) for part, findings in found.items() for finding in findings}


def of(config: str | None, template: str | None, **rest: Any) -> dict[str, tuple[str, Finding]]:
    return told(making.content(config, template, **rest))


def test_a_sound_package_has_infos_alone() -> None:
    found = told(making.content())
    assert {finding.severity for _, finding in found.values()} == {Severity.INFO}
    assert set(found) == {"pods-restart", "version-update-enterprise"}


def test_an_option_that_goes_nowhere() -> None:
    part, finding = of(config_text(n=group(cni_network_name=NAME)), '{"id": "x"}')["option-goes-nowhere"]
    assert (part, finding.line) == (parts.CONFIG, 9)
    assert "n.cni_network_name" in finding.message
    assert "the template never uses it" in finding.message


def test_an_option_that_a_specification_at_hand_does_not_use() -> None:
    found = told(making.content(), SpecificationFacts(frozenset({"OTHER_NAME"})))
    assert "no service specification at hand" in found["option-goes-nowhere"][1].message


def test_a_name_from_a_list_of_networks_is_told() -> None:
    networks = {"type": "array", "default": [{"name": "dcos"}]}
    template = app_template('[{{#s.networks}}{"name": "{{name}}"}{{/s.networks}}]')
    part, finding = of(config_text(s=group(networks=networks)), template)["composed-network-name"]
    assert (part, finding.severity, finding.pointer) == (parts.TEMPLATE, Severity.ERROR, "/networks/0/name")


def test_a_name_in_two_pieces_is_told() -> None:
    found = of("{}", app_template('[{"name": "dc{{! the overlay }}os"}]'))
    assert "composed-network-name" in found
    assert "composed-network-name" not in of("{}", app_template('[{"name": "dcos"}]'))


def test_a_section_around_a_literal_name_from_nowhere() -> None:
    template = '{"id": "x"{{#s.overlay}}, "networks": [{"name": "dcos"}]{{/s.overlay}}}'
    found = of(config_text(s=group(title=NAME)), template)
    assert "s.overlay" in found["flag-from-nowhere"][1].message


def test_an_option_by_flow_only() -> None:
    found = of(config_text(s=group(overlay=NAME)), app_template('[{"name": "{{s.overlay}}"}]'))
    assert "/networks/0/name" in found["option-by-flow-only"][1].message


def test_an_option_from_nowhere() -> None:
    config = config_text(service=group(virtual_networks=FLAG))
    template = """{"id": "x", "env": {"A": "b"
    {{#service.virtual_networks}},
    "ENABLE_VIRTUAL_NETWORK": "yes",
    "VIRTUAL_NETWORK_NAME": "{{node.virtual_network}}"
    {{/service.virtual_networks}}
    }}"""
    found = of(config, template)
    part, finding = found["option-from-nowhere"]
    assert (part, finding.line) == (parts.TEMPLATE, 4)
    assert "node.virtual_network" in finding.message
    assert "name-in-archive" not in found


def test_a_flag_from_nowhere() -> None:
    config = config_text(nodes=group(virtual_network=NAME, enabled=FLAG))
    template = """{"id": "x", "env": {"A": "b"
    {{#service.virtual_network}},
    "VIRTUAL_NETWORK_NAME": "{{nodes.virtual_network}}"
    {{/service.virtual_network}}
    }}"""
    part, finding = of(config, template)["flag-from-nowhere"]
    assert (part, finding.line) == (parts.TEMPLATE, 2)


def test_a_group_as_a_section_is_no_flag_from_nowhere() -> None:
    config = config_text(service=group(virtual_network_name=NAME))
    template = '{"id": "x"{{#service}}, "networks": [{"name": "{{virtual_network_name}}"}]{{/service}}}'
    assert "flag-from-nowhere" not in of(config, template)


ARCHIVE = """{"id": "x", "labels": {"DCOS_COMMONS_API_VERSION": "v1"}, "env": {"A": "b"
    {{#service.virtual_network}},
    "ENABLE_VIRTUAL_NETWORK": "yes"
    {{/service.virtual_network}}
    }}"""


def test_a_name_in_the_archive() -> None:
    content = making.content(config_text(service=group(virtual_network=FLAG)), ARCHIVE)
    part, finding = told(content)["name-in-archive"]
    assert (part, finding.line, finding.severity) == (parts.TEMPLATE, 3, Severity.ERROR)
    assert "demo 1.0.0" in finding.message
    assert "scheduler.zip" in finding.hint
    assert "name-in-archive" not in told(content, SpecificationFacts(literal=True))


def test_an_sdk_that_refuses_the_update() -> None:
    old = {"assets": {"uris": {"a": "https://example.com/dcos-commons/artifacts/0.19.2/bootstrap.zip"}}}
    assert (
        of(making.STANDARD, making.STANDARD_TEMPLATE, resource=old)["sdk-refuses-update"][1].severity
        is Severity.ERROR
    )
    tagged = making.PACKAGE | {"tags": ["0.12.0", "demo"]}
    assert "sdk-refuses-update" in of(making.STANDARD, making.STANDARD_TEMPLATE, resource={}, package=tagged)
    assert "sdk-refuses-update" in told(making.content(), None, SdkVersion(0, 18, 4))
    assert "sdk-refuses-update" not in told(making.content(resource=old), None, SdkVersion(0, 19, 3))


@pytest.mark.parametrize("least", ["999", "9999", "999.0"])
def test_a_withdrawn_package(least: str) -> None:
    found = of(
        making.STANDARD, making.STANDARD_TEMPLATE, package=making.PACKAGE | {"minDcosReleaseVersion": least}
    )
    part, finding = found["package-withdrawn"]
    assert (part, finding.line) == (parts.PACKAGE, 5)


def test_a_name_that_is_a_label_too() -> None:
    config = config_text(s=group(virtual_network_name=NAME))
    template = app_template(
        '[{"name": "{{s.virtual_network_name}}", "labels": {"network_name": "{{s.virtual_network_name}}"}}]'
    )
    assert "/networks/0/labels/network_name" in of(config, template)["network-name-as-label"][1].message
    template = app_template(
        '[{"name": "{{s.virtual_network_name}}"}]', '{"VIRTUAL_NETWORK_LABELS": "{{s.virtual_network_name}}"}'
    )
    assert "VIRTUAL_NETWORK_LABELS" in of(config, template)["network-name-as-label"][1].message


def test_a_name_that_arrives_elsewhere_too() -> None:
    config = config_text(s=group(virtual_network_name=NAME))
    name = "{{s.virtual_network_name}}"
    template = '{"id": "x", "cmd": "run ' + name + '", "networks": [{"name": "' + name + '"}]}'
    assert "/cmd" in of(config, template)["name-elsewhere"][1].message


def test_what_moves_by_default() -> None:
    config = config_text(s=group(on=FLAG | {"default": True}, virtual_network_name=NAME))
    template = '{"id": "x"{{#s.on}}, "networks": [{"name": "{{s.virtual_network_name}}"}]{{/s.on}}}'
    assert "its flag s.on is on by default" in of(config, template)["moves-by-default"][1].message
    plain = app_template('[{"name": "{{s.virtual_network_name}}"}]')
    assert "no flag switches it off" in of(config, plain)["moves-by-default"][1].message
    literal = '{"id": "x"{{#s.on}}, "networks": [{"name": "dcos"}]{{/s.on}}}'
    assert of(config, literal)["moves-by-default"][0] == parts.TEMPLATE


def test_a_network_provider_is_reported() -> None:
    config = config_text(kubernetes=group(network_provider=NAME))
    template = app_template("[]", '{"KUBERNETES_NETWORK_PROVIDER": "{{kubernetes.network_provider}}"}')
    assert of(config, template)["network-provider"][1].severity is Severity.WARNING


def test_names_that_only_user_options_give() -> None:
    items = {"type": "object", "properties": {"name": {"type": "string"}, "labels": {"type": "string"}}}
    config = config_text(pool=group(networks={"type": "array", "items": items}))
    template = app_template(
        "[]", '{ {{#pool.networks}}"PARSENETWORK_NAME{{index}}": "{{name}}"{{/pool.networks}} }'
    )
    assert "pool.networks" in of(config, template)["network-from-user-options"][1].message
    config = config_text(
        marathon={"type": "object", "properties": {"default-network-name": {"type": "string"}}}
    )
    template = (
        '{"id": "x", "networks": [], "cmd": "--default_network_name {{marathon.default-network-name}}"}'
    )
    assert "marathon.default-network-name" in of(config, template)["network-from-user-options"][1].message


def test_apps_that_join_through_docker() -> None:
    config = config_text(db=group(**{"network-name": NAME}))
    old = (
        '{"id": "x", "container": {"docker": {"network": "USER"}},'
        ' "ipAddress": {"networkName": "{{db.network-name}}"}}'
    )
    assert "docker-network-needed" in of(config, old)
    new = (
        '{"id": "x", "container": {"type": "DOCKER"},'
        ' "networks": [{"mode": "container", "name": "{{db.network-name}}"}]}'
    )
    assert "docker-network-needed" in of(config, new)
    assert "docker-network-needed" not in of(config, new.replace("DOCKER", "MESOS"))


def test_a_template_that_never_renders() -> None:
    assert of(config_text(), '{"id": "x",, }')["never-renders"][1].severity is Severity.WARNING
    required = config_text(s=group(cpus={"type": "number"}))
    assert "never-renders" not in of(required, '{"id": "x", "cpus": {{s.cpus}}}')


def test_a_key_that_comes_twice() -> None:
    config = '{\n  "properties": {},\n  "properties": {}\n}'
    part, finding = of(config, '{"id": "x"}')["option-key-twice"]
    assert (part, finding.line, finding.column) == (parts.CONFIG, 3, 3)


def test_a_package_without_config() -> None:
    assert of(None, '{"id": "{{service.name}}"}')["config-missing"][0] == parts.TEMPLATE


def test_a_schema_that_refuses_the_name() -> None:
    found = of(config_text(s=group(virtual_network_name=NAME | {"enum": ["dcos"]})), '{"id": "x"}')
    assert found["option-refuses-name"][1].severity is Severity.ERROR
    assert "enum" in found["option-refuses-name"][1].message


def test_a_name_in_a_variable() -> None:
    found = of(config_text(), app_template("[]", '{"VIRTUAL_NETWORK_NAME": "dcos"}'))
    assert found["name-in-variable"][1].severity is Severity.ERROR


def test_labels_from_a_variable_that_is_never_set() -> None:
    facts = SpecificationFacts(frozenset({"VIRTUAL_NETWORK_NAME"}), frozenset({"CNI_PLUGIN_LABELS"}))
    assert "CNI_PLUGIN_LABELS" in told(making.content(), facts)["label-variable-from-nowhere"][1].message


def test_edited_specifications_have_consequences_for_the_package() -> None:
    content = making.content(config_text(service=group(virtual_network=FLAG)), ARCHIVE)
    found = told(content, SpecificationFacts(literal=True), SdkVersion(0, 18, 0))
    assert {"sdk-refuses-update", "version-update-enterprise"} <= set(found)
