"""Old networks named where Marathon does not look."""

from __future__ import annotations

import json
from typing import Any

import pytest

from calico_core.findings import Severity
from calico_migrate.network_map import NetworkMap
from tests.migrate.marathon.rules.asked import found, pointers

RULE = "network-named-elsewhere"


@pytest.mark.parametrize(
    "document,pointer",
    [
        ({"env": {"VIRTUAL_NETWORK_NAME": "dcos"}}, "/env/VIRTUAL_NETWORK_NAME"),
        ({"env": {"TASKCFG_ALL_VIRTUAL_NETWORK": "dcos"}}, "/env/TASKCFG_ALL_VIRTUAL_NETWORK"),
        ({"env": {"DOCKER_NET": "dcos"}}, "/env/DOCKER_NET"),
        ({"env": {"overlay": "dcos"}}, "/env/overlay"),
        ({"env": {"JAVA_OPTS": "-Dspark.mesos.network.name=dcos -Xmx1g"}}, "/env/JAVA_OPTS"),
        ({"id": "p", "containers": [{}], "environment": {"NETWORK": "dcos"}}, "/environment/NETWORK"),
        ({"id": "p", "containers": [{"environment": {"NETWORK": "dcos"}}]}, "/containers/0/environment/NETWORK"),
        ({"id": "j", "run": {"env": {"NETWORK": "dcos"}}}, "/run/env/NETWORK"),
        ({"cmd": "bin/start --default_network_name dcos --zk x"}, "/cmd"),
        ({"cmd": "bin/start --default_network_name=dcos"}, "/cmd"),
        ({"cmd": "docker run --rm --network dcos web"}, "/cmd"),
        ({"cmd": "docker run --net=dcos web"}, "/cmd"),
        ({"cmd": "docker run \\\n\t--network\tdcos web"}, "/cmd"),
        ({"cmd": "docker network connect dcos web"}, "/cmd"),
        ({"cmd": "spark-submit --conf 'spark.mesos.network.name=dcos' app.jar"}, "/cmd"),
        ({"cmd": "echo '{\"network\": \"dcos\"}'"}, "/cmd"),
        ({"args": ["--conf", "spark.mesos.network.name=dcos", "x"]}, "/args/1"),
        ({"args": ["run", "--default_network_name", "dcos", "x"]}, "/args/2"),
        ({"args": ["dcos", 5, "--network=dcos"]}, "/args/2"),
        ({"id": "j", "run": {"cmd": "run --network dcos"}}, "/run/cmd"),
        ({"id": "j", "run": {"args": ["--network", "dcos"]}}, "/run/args/1"),
        ({"id": "p", "containers": [{"exec": {"command": {"shell": "x --network dcos"}}}]},
         "/containers/0/exec/command/shell"),
        ({"id": "p", "containers": [{"exec": {"command": {"argv": ["x", "--network=dcos"]}}}]},
         "/containers/0/exec/command/argv/1"),
        ({"healthChecks": [{}, {"command": {"value": "docker network inspect dcos"}}]}, "/healthChecks/1/command/value"),
        ({"networkName": "dcos"}, "/networkName"),
        ({"network": "dcos"}, "/network"),
        ({"virtualNetworks": [{"name": "dcos"}], "id": "/a", "cmd": "x"}, "/virtualNetworks/0/name"),
        ({"container": {"type": "MESOS", "network": "dcos"}}, "/container/network"),
        ({"container": {"type": "MESOS", "networks": ["x", "dcos"]}}, "/container/networks/1"),
        ({"container": {"type": "MESOS", "networks": [{"name": "dcos"}]}}, "/container/networks/0/name"),
        ({"container": {"docker": {"networkName": "dcos"}}}, "/container/docker/networkName"),
        ({"id": "j", "networks": [{"name": "dcos"}], "run": {"cmd": "x"}}, "/networks/0/name"),
        ({"id": "p", "containers": [{"networks": [{"name": "dcos"}]}]}, "/containers/0/networks/0/name"),
    ],
)  # fmt: skip
def test_places(document: dict[str, Any], pointer: str) -> None:
    assert pointers(RULE, document) == [pointer]


@pytest.mark.parametrize(
    "document",
    [
        {"env": {"NAME": "dcos", "NETWORK": "calico", "VIRTUAL_NETWORK_NAME": "dcos6"}},
        {"env": {"INTERNET": "dcos", "VIRTUAL_NETWORK_NAME": {"secret": "dcos"}}},
        {"env": {"NETWORK_URL": "http://web.marathon.l4lb.thisdcos.directory"}},
        {"labels": {"NETWORK": "dcos", "DCOS_PACKAGE_NAME": "dcos"}},
        {"cmd": "dcos marathon app list; ./dcos --network host; ls /opt/mesosphere/dcos"},
        {"cmd": "run --network=dcos.example.com --overlay dcos-1 --networks-of=a"},
        {"cmd": "join the network dcos"},
        {"args": ["dcos", "network"]},
        {"container": {"docker": {"image": "web:dcos"}}, "networks": [{"name": "dcos"}]},
        {"container": {"portMappings": [{"networkNames": ["dcos"]}]}, "networks": [{"name": "dcos"}]},
        {"container": {"docker": {"network": "BRIDGE"}}, "ipAddress": {"networkName": "dcos"}},
        {"ipAddress": {"network": "dcos"}},
        {"networks": [{"mode": "host", "name": "dcos"}]},
        {
            "id": "p",
            "containers": [{"endpoints": [{"networkNames": ["dcos"]}]}],
            "networks": [{"name": "dcos"}],
        },
        {
            "name": "lb",
            "haproxy": {"backends": [{"networkName": "dcos"}]},
            "virtualNetworks": [{"name": "dcos"}],
        },
        {
            "tasks": [{"id": "a.1", "appId": "/a", "networks": [{"name": "dcos"}]}],
            "networks": [{"name": "calico"}],
        },
        {"cmd": "bin/start --default_network_name calico"},
    ],
)
def test_what_names_no_old_network(document: dict[str, Any]) -> None:
    assert found(RULE, document) == []


def test_the_words_fit_the_place() -> None:
    document = {
        "env": {"VIRTUAL_NETWORK_NAME": "backend"},
        "cmd": "bin/start --default_network_name backend",
        "networkName": "backend",
    }
    findings = found(RULE, document, NetworkMap({"backend": "front"}))
    assert {each.severity for each in findings} == {Severity.WARNING}
    environment, command, key = findings
    assert "VIRTUAL_NETWORK_NAME=backend" in environment.message
    assert "front" in environment.hint
    assert "unnamed network" in command.message
    assert "does not know this key" in key.message


def test_the_environment_of_a_package_is_told_by_its_own_rules() -> None:
    app = {
        "env": {"VIRTUAL_NETWORK_NAME": "dcos", "OPTS": "--network=dcos"},
        "labels": {"DCOS_PACKAGE_NAME": "kafka"},
    }
    assert pointers(RULE, app) == ["/env/OPTS"]


def test_an_escaped_spelling_and_one_text_once() -> None:
    text = '{"id": "/a", "cmd": "run --network d\\u0063os --network dcos"}'
    assert [each.pointer for each in found(RULE, text)] == ["/cmd"]


def test_a_long_word_takes_no_time() -> None:
    assert found(RULE, json.dumps({"id": "/a", "cmd": "network" * 50_000 + " -dcos"})) == []
