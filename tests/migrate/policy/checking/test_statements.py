"""What is said of rules is true: without what is reported, every verdict is the same."""

from __future__ import annotations

import copy
import json
from itertools import product
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from calico_migrate.policy import evaluate
from calico_migrate.policy.checking.checking import check
from calico_migrate.policy.cluster.workloads import read_workloads
from tests.migrate.policy.rules.checked import app

LABELS = [{"a": "x"}, {"a": "y"}, {"a": "x", "b": "x"}, {}]
APPS = [app(f"/{number}", labels) for number, labels in enumerate(LABELS)]
ENDPOINTS = [
    {"name": f"/{number}", "ip": f"172.29.{number}.1", "labels": labels, "profiles": ["calico"]}
    for number, labels in enumerate(LABELS)
]
PROFILE = {
    "kind": "Profile",
    "metadata": {"name": "calico"},
    "spec": {
        "ingress": [{"action": "Allow"}],
        "egress": [{"action": "Allow"}],
        "labelsToApply": {"calico": ""},
    },
}
ADDRESSES = [*(str(endpoint["ip"]) for endpoint in ENDPOINTS), "10.0.0.5", "8.8.8.8"]
PACKETS: list[dict[str, Any]] = [
    {"protocol": "TCP", "dst_port": 80, "src_port": 40000},
    {"protocol": "TCP", "dst_port": 22, "src_port": 53},
    {"protocol": "UDP", "dst_port": 53, "src_port": 40000},
    {"protocol": "ICMP", "icmp_type": 8, "icmp_code": 0},
    {"protocol": "ICMP", "icmp_type": 0, "icmp_code": 0},
]
SELECTORS = st.sampled_from(
    ["all()", "a == 'x'", "a in {'x', 'y'}", "has(b)", "a != 'x'", "!all()", "has(calico)"]
)
NETS = st.lists(
    st.sampled_from(["172.29.0.0/16", "172.29.0.0/24", "10.0.0.0/8", "0.0.0.0/0"]), min_size=1, max_size=2
)
ENTITIES: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}),
    st.just({}),
    st.fixed_dictionaries({}, optional={"selector": SELECTORS, "notSelector": SELECTORS}),
    st.fixed_dictionaries({}, optional={"nets": NETS, "notNets": NETS}),
)


@st.composite
def _rules(draw: st.DrawFn) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "action": draw(st.sampled_from(["Allow", "Allow", "Deny", "Deny", "Pass", "Log"]))
    }
    kind = draw(st.sampled_from(["any", "any", "tcp", "icmp"]))
    rule["source"] = dict(draw(ENTITIES))
    rule["destination"] = dict(draw(ENTITIES)) if draw(st.booleans()) else {}
    if kind == "tcp":
        rule["protocol"] = "TCP"
        side = draw(st.sampled_from(["source", "destination"]))
        rule[side][draw(st.sampled_from(["ports", "notPorts"]))] = draw(
            st.sampled_from([[80], ["1:100"], [22, 80]])
        )
    elif kind == "icmp":
        rule["protocol"] = "ICMP"
        rule |= draw(
            st.sampled_from([{}, {"icmp": {"type": 8}}, {"notICMP": {"type": 8}}, {"icmp": {"type": 0}}])
        )
    return rule


@st.composite
def _policies(draw: st.DrawFn, name: str) -> dict[str, Any]:
    spec: dict[str, Any] = {"order": draw(st.integers(0, 3))}
    spec["selector"] = draw(st.one_of(st.just("all()"), SELECTORS))
    spec |= draw(
        st.fixed_dictionaries(
            {},
            optional={
                "ingress": st.lists(_rules(), min_size=1, max_size=4),
                "egress": st.lists(_rules(), max_size=3),
                "types": st.sampled_from([["Ingress"], ["Ingress", "Egress"]]),
            },
        )
    )
    return {
        "apiVersion": "projectcalico.org/v3",
        "kind": draw(st.sampled_from(["NetworkPolicy", "GlobalNetworkPolicy"])),
        "metadata": {"name": name},
        "spec": spec,
    }


