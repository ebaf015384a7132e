"""Pools that share addresses with something else in the cluster."""

from __future__ import annotations

import pytest

from calico_config.facts.facts import facts_of
from calico_migrate.calico.existing import Pool
from calico_migrate.network.rules import pool_collides
from calico_migrate.network.settings import GenerationSettings

WEB = GenerationSettings("web", "10.1.0.0/16")


def _messages(settings: GenerationSettings) -> list[str]:
    return [f"{finding.severity}: {finding.message}" for finding in pool_collides.check(settings)]


@pytest.mark.parametrize(
    ("cidr", "owner"),
    [
        ("9.1.0.0/16", "overlay network dcos"),
        ("44.128.0.0/20", "VTEPs"),
        ("11.0.0.0/16", "VIPs"),
        ("198.51.100.0/24", "dcos-dns"),
        ("169.254.0.0/16", "link-local"),
        ("127.0.0.0/16", "loopback"),
        ("224.0.0.0/16", "multicast"),
        ("240.0.0.0/16", "reserved"),
        ("0.0.0.0/8", "0.0.0.0/8"),
        ("172.17.0.0/16", "docker0"),
        ("172.31.254.0/24", "UCR bridge"),
        ("172.29.0.0/16", "Calico"),
        ("0.0.0.0/0", "overlay network dcos"),
    ],
)
def test_ranges_of_a_cluster_with_defaults(cidr: str, owner: str) -> None:
    errors = [message for message in _messages(WEB._replace(cidr=cidr)) if message.startswith("error: ")]
    assert any(owner in message for message in errors), errors


@pytest.mark.parametrize("cidr", ["10.1.0.0/16", "100.64.0.0/16", "172.16.0.0/16"])
def test_free_ranges(cidr: str) -> None:
    assert _messages(WEB._replace(cidr=cidr)) == []


@pytest.mark.parametrize("cidr", ["172.20.0.0/16", "192.168.0.0/20"])
def test_dockers_automatic_networks_are_a_warning(cidr: str) -> None:
    (message,) = _messages(WEB._replace(cidr=cidr))
    assert message.startswith("warning: ")
    assert "a `docker network create` without a subnet may take the same addresses" in message


def test_the_configuration_says_what_is_where() -> None:
    config = """
calico_network_cidr: 10.1.128.0/17
dcos_overlay_network:
  vtep_subnet: 44.128.0.0/20
  overlays:
  - name: dcos
    subnet: 12.0.0.0/8
    prefix: 24
master_list: [10.4.0.1]
agent_list: ["10.4.0.9"]
"""
    assert len(_messages(WEB._replace(configuration=facts_of(config)))) == 1
    assert _messages(WEB._replace(configuration=facts_of(config), cidr="9.0.0.0/16")) == []
    assert any(
        "overlay network dcos" in said
        for said in _messages(WEB._replace(configuration=facts_of(config), cidr="12.0.0.0/16"))
    )
    nodes = _messages(WEB._replace(configuration=facts_of(config), cidr="10.4.0.0/16"))
    assert [("master" in said or "agent" in said) for said in nodes] == [True, True]


def test_existing_pools_tell_more_than_the_configuration() -> None:
    pools = [Pool("default-ipv4-ippool", "10.77.0.0/16", vxlan_mode="Always")]
    assert not any("Calico" in said for said in _messages(WEB._replace(cidr="172.29.0.0/16", pools=pools)))


def test_agents_inside_the_pool() -> None:
    agents = [f"10.1.0.{number}" for number in range(1, 9)]
    (message,) = _messages(WEB._replace(agents=[*agents, "10.2.0.1", "node.example.com"]))
    assert (
        message == "error: 10.1.0.0/16 contains agents (10.1.0.1, 10.1.0.2, 10.1.0.3 and 5 more):"
        " these nodes would be cut off"
    )
