"""Networks that get a name."""

from __future__ import annotations

from typing import Any

import pytest

from calico_migrate.marathon.result import Options
from calico_migrate.network_map import NetworkMap
from tests.migrate.marathon.rules.asked import edits

RULE = "name-default-network"


@pytest.mark.parametrize(
    "document,pointer,new",
    [
        ({"networks": [{"mode": "container"}]}, "/networks/0/name", "calico"),
        ({"networks": [{}]}, "/networks/0/name", "calico"),
        ({"networks": [{"mode": None, "name": None}]}, "/networks/0/name", "calico"),
        ({"ipAddress": {}}, "/ipAddress/networkName", "calico"),
        ({"ipAddress": {"networkName": None}}, "/ipAddress/networkName", "calico"),
        ({"networks": [], "ipAddress": {}}, "/ipAddress/networkName", "calico"),
        ({"container": {"docker": {"network": "USER"}}}, "/ipAddress", {"networkName": "calico"}),
        (
            {"container": {"docker": {"network": "user"}}, "ipAddress": None},
            "/ipAddress",
            {"networkName": "calico"},
        ),
        (
            {"container": {"docker": {"network": "USER"}}, "ipAddress": {}},
            "/ipAddress/networkName",
            "calico",
        ),
        ({"run": {"networks": [{}]}}, "/run/networks/0/name", "calico"),
        ({"containers": [], "networks": [{}]}, "/networks/0/name", "calico"),
    ],
)
def test_inserts_the_name(document: dict[str, Any], pointer: str, new: object) -> None:
    assert edits(RULE, document) == [(pointer, None, new)]


@pytest.mark.parametrize(
    "document",
    [
        {"id": "/a"},
        {"id": "/a", "networks": []},
        {"id": "/a", "networks": None},
        {"networks": [{"mode": "host"}, {"mode": "CONTAINER/BRIDGE"}]},
        {"ipAddress": None},
        {"ipAddress": {}, "container": {"docker": {"network": "BRIDGE"}}},
        {"ipAddress": {}, "container": {"docker": {"network": "host"}}},
        {"networks": [{"mode": "host"}], "container": {"docker": {"network": "USER"}}},
        {"haproxy": {}, "virtualNetworks": [{}]},
    ],
)
def test_what_is_on_no_default_network(document: dict[str, Any]) -> None:
    assert edits(RULE, document) == []


def test_the_default_network_is_mapped_like_any_other() -> None:
    backend = NetworkMap({"backend": "front"}, "backend")
    assert edits(RULE, {"networks": [{}]}, Options(backend)) == [("/networks/0/name", None, "front")]
    unmapped = NetworkMap({"dcos": "calico"}, "backend")
    assert edits(RULE, {"networks": [{}]}, Options(unmapped)) == []
