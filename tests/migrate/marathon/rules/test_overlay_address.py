"""Addresses of the old overlay."""

from __future__ import annotations

from typing import Any

import pytest

from calico_core.findings import Severity
from calico_migrate.marathon.parsed.fields import RUNTIME_FIELDS
from tests.migrate.marathon.rules.asked import found, pointers

RULE = "overlay-address"


def test_says_which_address() -> None:
    text = '{"id": "/a",\n "env": {"DATABASE": "db=9.0.3.17:5432"}}'
    (finding,) = found(RULE, text)
    assert finding.severity is Severity.WARNING
    assert (finding.line, finding.column, finding.pointer) == (2, 22, "/env/DATABASE")
    assert finding.message.startswith("9.0.3.17 is an address of the dcos overlay")


@pytest.mark.parametrize(
    "document,pointer",
    [
        ({"cmd": "ping 9.0.0.1"}, "/cmd"),
        ({"args": ["a", "9.255.255.254/32"]}, "/args/1"),
        ({"id": "/a", "labels": {"HAPROXY_0": "server 9.1.2.3:80;"}}, "/labels/HAPROXY_0"),
        ({"container": {"docker": {"parameters": [{"key": "add-host", "value": "db:9.0.1.2"}]}}},
         "/container/docker/parameters/0/value"),
        ({"containers": [{"environment": {"A": "9.0.0.0/8"}}]}, "/containers/0/environment/A"),
        ({"run": {"cmd": "curl http://9.0.1.2/"}}, "/run/cmd"),
        ({"id": "/a", "healthChecks": [{"command": {"value": "nc -z 9.0.1.2. 80"}}]}, "/healthChecks/0/command/value"),
    ],
)  # fmt: skip
def test_everywhere_in_a_definition(document: dict[str, Any], pointer: str) -> None:
    assert pointers(RULE, document) == [pointer]


def test_an_escaped_spelling() -> None:
    assert pointers(RULE, '{"cmd": "ping \\u0039\\u002e0.0.1"}') == ["/cmd"]


@pytest.mark.parametrize(
    "text",
    [
        "19.0.0.1", "9.0.0", "9.0.0.256", "9.0.0.1.5", "1.9.0.0.1", "v9.0.0.1", "9.0.0.1-beta", "9.0.0.1a", "9,0,0,1",
        "172.29.0.1", "10.9.0.0", "9.0.0.1234",
    ],
)  # fmt: skip
def test_what_is_no_such_address(text: str) -> None:
    assert found(RULE, {"cmd": f"run {text} now"}) == []


def test_image_tags_and_stored_packages_are_no_addresses() -> None:
    app = {
        "container": {"docker": {"image": "tool:9.0.0.1"}},
        "labels": {"DCOS_PACKAGE_OPTIONS": "9.0.0.1", "DCOS_PACKAGE_METADATA": "9.0.0.1"},
    }
    assert found(RULE, app) == []


def test_status_of_a_pod_is_no_definition() -> None:
    status = {"id": "/p", "spec": {"containers": []}, "instances": [{"addresses": ["9.0.0.1"]}]}
    assert found(RULE, status) == []


@pytest.mark.parametrize("field", sorted(RUNTIME_FIELDS))
def test_what_is_reported_about_running_tasks_is_none_of_the_definition(field: str) -> None:
    task = {"id": "a.1", "appId": "/a", "ipAddresses": [{"ipAddress": "9.0.1.2"}], "host": "9.0.1.2"}
    assert found(RULE, {"id": "/a", "cmd": "x", field: [task]}) == []
    assert found(RULE, {"app": {"id": "/a", "cmd": "x", field: [task]}}) == []


@pytest.mark.parametrize(
    "document",
    [
        {"container": {"portMappings": [{"labels": {"VIP_0": "9.0.0.1:80"}}]}},
        {"portDefinitions": [{"labels": {"VIP_1": "9.0.0.1:80"}}]},
        {"ipAddress": {"discovery": {"ports": [{"labels": {"VIP_0": "9.0.0.1:80"}}]}}},
        {"containers": [{"endpoints": [{"labels": {"VIP_0": "9.0.0.1:80"}}]}]},
    ],
)
def test_a_vip_is_no_address_of_a_container(document: dict[str, Any]) -> None:
    assert found(RULE, document) == []


def test_labels_and_variables_that_are_no_vips() -> None:
    document = {"cmd": "x", "labels": {"VIP_0": "9.0.0.1"}, "env": {"VIP_0": "9.0.0.1:80"}}
    assert pointers(RULE, document) == ["/labels/VIP_0", "/env/VIP_0"]
