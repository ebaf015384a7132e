"""Names that are renamed."""

from __future__ import annotations

from typing import Any

import pytest

from calico_migrate.marathon.result import Options
from calico_migrate.network_map import NetworkMap
from tests.migrate.marathon.rules.asked import edits

RULE = "rename-network"


@pytest.mark.parametrize(
    "document,pointer",
    [
        ({"networks": [{"name": "dcos"}]}, "/networks/0/name"),
        ({"networks": [{"mode": "CONTAINER", "name": "dcos"}]}, "/networks/0/name"),
        ({"networks": [{"name": "a"}, {"name": "dcos"}]}, "/networks/1/name"),
        ({"ipAddress": {"networkName": "dcos"}}, "/ipAddress/networkName"),
        ({"run": {"networks": [{"name": "dcos"}]}}, "/run/networks/0/name"),
        ([{"id": "j", "run": {"networks": [{"name": "dcos"}]}}], "/0/run/networks/0/name"),
        ({"name": "p", "virtualNetworks": [{"name": "dcos"}]}, "/virtualNetworks/0/name"),
        (
            {"id": "/a", "container": {"portMappings": [{"networkNames": ["x", "dcos"]}]}},
            "/container/portMappings/0/networkNames/1",
        ),
        (
            {"id": "/a", "container": {"docker": {"portMappings": [{"networkNames": ["dcos"]}]}}},
            "/container/docker/portMappings/0/networkNames/0",
        ),
        (
            {"id": "/p", "containers": [{}, {"endpoints": [{"networkNames": ["dcos"]}]}]},
            "/containers/1/endpoints/0/networkNames/0",
        ),
        ({"id": "/p", "spec": {"containers": [], "networks": [{"name": "dcos"}]}}, "/spec/networks/0/name"),
        (
            {
                "groups": [
                    {
                        "groups": [
                            {
                                "pods": [
                                    {"id": "p", "spec": {"containers": [], "networks": [{"name": "dcos"}]}}
                                ]
                            }
                        ]
                    }
                ]
            },
            "/groups/0/groups/0/pods/0/spec/networks/0/name",
        ),
        (
            {"queue": [{"pod": {"id": "/p", "containers": [], "networks": [{"name": "dcos"}]}}]},
            "/queue/0/pod/networks/0/name",
        ),
        ({"*": [{"id": "/a", "networks": [{"name": "dcos"}]}]}, "/*/0/networks/0/name"),
    ],
)
def test_in_every_place(document: Any, pointer: str) -> None:
    assert edits(RULE, document) == [(pointer, "dcos", "calico")]


@pytest.mark.parametrize(
    "document",
    [
        {
            "id": "dcos",
            "cmd": "dcos",
            "env": {"NETWORK": "dcos", "networks": "dcos"},
            "labels": {"dcos": "dcos"},
        },
        {"id": "/a", "container": {"docker": {"image": "dcos"}, "volumes": [{"containerPath": "dcos"}]}},
        {"networks": [{"mode": "host", "name": "dcos"}]},
        {"networks": [{"mode": "container/bridge", "name": "dcos"}]},
        {"networks": [{"name": "dcos6"}, {"name": "dcos-1"}, {"name": "DCOS"}, {"name": " dcos"}]},
        {"networks": [{"name": "x", "labels": {"name": "dcos"}}]},
        {"id": "/p", "spec": {"containers": []}, "instances": [{"networks": [{"name": "dcos"}]}]},
        {"ipAddress": {"networkName": "dcos"}, "container": {"docker": {"network": "Host"}}},
        {"haproxy": {"backends": [{"name": "dcos"}]}, "name": "dcos"},
        {"networks": {"name": "dcos"}},
        {"id": "/a", "Networks": [{"name": "dcos"}]},
    ],
)
def test_nowhere_else(document: Any) -> None:
    assert edits(RULE, document) == []


def test_by_the_map() -> None:
    options = Options(NetworkMap({"a": "x", "b": "y"}))
    document = {"networks": [{"name": "a"}, {"name": "b"}, {"name": "dcos"}]}
    assert edits(RULE, document, options) == [("/networks/0/name", "a", "x"), ("/networks/1/name", "b", "y")]
