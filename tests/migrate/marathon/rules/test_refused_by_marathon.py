"""What Marathon refuses, in its own words."""

from __future__ import annotations

from typing import Any

import pytest

from calico_core.findings import Severity
from calico_migrate.marathon.rewriting import rewrite
from calico_migrate.network_map import NetworkMap
from tests.migrate.marathon.rules.asked import DOCKER, ON_CALICO, ON_DCOS, UCR, found

RULE = "refused-by-marathon"
TWO = {"networks": [{"name": "dcos"}, {"name": "b"}]}
HOST_PORT = (
    "networkNames must be a single item list when hostPort is specified and more than 1 container network"
)
MIXED = "May specify a single host network, single bridge network, or else 1-to-n container networks"


def ports(*mappings: dict[str, Any], kind: str = "MESOS") -> dict[str, Any]:
    return {"container": {"type": kind, "portMappings": list(mappings)}}


def pod(*endpoints: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": "/p", "containers": [{"endpoints": list(endpoints)}], **more}


@pytest.mark.parametrize(
    "document,pointer,words",
    [
        ({"networks": [{"mode": "host", "name": "a"}]}, "/networks/0", "Host networks may not have names or labels"),
        ({"networks": [{"mode": "HOST", "labels": {"a": "b"}}]}, "/networks/0",
         "Host networks may not have names or labels"),
        ({"networks": [{"mode": "container/bridge", "name": "a"}]}, "/networks/0", "Bridge networks may not have names"),
        ({"networks": [{"name": "x"}, {"name": "x"}]}, "/networks", "Duplicate networks are not allowed"),
        ({"networks": [{"name": "calico"}, {"name": "calico"}]}, "/networks", "Duplicate networks are not allowed"),
        ({"networks": [{"name": "dcos"}, {"mode": "host"}]}, "/networks", MIXED),
        ({"networks": [{"mode": "container/bridge"}, {"mode": "host"}]}, "/networks", MIXED),
        ({"networks": [{"mode": "overlay", "name": "dcos"}]}, "/networks/0/mode", "there is no mode 'overlay'"),
        ({"networks": [{"name": "Odd.Name"}]}, "/networks/0/name", "is no name; a network's name has at most 63"),
        ({"networks": [{"mode": "container", "name": "Odd.Name"}]}, "/networks/0/name", "is no name; a network's name has at most 63"),
        ({"networks": [{"name": 5}]}, "/networks/0/name", "is no name; a network's name has at most 63"),
        ({**TWO, **ports({"hostPort": 80})}, "/container/portMappings/0", HOST_PORT),
        ({**TWO, **ports({"hostPort": 0, "networkNames": ["dcos", "b"]})}, "/container/portMappings/0", HOST_PORT),
        ({**ON_DCOS, **ports({"networkNames": ["dcos", "x"]})}, "/container/portMappings/0/networkNames/1",
         "is not one of (calico)"),
        ({**TWO, **ports({"networkNames": ["x"]})}, "/container/portMappings/0/networkNames/0",
         "is not one of (calico,b)"),
        ({**ON_DCOS, "container": {"docker": {"network": "USER"}}}, "/container/docker/network",
         "must not specify both container.docker.network and networks"),
        ({**ON_DCOS, "ipAddress": {"networkName": "dcos"}}, "/ipAddress",
         "must not specify both networks and ipAddress"),
        ({"ipAddress": {"networkName": "dcos"}, "ports": [80]}, "/ports", "cannot specify both an IP address and port"),
        ({"ipAddress": {}, "portDefinitions": [{"port": 80}]}, "/portDefinitions",
         "cannot specify both an IP address and port"),
        # It was accepted without an address, and is refused with the one that is inserted.
        ({"container": {"docker": {"network": "USER"}}, "ports": [80]}, "/ports",
         "cannot specify both an IP address and port"),
        ({"networks": [{"mode": "host"}], **ports({"containerPort": 80})},
         "/container/portMappings", "portMappings are not allowed with host-networking"),
        ({**ON_CALICO, "portDefinitions": [{"port": 0}]}, "/portDefinitions",
         "portDefinitions are only allowed with host-networking"),
        ({"ipAddress": {"discovery": {"ports": []}}, **DOCKER}, "/ipAddress/discovery",
         "ipAddress/discovery is not allowed for Docker containers"),
        ({"ipAddress": {}, "container": {"docker": {"network": "NONE"}}}, "/container/docker/network",
         "unsupported docker network type"),
        ({"container": {"docker": {"network": "OVERLAY"}}}, "/container/docker/network", "there is no docker network 'OVERLAY'"),
        ({**ON_DCOS, "ports": [80], "portDefinitions": [{"port": 81}]}, "/ports",
         "cannot specify both ports and port definitions"),
        ({**ON_DCOS, "uris": ["a"], "fetch": [{"uri": "b"}]}, "/uris", "may not be set in conjunction with fetch"),
        ({**ON_DCOS, "cmd": "x"}, "/cmd", "must not be an empty string"),
        ({**ON_DCOS, "cmd": ""}, "/cmd", "must not be an empty string"),
        ({**ON_DCOS, "acceptedResourceRoles": []}, "/acceptedResourceRoles", "must not be empty"),
        ({**ON_DCOS, **UCR, "healthChecks": [{"protocol": "MESOS_HTTP", "ipProtocol": "IPv6"}]},
         "/healthChecks/0/ipProtocol", "IPv6 can only be used for container type DOCKER and Mesos"),
        ({**ON_DCOS, **DOCKER, "healthChecks": [{"protocol": "HTTP", "ipProtocol": "IPv6"}]},
         "/healthChecks/0/ipProtocol", "IPv6 can only be used for container type DOCKER and Mesos"),
        (pod({"name": "e"}, **ON_DCOS), "/containers/0/endpoints/0",
         "containerPort is required when using container-mode networking"),
        (pod({"hostPort": 0, "containerPort": 80}, networks=[{"mode": "host"}]), "/containers/0/endpoints/0/containerPort",
         "containerPort is not allowed when using host-mode networking"),
        (pod({"name": "e"}, networks=[{"mode": "host"}]), "/containers/0/endpoints/0",
         "hostPort is required when using host-mode networking"),
        (pod({"containerPort": 80, "networkNames": ["x"]}, **ON_DCOS), "/containers/0/endpoints/0/networkNames/0",
         "is not one of (calico)"),
        (pod({"containerPort": 80, "hostPort": 80}, **TWO), "/containers/0/endpoints/0", HOST_PORT),
        (pod(networks=[{"mode": "host"}, {"name": "x"}]), "/networks", MIXED),
        ({"container": {"type": "MESOS", "docker": {"parameters": [{"key": "a", "value": "b"}]}}},
         "/container/docker/parameters", "must be empty where container.type is MESOS"),
        ({"container": {"type": "mesos", "docker": {"network": "BRIDGE"}}}, "/container/docker/network",
         "must be empty where container.type is MESOS"),
        ({"container": {"type": "MESOS", "docker": {"portMappings": [{"containerPort": 80}]}}},
         "/container/docker/portMappings", "must be empty where container.type is MESOS"),
        ({"container": {"docker": {"image": "a", "credential": {"principal": "p"}}}}, "/container/docker/credential",
         "must be empty"),
    ],
)  # fmt: skip
def test_refuses(document: dict[str, Any], pointer: str, words: str) -> None:
    findings = [each for each in found(RULE, document) if each.pointer == pointer and words in each.message]
    assert len(findings) == 1
    assert findings[0].severity is Severity.ERROR
    assert findings[0].message.startswith("Marathon would refuse this: ")


@pytest.mark.parametrize(
    "document",
    [
        ON_DCOS,
        {**ON_DCOS, "container": {"type": "MESOS", "docker": {"image": "a", "parameters": [], "network": None}}},
        {**ON_DCOS, "container": {"docker": {"image": "a", "parameters": [{"key": "a", "value": "b"}]}}},
        {"networks": [{"name": "${NETWORK:-dcos}"}, {"mode": "{{ mode }}"}]},
        {"networks": [{"name": "dcos"}, {}]},
        {"networks": [{"name": "calico"}, {"name": "dcos"}]},
        {"networks": [{"mode": "host"}]},
        {"networks": [{"mode": "container/bridge", "labels": {"a": "b"}}]},
        {"networks": [{"name": "under_score"}]},
        {**TWO, **ports({"hostPort": 80, "networkNames": ["dcos"]}, {"containerPort": 80})},
        {**TWO, **ports({"hostPort": 80, "networkNames": ["dcos", "calico"]})},
        {**ON_DCOS, **ports({"hostPort": 80}, {"networkNames": ["dcos"]}, {"networkNames": []})},
        {"networks": [{}], **ports({"networkNames": ["dcos"]})},
        {"networks": [], "container": {"docker": {"network": "BRIDGE"}}, "ports": [80]},
        {"container": {"docker": {"network": "host"}}, "portDefinitions": [{"port": 80}]},
        {"ipAddress": {"networkName": "dcos", "discovery": {"ports": []}}},
        {**ON_DCOS, "ports": [], "portDefinitions": []},
        {**ON_DCOS, "uris": [], "fetch": [{"uri": "b"}], "cmd": "ls", "acceptedResourceRoles": ["*"]},
        {**ON_DCOS, **DOCKER, "healthChecks": [{"protocol": "MESOS_TCP", "ipProtocol": "IPv6"}, {"ipProtocol": "IPv4"}]},
        # Nothing of a definition is said that is not sent anyway.
        {"id": "/a", "cmd": "x", "acceptedResourceRoles": []},
        pod({"containerPort": 80, "networkNames": ["dcos"]}, **ON_DCOS),
        pod({"hostPort": 0}, networks=[{"mode": "host"}]),
        {"id": "j", "run": {"networks": [{"name": "Odd.Name"}, {"mode": "host"}]}},
        {"haproxy": {}, "virtualNetworks": [{"name": "a"}, {"name": "a"}]},
    ],
)  # fmt: skip
def test_accepts(document: dict[str, Any]) -> None:
    assert found(RULE, document) == []


def test_a_name_that_the_change_takes_away() -> None:
    odd = NetworkMap({"Odd.Name": "calico"})
    assert found(RULE, {"networks": [{"name": "Odd.Name"}]}, odd) == []


def test_the_place() -> None:
    (finding,) = found(RULE, '{"networks": [\n  {"mode": "host",\n   "name": "dcos"}]}')
    assert (finding.line, finding.column) == (2, 3)


def said(document: dict[str, Any], network_map: NetworkMap | None = None) -> list[str]:
    messages = [each.message for each in found(RULE, document, network_map or NetworkMap())]
    return [message.removeprefix("Marathon would refuse this: ") for message in messages]


def test_what_is_read_as_another_type() -> None:
    assert said({"id": "/a", "networks": {"name": "dcos"}}) == ["networks is no array"]
    assert said({"id": "/p", "containers": [], "networks": "dcos"}) == ["networks is no array"]
    assert said({"id": "/a", "networks": ["dcos"]}) == ["an entry of networks is no object"]


def test_an_unnamed_network_that_stays_has_the_default_name() -> None:
    app = {
        "id": "/a",
        "networks": [{}],
        "container": {"type": "MESOS", "portMappings": [{"networkNames": ["dcos"]}]},
    }
    assert said(app, NetworkMap({"backend": "calico"})) == []


@pytest.mark.parametrize("networks", ["0", '""', "false", "{}", '"dcos"'])
def test_networks_that_are_no_list(networks: str) -> None:
    findings = rewrite(f'{{"id": "/a", "cmd": "./run", "networks": {networks}}}').findings
    assert [finding.message for finding in findings] == ["Marathon would refuse this: networks is no array"]


def test_parameters_under_mesos_that_are_moved_away() -> None:
    label = {"key": "label", "value": "org.projectcalico.label.role=web"}
    parameters = [label]
    app = {**ON_DCOS, "container": {"type": "MESOS", "docker": {"image": "a", "parameters": parameters}}}
    assert len(found(RULE, app)) == 1
    assert found(RULE, app, move_labels=True) == []
    parameters.append({"key": "hostname", "value": "web"})
    assert len(found(RULE, app, move_labels=True)) == 1
