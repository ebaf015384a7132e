from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calico_migrate.policy import evaluate
from calico_migrate.policy.cluster.scenario import ScenarioError
from tests.migrate.policy import reference

if TYPE_CHECKING:
    from pathlib import Path


def test_every_verdict_of_the_corpus(shared: Path) -> None:
    lines = (shared / "corpus" / "policy-eval.jsonl").read_text(encoding="utf-8").splitlines()
    scenarios = [json.loads(line) for line in lines]
    wrong = [
        (scenario["id"], evaluate(scenario))
        for scenario in scenarios
        if evaluate(scenario).verdict != scenario["expected"]
    ]
    assert wrong == []
    assert [s["id"] for s in scenarios if reference.verdict(s) != s["expected"]] == []
    assert len(scenarios) > 30


ADDRESSES = ["172.29.1.1", "172.29.1.2", "172.29.2.3", "10.0.0.4", "8.8.8.8"]
LABELS = st.dictionaries(st.sampled_from(["a", "b"]), st.sampled_from(["x", "y"]), max_size=2)
SELECTORS = st.sampled_from(
    [
        "",
        "all()",
        "a == 'x'",
        "a != 'x'",
        "!has(b)",
        "has(calico)",
        "a == 'x' && b == 'y'",
        "projectcalico.org/orchestrator == 'cni'",
        "projectcalico.org/namespace == 'default'",
    ]
)
NETS = st.lists(
    st.sampled_from(["172.29.0.0/16", "172.29.1.0/24", "172.29.1.1/32", "10.0.0.0/8", "0.0.0.0/0"]),
    max_size=2,
)
PORTS = st.lists(st.sampled_from([80, 443, "80", "70:90", "http"]), max_size=2)

HOST_PORTS = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["http", "http", "other"]),
        "protocol": st.sampled_from(["TCP", "TCP", "UDP", 6]),
        "port": st.sampled_from([80, 443, 40000]),
    }
)


