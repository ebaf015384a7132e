from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_config.facts.facts import facts_of
from calico_migrate.calico.existing import read_pools
from calico_migrate.policy.cluster.addresses import (
    AddressSpan,
    Cutter,
    address_text,
    is_address,
    parse_address,
    parse_net,
    without,
)
from calico_migrate.policy.cluster.site import build_site, default_site


def _pools(*pools: dict[str, object]) -> str:
    return json.dumps([{"kind": "IPPool", **pool} for pool in pools])


def test_the_defaults() -> None:
    site = default_site()
    assert [str(span) for span in site.calico["calico"]] == ["172.29.0.0/16"]
    assert [str(span) for span in site.tunnels] == ["172.29.0.0/16"]
    assert [str(span) for span in site.vips] == ["11.0.0.0/8"]
    assert [str(span) for span in site.overlays["dcos"]] == ["9.0.0.0/8"]
    assert not site.agents_known
    for taken in ("172.29.3.4", "9.1.1.1", "11.0.0.1", "127.0.0.1", "169.254.1.1", "224.0.0.1"):
        address = parse_address(taken)
        assert not any(span.contains(address) for span in site.agents), taken
    assert any(span.contains(parse_address("10.20.30.40")) for span in site.agents)


def test_config_yaml_moves_the_ranges() -> None:
    config = (
        "calico_network_cidr: 10.80.0.0/14\n"
        "dcos_l4lb_min_named_ip: 12.0.0.0\ndcos_l4lb_max_named_ip: 12.0.255.255\n"
        "agent_list:\n- 10.0.0.5\n- 10.0.0.6\n"
        'dcos_overlay_network: {"vtep_subnet": "44.128.0.0/20", "vtep_mac_oui": "70:B3:D5:00:00:00",'
        ' "overlays": [{"name": "blue", "subnet": "9.0.0.0/9", "prefix": 24}]}\n'
    )
    site = build_site(facts_of(config), (), ())
    assert [str(span) for span in site.calico["calico"]] == ["10.80.0.0/14"]
    assert [str(span) for span in site.vips] == ["12.0.0.0/16"]
    assert site.agents_known
    assert [str(span) for span in site.agents] == ["10.0.0.5", "10.0.0.6"]
    assert list(site.overlays) == ["blue"]


def test_pools_bring_networks() -> None:
    text = _pools(
        {"metadata": {"name": "default-ipv4-ippool"}, "spec": {"cidr": "10.1.0.0/16"}},
        {
            "metadata": {"name": "tenant", "annotations": {"org.projectcalico.label.profile": "tenants"}},
            "spec": {"cidr": "10.2.0.0/16"},
        },
        {"metadata": {"name": "six"}, "spec": {"cidr": "fd00::/64"}},
    )
    site = build_site(None, read_pools(text, "pools.json"), ())
    assert {name: [str(span) for span in spans] for name, spans in site.calico.items()} == {
        "calico": ["10.1.0.0/16"],
        "tenant": ["10.2.0.0/16"],
    }
    assert site.profiles == {"tenant": "tenants"}
    assert [str(span) for span in site.tunnels] == ["10.1.0.0/16"]


def test_a_cluster_without_the_default_pool() -> None:
    pool = read_pools(_pools({"metadata": {"name": "two"}, "spec": {"cidr": "10.2.0.0/16"}}), "-")
    site = build_site(facts_of("calico_enabled: 'false'\ndcos_l4lb_min_named_ip: x\n"), pool, ())
    assert list(site.calico) == ["two"]
    assert [str(span) for span in site.tunnels] == ["10.2.0.0/16"]
    assert [str(span) for span in site.vips] == ["11.0.0.0/8"]


def test_agents() -> None:
    site = build_site(None, (), ["10.0.0.5", "10.0.0.6", "10.0.0.5"])
    assert [str(span) for span in site.agents] == ["10.0.0.5", "10.0.0.6"]
    # A name says nothing about an address.
    assert not build_site(None, (), ["10.0.0.5", "agent.example"]).agents_known


@pytest.mark.parametrize("text", ["10.0.0.0/33", "x", "", "10.0.0.0/8/8"])
def test_what_is_no_net(text: str) -> None:
    with pytest.raises(ValueError):
        parse_net(text)
    assert not is_address(text)


def test_texts() -> None:
    assert address_text(4, 0x0A000001) == "10.0.0.1"
    assert str(parse_net("fd00::/64")) == "fd00::/64"
    assert str(AddressSpan(4, 1, 2)) == "0.0.0.1-0.0.0.2"


SPANS = st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda p: AddressSpan(4, p[0], p[0] + p[1]))


@given(SPANS, st.lists(SPANS, max_size=5))
def test_cutting_out_leaves_the_rest(span: AddressSpan, taken: list[AddressSpan]) -> None:
    left = {address for part in without(span, taken) for address in range(part.first, part.last + 1)}
    wanted = set(range(span.first, span.last + 1))
    for other in taken:
        wanted -= set(range(other.first, other.last + 1))
    assert left == wanted


@given(st.lists(SPANS, min_size=1, max_size=3), st.lists(SPANS, max_size=6))
def test_nets_have_all_of_a_piece_or_nothing(spans: list[AddressSpan], nets: list[AddressSpan]) -> None:
    pieces = Cutter(nets).pieces(spans)
    assert all(net.contains(piece) or not net.meets(piece) for net in nets for piece in pieces)
    assert sum(piece.last - piece.first + 1 for piece in pieces) == sum(s.last - s.first + 1 for s in spans)
