from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calico_migrate.policy.answering.deciding import Packet, packet_matches
from calico_migrate.policy.cluster.addresses import parse_address, parse_net
from calico_migrate.policy.cluster.peers import Peer, Peers
from calico_migrate.policy.compiled.compiling import compile_policy
from calico_migrate.policy.compiled.covering import covers, is_catch_all, kind_of, wider_kinds
from calico_migrate.policy.compiled.resources import AddressSet

if TYPE_CHECKING:
    from calico_migrate.policy.compiled.resources import Rule


def rule(written: dict[str, Any]) -> Rule:
    compiled = compile_policy(
        {
            "kind": "GlobalNetworkPolicy",
            "metadata": {"name": "a"},
            "spec": {"ingress": [{"action": "Allow", **written}]},
        }
    )
    assert compiled.ingress is not None
    return compiled.ingress[0]


def is_covered(wide: dict[str, Any], narrow: dict[str, Any]) -> bool:
    first, second = rule(wide), rule(narrow)
    return kind_of(first) in set(wider_kinds(second)) and covers(first, second)


PORTS = st.lists(
    st.one_of(st.integers(1, 6), st.sampled_from(["1:3", "2:6", "4:5", "6:6"])), min_size=1, max_size=3
)
SELECTORS = st.sampled_from(["all()", "has(a)", "a == 'x'", "a in {'x', 'y'}", "a != 'x'", "!all()"])
NETS = st.lists(
    st.sampled_from(["10.0.0.0/8", "10.0.0.0/9", "10.128.0.0/9", "10.1.0.0/16", "0.0.0.0/0"]),
    min_size=1,
    max_size=2,
)
ENTITY = st.fixed_dictionaries(
    {},
    optional={
        "ports": PORTS,
        "notPorts": PORTS,
        "nets": NETS,
        "notNets": NETS,
        "selector": SELECTORS,
        "notSelector": SELECTORS,
    },
)
RULES = st.one_of(
    st.fixed_dictionaries(
        {},
        optional={
            "protocol": st.sampled_from(["TCP", "UDP"]),
            "notProtocol": st.sampled_from(["UDP", "ICMP"]),
            "ipVersion": st.sampled_from([4, 6]),
            "source": ENTITY,
            "destination": st.fixed_dictionaries({}, optional={"ports": PORTS}),
        },
    ),
    st.fixed_dictionaries(
        {"protocol": st.just("ICMP")},
        optional={
            field: st.sampled_from([{"type": 8}, {"type": 8, "code": 1}, {"type": 0}])
            for field in ("icmp", "notICMP")
        },
    ),
)
PACKETS = [
    *(Packet(protocol, source, 4) for protocol in (6, 17) for source in range(1, 8)),
    *(Packet(1, icmp_type=kind, icmp_code=code) for kind in (0, 3, 8) for code in (0, 1)),
    Packet(47),
]
PEERS = Peers(
    [
        Peer(parse_address(address), labels)
        for address in ("10.0.0.1", "10.1.0.1", "10.200.0.1", "11.0.0.1")
        for labels in ((), ({},), ({"a": "x"},), ({"a": "y"},), ({"a": "x"}, {"a": "z"}))
    ],
    [AddressSet("GlobalNetworkSet", "s", {"a": "y"}, (parse_net("10.1.0.0/16"),))],
)


def _matched(one: Rule, packet: Packet) -> int:
    if not packet_matches(one, packet):
        return 0
    mask = PEERS.matching(one.source)
    return mask if one.ip_version is None else mask & PEERS.version(one.ip_version)


@given(RULES, RULES)
@settings(max_examples=300)
def test_what_is_covered_matches_nothing_more(wide: dict[str, Any], narrow: dict[str, Any]) -> None:
    if not is_covered(wide, narrow):
        return
    first, second = rule(wide), rule(narrow)
    for packet in PACKETS:
        assert not _matched(second, packet) & ~_matched(first, packet)


@given(RULES)
def test_a_rule_covers_itself(written: dict[str, Any]) -> None:
    assert is_covered(written, written)
    assert is_covered({}, written)


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [
        ({"source": {"selector": "has(a)"}}, {"source": {"selector": "a == 'x'"}}),
        ({"source": {"selector": "all()"}}, {"source": {"selector": "a == 'x'", "nets": ["10.0.0.0/8"]}}),
        ({"source": {"nets": ["10.0.0.0/9", "10.128.0.0/9"]}}, {"source": {"nets": ["10.64.0.0/10"]}}),
        ({"source": {"notNets": ["10.1.0.0/16"]}}, {"source": {"nets": ["10.2.0.0/16"]}}),
        ({"source": {"notNets": ["10.1.0.0/16"]}}, {"source": {"notNets": ["10.0.0.0/8"]}}),
        ({"notProtocol": "UDP"}, {"protocol": "TCP"}),
        (
            {"source": {"selector": "has(a)", "notSelector": "a == 'y'"}},
            {"source": {"selector": "a == 'x'"}},
        ),
        ({"source": {"notSelector": "a == 'x'"}}, {"source": {"notSelector": "has(a)"}}),
        (
            {"protocol": "TCP", "source": {"ports": ["1:5", 6], "notPorts": [1]}},
            {"protocol": "TCP", "source": {"ports": ["2:5"]}},
        ),
        ({"protocol": "ICMP", "icmp": {"type": 8}}, {"protocol": "ICMP", "icmp": {"type": 8, "code": 1}}),
        ({"protocol": "ICMP", "notICMP": {"type": 8}}, {"protocol": "ICMP", "icmp": {"type": 0}}),
    ],
)
def test_covers_that_are_seen(wide: dict[str, Any], narrow: dict[str, Any]) -> None:
    assert is_covered(wide, narrow)
    assert not is_covered(narrow, wide)


def test_the_own_side_is_what_the_policy_selects() -> None:
    own = {"destination": {"selector": "has(a)"}}
    for kind, selector, covered in (
        ("NetworkPolicy", "a == 'x'", True),
        ("NetworkPolicy", "b == 'x'", False),
        # A host endpoint need not have the address.
        ("GlobalNetworkPolicy", "a == 'x'", False),
        ("GlobalNetworkPolicy", "a == 'x' && has(projectcalico.org/orchestrator)", True),
    ):
        spec = {"selector": selector, "ingress": [{"action": "Allow", **own}]}
        policy = compile_policy({"kind": kind, "metadata": {"name": "a"}, "spec": spec})
        assert policy.ingress is not None
        assert is_catch_all(policy.ingress[0], "ingress", policy) == covered
        assert not is_catch_all(policy.ingress[0])


@pytest.mark.parametrize(
    ("written", "all_of_it"),
    [
        ({}, True),
        ({"source": {}}, True),
        ({"protocol": "TCP"}, False),
        ({"source": {"nets": ["10.0.0.0/8"]}}, False),
        ({"source": {"selector": "all()"}}, False),
        ({"destination": {"notNets": ["10.0.0.0/8"]}}, False),
        ({"ipVersion": 4}, False),
    ],
)
def test_rules_that_match_everything(written: dict[str, Any], all_of_it: bool) -> None:
    assert is_catch_all(rule(written)) == all_of_it