RESOURCES = st.tuples(
    st.lists(st.sampled_from("abc"), unique=True, min_size=2, max_size=3),
    st.booleans(),
).flatmap(
    lambda drawn: st.tuples(
        *(_policies(name) for name in drawn[0]),
        *(
            st.builds(
                lambda nets, labels: {
                    "apiVersion": "projectcalico.org/v3",
                    "kind": "GlobalNetworkSet",
                    "metadata": {"name": "s", "labels": labels},
                    "spec": {"nets": nets},
                },
                NETS,
                st.sampled_from([{"a": "x"}, {"b": "x"}]),
            )
            for _ in range(drawn[1])
        ),
    ).map(list)
)


def _verdicts(resources: list[dict[str, Any]]) -> list[str]:
    return [
        evaluate(
            {
                "endpoints": ENDPOINTS,
                "policies": resources,
                "profiles": [PROFILE],
                "flow": {"src_ip": source, "dst_ip": target, **packet},
            }
        ).verdict
        for source, target in product(ADDRESSES, repeat=2)
        if source != target
        for packet in PACKETS
    ]


def _directions(spec: dict[str, Any]) -> list[str]:
    if spec.get("types"):
        return list(spec["types"])
    return [
        *(["Ingress"] if spec.get("ingress") or not spec.get("egress") else []),
        *(["Egress"] if spec.get("egress") else []),
    ]


def _without(
    resources: list[dict[str, Any]], number: int, rule: str, pointer: str
) -> list[dict[str, Any]] | None:
    """The resources with a finding's advice taken, or without what it says has no effect."""
    changed = copy.deepcopy(resources)
    spec = changed[number]["spec"]
    parts = pointer.strip("/").split("/")
    if rule in ("shadowed-rule", "redundant-deny"):
        del spec[parts[1]][int(parts[2])]
    elif rule == "shadowed-policy":
        direction = parts[1]
        left = [one for one in _directions(spec) if one.lower() != direction]
        if not left:
            del changed[number]
            return changed
        spec.pop(direction)
        spec["types"] = left
    elif rule == "selector-selects-nothing" and len(parts) == 2:
        del changed[number]
    elif rule in ("selector-selects-nothing", "rule-leaves-own-endpoints-out"):
        spec["types"] = _directions(spec)
        del spec[parts[1]][int(parts[2])]
    else:
        return None
    return changed


def _policy(name: str, *ingress: dict[str, Any], selector: str = "all()") -> dict[str, Any]:
    return {
        "apiVersion": "projectcalico.org/v3",
        "kind": "GlobalNetworkPolicy",
        "metadata": {"name": name},
        "spec": {"selector": selector, "ingress": list(ingress)},
    }


ALLOW, DENY = {"action": "Allow"}, {"action": "Deny"}
PING, PONG = ({"protocol": "ICMP", "icmp": {"type": kind}} for kind in (8, 0))


@given(RESOURCES)
@example([_policy("a", ALLOW | PING, DENY | {"source": {"nets": ["10.0.0.0/8"]}}), _policy("b", ALLOW)])
@example([_policy("a", ALLOW | PING, DENY | PONG), _policy("b", ALLOW)])
@example([_policy("a", DENY | PING, ALLOW | PONG, DENY)])
@example([_policy("a", ALLOW, selector="a == 'x'"), _policy("b", DENY)])
@settings(max_examples=150, deadline=None)
def test_without_what_is_reported_every_verdict_is_the_same(resources: list[dict[str, Any]]) -> None:
    workloads, _ = read_workloads(json.dumps(APPS))
    before: list[str] | None = None
    for known in (workloads, None):
        reports = check([(str(number), json.dumps(one)) for number, one in enumerate(resources)], known)
        for report in reports:
            for finding in report.findings:
                changed = _without(resources, int(report.path), finding.rule, finding.pointer or "")
                if changed is not None:
                    before = before or _verdicts(resources)
                    assert _verdicts(changed) == before, (finding.rule, finding.pointer, finding.message)
