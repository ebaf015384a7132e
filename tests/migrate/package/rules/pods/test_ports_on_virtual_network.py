from __future__ import annotations

import pytest

from calico_core.findings import Severity
from tests.migrate.package.specs import migrated, pod

PORTS = "        host-ports: [80]\n        container-ports: [8080]\n"


@pytest.mark.parametrize("name", ["dcos", "calico", "other"])
def test_port_lists_on_a_virtual_network_are_an_error(name: str) -> None:
    finding = migrated(pod(f"    networks:\n      {name}:\n{PORTS}")).finding("ports-on-virtual-network")
    assert (finding.severity, finding.line, finding.column) == (Severity.ERROR, 6, 7)
    assert "refuses" in finding.message


def test_one_list_alone_does_nothing() -> None:
    text = pod("    networks:\n      dcos:\n        host-ports: [80]\n")
    assert "does nothing" in migrated(text).finding("ports-on-virtual-network").message


def test_a_network_from_the_environment_may_be_the_bridge() -> None:
    finding = migrated(pod(f"    networks:\n      {{{{NET}}}}:\n{PORTS}")).finding("ports-on-virtual-network")
    assert finding.severity is Severity.WARNING
    assert "{{NET}}" in finding.message


@pytest.mark.parametrize(
    "ports", ["        host-ports: []\n", "        host-ports:\n        container-ports:\n"]
)
def test_empty_lists_are_nothing(ports: str) -> None:
    assert migrated(pod(f"    networks:\n      dcos:\n{ports}")).rules() == []


def test_the_bridge_maps_ports() -> None:
    assert migrated(pod(f"    networks:\n      mesos-bridge:\n{PORTS}")).rules() == []