def _some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Mappings with any of the fields."""
    return st.fixed_dictionaries({}, optional=fields)


def _entity(*, ports: bool) -> st.SearchStrategy[dict[str, Any]]:
    fields: dict[str, st.SearchStrategy[Any]] = {
        "selector": SELECTORS,
        "notSelector": SELECTORS,
        "nets": NETS,
        "notNets": NETS,
        "namespaceSelector": st.sampled_from(["", "all()", "env == 'prod'"]),
        "serviceAccounts": st.just({"names": ["robot"]}),
    }
    if ports:
        fields |= {"ports": PORTS, "notPorts": PORTS}
    # Most rules have one or two fields, or hardly any would match.
    return st.one_of(
        st.sets(st.sampled_from(sorted(fields)), max_size=2).flatmap(
            lambda names: st.fixed_dictionaries({name: fields[name] for name in names})
        ),
        st.fixed_dictionaries({"selector": SELECTORS, "notSelector": SELECTORS}),
    )


ACTIONS = st.sampled_from(["Allow", "Deny", "Log", "Pass"])


@st.composite
def _rules(draw: st.DrawFn) -> dict[str, Any]:
    rule: dict[str, Any] = {"action": draw(ACTIONS)}
    kind = draw(st.sampled_from(["any", "ports", "icmp", "other"]))
    if kind == "ports":
        rule["protocol"] = draw(st.sampled_from(["TCP", "UDP", 6, "6", "SCTP"]))
    elif kind == "icmp":
        rule["protocol"] = "ICMP"
        rule |= draw(
            _some(
                icmp=_icmp(),
                notICMP=_icmp(),
            )
        )
    elif kind == "other":
        rule |= draw(_some(notProtocol=st.sampled_from(["TCP", 17]), ipVersion=st.sampled_from([4, 6])))
    rule |= draw(_some(source=_entity(ports=kind == "ports"), destination=_entity(ports=kind == "ports")))
    return rule


def _icmp() -> st.SearchStrategy[dict[str, int]]:
    return st.fixed_dictionaries(
        {"type": st.sampled_from([0, 8])}, optional={"code": st.sampled_from([0, 1])}
    )


@st.composite
def _policies(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(["NetworkPolicy", "GlobalNetworkPolicy"]))
    metadata = {"name": draw(st.sampled_from(["a", "b", "c", "z-1"]))}
    if kind == "NetworkPolicy":
        metadata |= draw(_some(namespace=st.sampled_from(["default", "other"])))
    spec = draw(
        _some(
            order=st.sampled_from([-1, 0, 1.5, 10, None]),
            selector=SELECTORS,
            types=st.sampled_from([[], ["Ingress"], ["Egress"], ["Ingress", "Egress"]]),
            ingress=st.lists(_rules(), max_size=3),
            egress=st.lists(_rules(), max_size=3),
        )
    )
    if kind == "GlobalNetworkPolicy":
        spec |= draw(st.sampled_from([{}] * 6 + [{"doNotTrack": True}, {"preDNAT": True}]))
    return {"apiVersion": "projectcalico.org/v3", "kind": kind, "metadata": metadata, "spec": spec}


@st.composite
def _address_sets(draw: st.DrawFn, name: str) -> dict[str, Any]:
    kind = draw(st.sampled_from(["NetworkSet", "GlobalNetworkSet", "HostEndpoint"]))
    metadata: dict[str, Any] = {"name": name, "labels": draw(LABELS)}
    if kind == "HostEndpoint":
        spec: dict[str, Any] = {
            "node": "n",
            "expectedIPs": draw(st.lists(st.sampled_from(ADDRESSES), min_size=1, max_size=2)),
            "profiles": draw(st.lists(st.sampled_from(["calico", "p", "gone"]), max_size=1)),
            "ports": draw(st.lists(HOST_PORTS, max_size=2)),
        }
        return {"kind": kind, "metadata": metadata, "spec": spec}
    if kind == "NetworkSet":
        metadata |= draw(_some(namespace=st.sampled_from(["default", "other"])))
    return {"kind": kind, "metadata": metadata, "spec": {"nets": draw(NETS)}}


@st.composite
def _scenarios(draw: st.DrawFn) -> dict[str, Any]:
    addresses = draw(st.lists(st.sampled_from(ADDRESSES[:4]), unique=True, max_size=4))
    endpoints = [
        {
            "name": f"e{index}",
            "ip": address,
            "labels": draw(LABELS),
            "runtime": draw(st.sampled_from(["UCR", "DOCKER"])),
            "profiles": draw(st.lists(st.sampled_from(["calico", "calico", "p", "gone"]), max_size=2)),
            "namespace": draw(st.sampled_from(["default", "default", "other"])),
        }
        for index, address in enumerate(addresses)
    ]
    profiles = [
        {
            "kind": "Profile",
            "metadata": {"name": "calico"},
            "spec": {
                "ingress": [{"action": "Allow"}],
                "egress": [{"action": "Allow"}],
                "labelsToApply": {"calico": "", "a": "y"},
            },
        },
        {
            "kind": "Profile",
            "metadata": {"name": "p"},
            "spec": {
                "ingress": draw(st.lists(_rules(), max_size=2)),
                "egress": draw(st.lists(_rules(), max_size=2)),
            },
        },
    ]
    flow: dict[str, Any] = {
        "src_ip": draw(st.sampled_from(ADDRESSES)),
        "dst_ip": draw(st.sampled_from(ADDRESSES)),
        "protocol": draw(st.sampled_from(["TCP", "TCP", "UDP", "ICMP", "SCTP", 4, "6"])),
    }
    if flow["protocol"] in ("TCP", "UDP", "SCTP", "6"):
        flow["dst_port"] = draw(st.sampled_from([80, 443, 4789, 64000]))
        flow["src_port"] = draw(st.sampled_from([80, 40000]))
    elif flow["protocol"] == "ICMP":
        flow["icmp_type"] = draw(st.sampled_from([0, 8]))
        flow["icmp_code"] = draw(st.sampled_from([0, 1]))
    # Two resources of one kind and name cannot exist at once.
    policies = {
        (p["kind"], p["metadata"]["name"], p["metadata"].get("namespace")): p
        for p in draw(st.lists(_policies(), max_size=5))
    }
    scenario = {
        "endpoints": endpoints,
        "policies": [
            *policies.values(),
            *(draw(_address_sets(f"s{number}")) for number in range(draw(st.integers(0, 3)))),
        ],
        "profiles": profiles,
        "flow": flow,
    }
    config = draw(_some(calico_vxlan_enabled=st.booleans(), calico_vxlan_port=st.sampled_from([443, 64000])))
    scenario |= draw(_some(vxlan_port=st.just(reference.vxlan_port(config))))
    return scenario


@given(_scenarios())
@settings(max_examples=300)
def test_agrees_with_a_plain_reference(scenario: dict[str, Any]) -> None:
    verdict = evaluate(scenario)
    assert verdict.verdict == reference.verdict(scenario)
    assert verdict.trace
    assert (verdict.trace[-1].action == "Allow") == verdict.allowed


def _bookstore(**flow: Any) -> dict[str, Any]:
    return {
        "endpoints": [
            {"name": "shop", "ip": "172.29.1.10", "labels": {"role": "shop"}, "profiles": ["calico"]},
            {"name": "stock", "ip": "172.29.2.20", "labels": {"role": "stock"}, "profiles": ["calico"]},
        ],
        "policies": [
            {
                "kind": "NetworkPolicy",
                "metadata": {"name": "stock"},
                "spec": {
                    "selector": "role == 'stock'",
                    "ingress": [
                        {"action": "Log", "source": {"nets": ["172.29.0.0/16"]}},
                        {
                            "action": "Allow",
                            "protocol": "TCP",
                            "source": {"selector": "role == 'shop'"},
                            "destination": {"ports": [80]},
                        },
                    ],
                },
            }
        ],
        "profiles": [
            {
                "kind": "Profile",
                "metadata": {"name": "calico"},
                "spec": {"ingress": [{"action": "Allow"}], "egress": [{"action": "Allow"}]},
            }
        ],
        "flow": {
            "src_ip": "172.29.1.10",
            "dst_ip": "172.29.2.20",
            "protocol": "TCP",
            "dst_port": 80,
            **flow,
        },
    }


def test_the_trace_says_what_decided() -> None:
    egress, log, allow = evaluate(_bookstore()).trace
    assert egress[:5] == ("egress", "shop", "Profile/calico", 0, "Allow")
    assert "no policy selects the endpoint for egress" in egress.why
    assert log[:5] == ("ingress", "stock", "NetworkPolicy/stock", 0, "Log")
    assert "172.29.0.0/16" in log.why
    assert allow[:5] == ("ingress", "stock", "NetworkPolicy/stock", 1, "Allow")
    assert allow.why == ("ingress rule 1 matches: Allow TCP from endpoints with role == 'shop' to port 80")


def test_the_trace_ends_with_the_drop() -> None:
    verdict = evaluate(_bookstore(dst_port=81))
    assert verdict.verdict == "deny"
    assert verdict.trace[-1][:5] == ("ingress", "stock", None, None, "Deny")
    assert "NetworkPolicy/stock selects the endpoint" in verdict.trace[-1].why


def test_a_denial_says_what_would_have_to_change() -> None:
    why = evaluate(_bookstore(dst_port=81)).trace[-1].why
    assert "; to let it through, widen a rule or add one; the nearest is ingress rule 1 of" in why
    assert "because it wants TCP, destination port 80" in why
    scenario = _bookstore(src_ip="8.8.8.8")
    scenario["policies"][0]["spec"]["ingress"] = [{"action": "Deny"}]
    why = evaluate(scenario).trace[-1].why
    assert "narrow ingress rule 0 of NetworkPolicy/stock, or allow TCP port 80 from 8.8.8.8" in why


def test_addresses_that_no_endpoint_has_are_not_policed() -> None:
    verdict = evaluate(_bookstore(src_ip="8.8.8.8", dst_ip="9.9.9.9"))
    assert verdict.verdict == "allow"
    assert "so that no policy applies" in verdict.trace[0].why


@pytest.mark.parametrize(
    ("flow", "verdict"),
    [
        ({"protocol": "UDP", "dst_port": 64000}, "deny"),
        ({"protocol": "UDP", "dst_port": 4789}, "allow"),
        ({"protocol": 4, "dst_port": None}, "deny"),
        ({"protocol": "TCP", "dst_port": 64000}, "allow"),
    ],
)
def test_tunnels_of_workloads_are_dropped(flow: dict[str, Any], verdict: str) -> None:
    scenario = _bookstore(dst_ip="8.8.8.8", **flow)
    assert evaluate(scenario).verdict == "allow"
    assert evaluate({**scenario, "vxlan_port": 64000}).verdict == verdict


@pytest.mark.parametrize(
    ("options", "verdict"),
    [
        ({"doNotTrack": True, "applyOnForward": True}, "allow"),
        ({"preDNAT": True, "applyOnForward": True}, "allow"),
        # What is forwarded is policed besides, and workloads as ever.
        ({"applyOnForward": True}, "deny"),
        ({"doNotTrack": False, "preDNAT": False}, "deny"),
    ],
)
def test_untracked_and_early_policies_are_for_host_endpoints_only(
    options: dict[str, bool], verdict: str
) -> None:
    scenario = _bookstore()
    deny = {"order": 1, "types": ["Ingress", "Egress"], "ingress": [{"action": "Deny"}], **options}
    scenario["policies"].append({"kind": "GlobalNetworkPolicy", "metadata": {"name": "hosts"}, "spec": deny})
    assert evaluate(scenario).verdict == verdict


def test_selectors_find_network_sets() -> None:
    scenario = _bookstore(src_ip="10.1.2.3")
    partners = {
        "kind": "GlobalNetworkSet",
        "metadata": {"name": "partners", "labels": {"role": "shop"}},
        "spec": {"nets": ["10.1.0.0/16"]},
    }
    scenario["policies"].append(partners)
    # A NetworkPolicy's selector only finds what is in its own namespace.
    assert evaluate(scenario).verdict == "deny"
    partners["kind"] = "NetworkSet"
    assert evaluate(scenario).verdict == "allow"
    scenario["flow"]["src_ip"] = "10.2.2.3"
    assert evaluate(scenario).verdict == "deny"


def test_a_selector_and_a_not_selector_ask_each_member_by_itself() -> None:
    scenario = _bookstore()
    scenario["policies"][0]["kind"] = "GlobalNetworkPolicy"
    rules = scenario["policies"][0]["spec"]["ingress"]
    rules[1]["source"] = {"selector": "role == 'shop'", "notSelector": "zone == 'pool'"}
    everything: dict[str, Any] = {
        "kind": "GlobalNetworkSet",
        "metadata": {"name": "pool", "labels": {"zone": "pool"}},
        "spec": {"nets": ["172.29.0.0/16"]},
    }
    scenario["policies"].append(everything)
    # The set with the address has another label, and is another member.
    assert evaluate(scenario).verdict == "allow"
    everything["metadata"]["labels"]["role"] = "shop"
    assert evaluate(scenario).verdict == "allow"
    scenario["endpoints"][0]["labels"]["zone"] = "pool"
    assert evaluate(scenario).verdict == "deny"
    # Alone, notSelector keeps every address of a matching member out.
    scenario["endpoints"][0]["labels"] = {}
    rules[1]["source"] = {"notSelector": "zone == 'pool'"}
    assert evaluate(scenario).verdict == "deny"


def test_selectors_find_host_endpoints_by_their_addresses() -> None:
    scenario = _bookstore(src_ip="10.0.0.5")
    scenario["policies"][0]["kind"] = "GlobalNetworkPolicy"
    node = {
        "kind": "HostEndpoint",
        "metadata": {"name": "node1", "labels": {"rack": "1"}},
        "spec": {"node": "node1", "expectedIPs": ["10.0.0.5"], "profiles": ["nodes"]},
    }
    scenario["policies"].append(node)
    assert evaluate(scenario).verdict == "deny"
    scenario["profiles"].append(
        {
            "kind": "Profile",
            "metadata": {"name": "nodes"},
            "spec": {"labelsToApply": {"role": "shop", "rack": "9"}},
        }
    )
    assert evaluate(scenario).verdict == "allow"
    scenario["flow"]["src_ip"] = "10.0.0.6"
    assert evaluate(scenario).verdict == "deny"


def _to_a_named_port(ports: dict[str, Any], kind: str = "GlobalNetworkPolicy", **flow: Any) -> dict[str, Any]:
    """A shop that may only speak to ports of hosts by their names; a host calls TCP 9100 ``metrics``."""
    scenario = _bookstore(**{"dst_ip": "10.0.0.5", "dst_port": 9100, **flow})
    allow = {"action": "Allow", "protocol": "TCP", "destination": ports}
    scenario["policies"] = [
        {
            "kind": kind,
            "metadata": {"name": "shop"},
            "spec": {"selector": "role == 'shop'", "egress": [allow]},
        },
        {
            "kind": "HostEndpoint",
            "metadata": {"name": "node1", "labels": {"rack": "1"}},
            "spec": {
                "node": "node1",
                "expectedIPs": ["10.0.0.5"],
                "ports": [{"name": "metrics", "protocol": "TCP", "port": 9100}],
            },
        },
    ]
    return scenario


@pytest.mark.parametrize("kind", ["GlobalNetworkPolicy", "NetworkPolicy"])
def test_a_named_port_is_that_of_a_host_endpoint(kind: str) -> None:
    named = {"ports": ["metrics"]}
    assert evaluate(_to_a_named_port(named, kind)).verdict == "allow"
    for other in ({"dst_port": 9101}, {"dst_ip": "10.0.0.6"}, {"protocol": "UDP"}):
        scenario = _to_a_named_port(named, kind)
        scenario["flow"] |= other
        verdict = evaluate(scenario)
        assert verdict.verdict == "deny", other
        assert "metrics" in verdict.trace[-1].why


def test_a_named_port_beside_a_selector_is_that_of_what_it_finds() -> None:
    named = {"ports": ["metrics"]}
    assert evaluate(_to_a_named_port({**named, "selector": "rack == '1'"})).verdict == "allow"
    assert evaluate(_to_a_named_port({**named, "selector": "rack == '2'"})).verdict == "deny"
    # What a NetworkPolicy's selector finds is in its namespace, where no host endpoint is.
    assert evaluate(_to_a_named_port({**named, "selector": "rack == '1'"}, "NetworkPolicy")).verdict == "deny"


def test_a_named_port_that_is_left_out() -> None:
    left_out = {"notPorts": ["metrics"]}
    assert evaluate(_to_a_named_port(left_out)).verdict == "deny"
    scenario = _to_a_named_port(left_out)
    scenario["flow"]["dst_ip"] = "10.0.0.6"
    assert evaluate(scenario).verdict == "allow"
    assert evaluate(_to_a_named_port({"ports": ["metrics"], "notPorts": [9100]})).verdict == "deny"


def test_a_question_without_a_port_depends_on_named_ones() -> None:
    verdict = evaluate(_to_a_named_port({"ports": ["metrics", 80]}, dst_port=None))
    assert verdict.verdict == "depends"
    assert [(case.allowed, case.when) for case in verdict.cases] == [
        (True, "the destination port is one of 80, 9100"),
        (False, "the destination port is one of 1 to 79, 81 to 9099, 9101 to 65535"),
    ]


@pytest.mark.parametrize(
    ("resource", "instead"),
    [
        (
            {"kind": "GlobalNetworkSet", "spec": {"nets": ["10.0.0.0/8"]}},
            "write a NetworkSet, or a GlobalNetworkPolicy",
        ),
        ({"kind": "HostEndpoint", "spec": {"expectedIPs": ["10.0.0.5"]}}, "write a GlobalNetworkPolicy"),
    ],
)
def test_the_namespace_is_given_as_the_reason(resource: dict[str, Any], instead: str) -> None:
    scenario = _bookstore(src_ip="10.0.0.5")
    scenario["policies"].append({"metadata": {"name": "nodes", "labels": {"role": "shop"}}, **resource})
    why = evaluate(scenario).trace[-1].why
    assert f"{resource['kind']}/nodes has its source, but a NetworkPolicy's selectors are limited" in why
    assert instead in why
    scenario["policies"][-1]["metadata"]["labels"] = {}
    assert "limited" not in evaluate(scenario).trace[-1].why


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"flow": None}, "flow"),
        ({"endpoints": {}}, "endpoints"),
        ({"endpoints": ["x"]}, "endpoints[0]"),
        ({"endpoints": [{"ip": "x"}]}, "endpoints[0].ip"),
        ({"endpoints": [{"ip": "1.2.3.4", "labels": {"a": 1}}]}, "endpoints[0].labels"),
        ({"endpoints": [{"ip": "1.2.3.4", "profiles": "calico"}]}, "endpoints[0].profiles"),
        ({"flow": {"src_ip": "1.2.3.4", "dst_ip": 5, "protocol": "TCP"}}, "flow.dst_ip"),
        ({"flow": {"src_ip": "1.2.3.4", "dst_ip": "1.2.3.5", "protocol": "tcpp"}}, "flow.protocol"),
        (
            {"flow": {"src_ip": "1.2.3.4", "dst_ip": "1.2.3.5", "protocol": 6, "dst_port": 70000}},
            "flow.dst_port",
        ),
        ({"policies": [{"kind": "Policy"}]}, "policies[0].kind"),
        *(
            (
                {
                    "policies": [
                        {"kind": "HostEndpoint", "metadata": {"name": "n"}, "spec": {"ports": [port]}}
                    ]
                },
                f"policies[0].spec.ports[0]{place}",
            )
            for port, place in (
                (1, ""),
                ({"name": "a", "port": 1}, ".protocol"),
                ({"name": "a", "port": "x", "protocol": "TCP"}, ".port"),
                ({"name": 1, "port": 1, "protocol": "TCP"}, ".name"),
            )
        ),
        (
            {"policies": [{"kind": "NetworkPolicy", "spec": {"selector": "a =="}}]},
            "policies[0].spec.selector",
        ),
        (
            {"policies": [{"kind": "NetworkPolicy", "spec": {"ingress": [{"action": "allow"}]}}]},
            "policies[0].spec.ingress[0].action",
        ),
        (
            {
                "policies": [
                    {
                        "kind": "NetworkPolicy",
                        "spec": {"egress": [{"action": "Deny", "destination": {"nets": ["10/33"]}}]},
                    }
                ]
            },
            "policies[0].spec.egress[0].destination.nets[0]",
        ),
        ({"profiles": [{"spec": {"labelsToApply": []}}]}, "profiles[0].spec.labelsToApply"),
        ({"vxlan_port": "4789"}, "vxlan_port"),
    ],
)
def test_a_faulty_scenario_is_refused_with_its_place(change: dict[str, Any], place: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        evaluate({**_bookstore(), **change})
    assert caught.value.place == place


def test_a_scenario_must_be_an_object() -> None:
    with pytest.raises(ScenarioError):
        evaluate([])  # type: ignore[arg-type]
