from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_migrate.policy.answering.deciding import Packet, packet_matches
from calico_migrate.policy.compiled.compiling import compile_policy
from calico_migrate.policy.compiled.covering import covers, form_of, is_catch_all, wider_forms

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
    return form_of(first) in set(wider_forms(second)) and covers(first, second)


PORTS = st.lists(st.one_of(st.integers(1, 6), st.sampled_from(["1:3", "2:6", "4:5", "6:6"])), max_size=3)
RULES = st.fixed_dictionaries(
    {},
    optional={
        "protocol": st.sampled_from(["TCP", "UDP"]),
        "notProtocol": st.sampled_from(["UDP", "ICMP"]),
        "source": st.fixed_dictionaries({}, optional={"ports": PORTS, "notPorts": PORTS}),
        "destination": st.fixed_dictionaries({}, optional={"ports": PORTS}),
    },
)


@given(RULES, RULES)
def test_what_is_covered_matches_nothing_more(wide: dict[str, Any], narrow: dict[str, Any]) -> None:
    if not is_covered(wide, narrow):
        return
    first, second = rule(wide), rule(narrow)
    for protocol in (1, 6, 17):
        for source in range(1, 8):
            for destination in range(1, 8):
                packet = Packet(protocol, source, destination)
                assert packet_matches(first, packet) or not packet_matches(second, packet)


@given(RULES)
def test_a_rule_covers_itself(written: dict[str, Any]) -> None:
    assert is_covered(written, written)
    assert is_covered({}, written)


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


def test_a_rule_with_many_criteria_takes_no_time() -> None:
    entity = {
        "selector": "has(a)",
        "notSelector": "has(b)",
        "nets": ["10.0.0.0/8"],
        "notNets": ["10.1.0.0/16"],
        "ports": [1],
        "notPorts": [2],
    }
    written = {
        "protocol": "TCP",
        "notProtocol": "UDP",
        "ipVersion": 4,
        "notICMP": {"type": 1},
        "source": entity,
        "destination": entity,
    }
    start = time.process_time()
    forms = set(wider_forms(rule(written)))
    assert time.process_time() - start < 1
    assert form_of(rule(written)) in forms
    assert frozenset() in forms
