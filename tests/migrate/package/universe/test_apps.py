"""The app in a package's template is planned and judged like any app."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_core.errors import VerificationError
from calico_migrate.marathon.result import Options
from calico_migrate.marathon.rewriting import rewrite
from calico_migrate.mustache import package_manager, tokens
from calico_migrate.network_map import NetworkMap
from calico_migrate.package.universe import parts
from calico_migrate.package.universe.reports import PackageResult, examine
from tests.migrate.package.making import FLAG, NAME, STANDARD, config_text, content, group

CONFIG = config_text(
    service=group(
        name={"type": "string", "default": "demo"}, enabled=FLAG, network=NAME | {"default": "dcos"}
    )
)
APP: dict[str, Any] = {
    "id": "/demo",
    "cmd": "./run",
    "container": {"type": "MESOS", "docker": {"image": "a"}},
}


def examined(template: str, config: str = CONFIG, network_map: NetworkMap | None = None) -> PackageResult:
    return examine(content(config, template), network_map or NetworkMap(), None, proof=True)


def rendered(result: PackageResult, **user: Any) -> Any:
    config = json.loads(result.after(parts.CONFIG))
    options = package_manager.options(config, {"service": user})
    return json.loads(package_manager.render(tokens.parse(result.after(parts.TEMPLATE)), options).text)


def template(**members: Any) -> str:
    return json.dumps(APP | members, indent=2) + "\n"


def told(result: PackageResult) -> list[tuple[str, str | None]]:
    return [(each.rule, each.pointer) for found in result.findings.values() for each in found]


@pytest.mark.parametrize(
    "members",
    [
        {"networks": [{"mode": "container", "name": "dcos"}]},
        {"networks": [{"name": "dcos", "labels": {"a": "b"}}]},
        {"networks": [{"mode": "container"}]},
        {"networks": [{}]},
        {"networks": [{"mode": "container", "name": None}]},
        {"networks": [{"name": "calico"}, {"name": "dcos", "labels": {"a": "b"}}]},
        {"networks": [{"name": "dcos"}, {"name": "calico", "labels": {"a": "b"}}]},
        {"networks": [{"name": "dcos", "labels": {"x": "y"}}, {"name": "calico", "labels": {"a": "b"}}]},
        {"networks": [{"mode": "container"}, {"name": "dcos"}]},
        {"networks": [{"name": "other"}, {"name": "dcos"}]},
        {"networks": [{"name": "dcos"}], "container": {"portMappings": [{"networkNames": ["dcos"]}]}},
        {"networks": [{"name": "dcos"}, {"name": "b"}],
         "container": {"portMappings": [{"networkNames": ["dcos"], "hostPort": 80}, {"networkNames": ["b", "dcos"]}]}},
        {"networks": [{"name": "dcos"}, {"name": "calico"}],
         "container": {"portMappings": [{"networkNames": ["dcos", "calico"]}]}},
        {"container": {"type": "DOCKER", "docker": {"image": "a", "network": "USER"}}},
        {"container": {"type": "DOCKER", "docker": {"image": "a", "network": "USER"}},
         "ipAddress": {"networkName": "dcos"}},
        {"container": {"type": "DOCKER", "docker": {"image": "a", "network": "BRIDGE"}},
         "ipAddress": {"networkName": "dcos"}},
        {"ipAddress": {}},
        {"networks": [{"mode": "host"}], "env": {"A": "dcos"}},
        {"networks": [{"mode": "container/bridge"}]},
    ],
)  # fmt: skip
def test_a_template_becomes_what_marathon_makes_of_its_app(members: dict[str, Any]) -> None:
    text = template(**members)
    result = examined(text)
    assert result.errors == {}
    wanted = rewrite(text).after
    assert rendered(result) == json.loads(text if wanted is None else wanted)
    again = examine(
        content(result.after(parts.CONFIG), result.after(parts.TEMPLATE)), NetworkMap(), None, proof=True
    )
    assert again.plan.edits.get(parts.TEMPLATE, []) == []


_names = st.sampled_from(["dcos", "calico", "other", None])
_entry = st.fixed_dictionaries(
    {"mode": st.just("container")},
    optional={"name": _names, "labels": st.dictionaries(st.sampled_from("ab"), st.just("x"), max_size=2)},
)


@given(st.lists(_entry, max_size=3), st.lists(st.sampled_from(["dcos", "calico", "other"]), max_size=2),
       st.sampled_from([None, 1, 2]))  # fmt: skip
def test_literal_apps_as_the_planner_has_them(
    networks: list[Any], ports: list[str], indent: int | None
) -> None:
    app = APP | {
        "networks": networks,
        "container": {"type": "MESOS", "portMappings": [{"networkNames": ports}]},
    }
    text = json.dumps(app, indent=indent)
    result = examined(text)
    wanted = rewrite(text)
    refused = {each.message for each in wanted.findings if each.rule == "refused-by-marathon"}
    if result.errors:
        assert refused
    else:
        assert rendered(result) == json.loads(text if wanted.after is None else wanted.after)


FLAGGED = """{
  "id": "{{service.name}}",
  "cmd": "./run",
  "container": {
    "type": "MESOS",
    "portMappings": [
      {{#service.enabled}}{"containerPort": 80, "networkNames": ["{{service.network}}"]}{{/service.enabled}}
    ]
  },
  {{#service.enabled}}
  "networks": [{"mode": "container", "name": "{{service.network}}"}]
  {{/service.enabled}}
  {{^service.enabled}}
  "networks": [{"mode": "container"}]
  {{/service.enabled}}
}
"""


def test_each_section_is_looked_at() -> None:
    result = examined(FLAGGED)
    assert result.errors == {}
    for enabled in (True, False):
        app = rendered(result, enabled=enabled)
        assert app["networks"] == [{"mode": "container", "name": "calico"}]
        text = json.dumps(app)
        assert rewrite(text).edits == []
    assert not [each for each in told(result) if each[0] == "name-elsewhere"]


def test_a_user_who_names_another_network_keeps_it() -> None:
    app = rendered(examined(FLAGGED), enabled=True, network="other")
    assert app["networks"] == [{"mode": "container", "name": "other"}]
    assert app["container"]["portMappings"][0]["networkNames"] == ["other"]


@pytest.mark.parametrize(
    "networks",
    [
        '[{"name": "calico"}, {"name": "{{service.network}}"}]',
        '[{"name": "{{service.network}}"}, {"name": "calico", "labels": {"a": "{{service.name}}"}}]',
    ],
)
def test_two_networks_that_the_template_cannot_make_one(networks: str) -> None:
    result = examined('{"id": "/demo", "cmd": "./run", "networks": ' + networks + "}")
    assert ("refused-after-change", "/networks") in told(result)
    (error,) = result.errors.values()
    assert isinstance(error, VerificationError)
    assert "Duplicate networks" in error.message
    assert not result.changed


def test_what_was_refused_before_is_none_of_the_change() -> None:
    result = examined(template(networks=[{"name": "dcos"}], portDefinitions=[{"port": 0}]))
    assert result.errors == {}
    assert result.changed


@pytest.mark.parametrize(
    "members,rule,pointer",
    [
        ({"container": {"docker": {"image": "a", "network": "BRIDGE"}}, "ipAddress": {"networkName": "dcos"}},
         "dead-network-name", "/ipAddress/networkName"),
        ({"container": {"docker": {"image": "a"}, "portMappings": [{"hostPort": 0}]}, "networks": [{"name": "dcos"}]},
         "docker-host-port", "/container/portMappings/0/hostPort"),
        ({"container": {"docker": {"image": "a", "parameters": [{"key": "net", "value": "x"}]}},
          "networks": [{"name": "dcos"}]}, "docker-network-parameter", "/container/docker/parameters/0"),
        ({"container": {"docker": {"image": "a"}}, "networks": [{"name": "dcos", "labels": {"a": "b"}}]},
         "misplaced-policy-labels", "/networks/0/labels"),
        ({"cmd": "docker run --network dcos x", "networks": [{"mode": "host"}]}, "network-named-elsewhere", "/cmd"),
    ],
)  # fmt: skip
def test_what_is_told_of_an_app_is_told_of_a_packages_app(members: Any, rule: str, pointer: str) -> None:
    text = template(**members)
    result = examined(text)
    (finding,) = [each for each in result.findings[parts.TEMPLATE] if each.rule == rule]
    assert finding.pointer == pointer
    (asked,) = [each for each in rewrite(text, Options()).findings if each.rule == rule]
    assert (finding.line, finding.column) == (asked.line, asked.column)


def test_a_dead_name_does_not_join_the_network() -> None:
    docker = {"docker": {"image": "a", "network": "HOST"}}
    result = examined(template(container=docker, ipAddress={"networkName": "dcos"}))
    assert "moves-by-default" not in [rule for rule, _ in told(result)]
    assert not result.changed


def test_places_behind_an_inserted_name_are_those_of_the_file() -> None:
    docker = {"docker": {"image": "a"}, "portMappings": [{"hostPort": 0}]}
    text = template(networks=[{"mode": "container"}], container=docker)
    text = text.replace('"container": {', '"x": 1, "container": {', 1)
    (finding,) = [each for each in examined(text).findings[parts.TEMPLATE] if each.rule == "docker-host-port"]
    assert finding.line is not None
    assert '"hostPort": 0' in text.splitlines()[finding.line - 1]


def test_no_mark_reaches_a_message() -> None:
    text = (
        '{"id": "/d", "cmd": "x", "env": {"IN_{{service.network}}": "{{service.network}} x"}, "networks": []}'
    )
    text, config = text.replace("service.network", "service.virtual_network_name"), STANDARD
    result = examined(text, config)
    for found in result.findings.values():
        for finding in found:
            assert f"{finding.message}{finding.hint}{finding.pointer}".isascii()
    (elsewhere,) = [each for each in result.findings[parts.CONFIG] if each.rule == "name-elsewhere"]
    assert "the environment variable IN_dcos" in elsewhere.message


@pytest.mark.parametrize(
    "networks",
    [
        '[{"name": "{{service.network}}"}, {"name": "dcos"}]',
        '[{"name": "dcos"}, {"name": "{{service.network}}"}]',
    ],
)
def test_an_option_is_not_merged_with_a_name_of_the_template(networks: str) -> None:
    """At the defaults the two are one; a user may have given the option another value."""
    text = '{"id": "/demo", "cmd": "./run", "networks": ' + networks + "}"
    result = examined(text)
    assert result.errors == {}
    names = [network["name"] for network in rendered(result, network="other")["networks"]]
    assert sorted(names) == ["calico", "other"]


def test_a_section_is_not_merged_with_what_stands_beside_it() -> None:
    text = """{"id": "/demo", "cmd": "./run", "networks": [
      {{#service.enabled}}{"name": "calico"},{{/service.enabled}}
      {"name": "dcos"}
    ]}"""
    result = examined(text)
    assert ("refused-after-change", "/networks") in told(result)
    assert not result.changed


def test_names_of_ports_that_an_option_gives_are_not_merged() -> None:
    ports = '{"portMappings": [{"networkNames": ["{{service.network}}", "dcos"]}]}'
    text = (
        '{"id": "/demo", "cmd": "./run", "container": '
        + ports
        + ', "networks": [{"name": "{{service.network}}"}, {"name": "dcos"}]}'
    )
    app = rendered(examined(text), network="other")
    assert app["container"]["portMappings"][0]["networkNames"] == ["other", "calico"]
