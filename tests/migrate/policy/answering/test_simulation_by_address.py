"""What is said of ranges is what is true of their addresses, one by one."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from calico_config.facts.facts import facts_of
from calico_migrate.policy import evaluate
from calico_migrate.policy.answering.asking import ask
from calico_migrate.policy.answering.traffic import Traffic
from calico_migrate.policy.cluster.site import build_site
from tests.migrate.policy import reference
from tests.migrate.policy.samples import address_set, app, cluster, policy

LABELS = {"/a": {"role": "a"}, "/b": {"role": "b"}}
APPS = [*(app(name, labels) for name, labels in LABELS.items()), app("/old", network="dcos")]
# Two addresses of each quarter of the pool, which is as finely as the nets below cut it.
POOL = [f"172.29.{quarter * 64}.{host}" for quarter in range(4) for host in (1, 2)]
AGENTS = ["10.0.0.5", "8.8.8.8"]
PROFILE = {
    "kind": "Profile",
    "metadata": {"name": "calico"},
    "spec": {
        "ingress": [{"action": "Allow"}],
        "egress": [{"action": "Allow"}],
        "labelsToApply": {"calico": ""},
    },
}

SELECTORS = st.sampled_from(
    ["all()", "role == 'a'", "role == 'b'", "role != 'a'", "has(calico)", "has(zone)"]
)
NETS = st.lists(
    st.sampled_from(["172.29.0.0/16", "172.29.0.0/17", "172.29.128.0/18", "10.0.0.0/8"]),
    min_size=1,
    max_size=2,
)
ENTITIES = st.one_of(
    st.fixed_dictionaries({}, optional={"nets": NETS, "selector": SELECTORS}),
    st.fixed_dictionaries({}, optional={"notNets": NETS, "notSelector": SELECTORS}),
    st.fixed_dictionaries({"selector": SELECTORS, "notSelector": SELECTORS}),
)
RULES = st.lists(
    st.fixed_dictionaries(
        {"action": st.sampled_from(["Allow", "Allow", "Deny", "Pass", "Log"])},
        optional={"source": ENTITIES, "destination": ENTITIES},
    ),
    max_size=3,
)
SETS = st.lists(
    st.builds(
        address_set,
        st.sampled_from(["NetworkSet", "GlobalNetworkSet"]),
        st.just("set"),
        st.sampled_from([{"zone": "x"}, {"role": "a"}, {"role": "b", "zone": "x"}]),
        st.sampled_from(["172.29.0.0/17", "10.0.0.5/32"]),
    )
    | st.just(address_set("HostEndpoint", "node", {"zone": "x"}, "10.0.0.5")),
    max_size=2,
)
POLICIES = st.lists(st.tuples(SELECTORS, RULES, st.none() | RULES), min_size=1, max_size=3)


def _endpoint(name: str, address: str) -> dict[str, Any]:
    return {
        "name": name,
        "ip": address,
        "labels": LABELS[name],
        "runtime": "UCR",
        "profiles": ["calico"],
    }


@given(
    st.sampled_from(["/a", "/old"]), POLICIES, SETS, st.sampled_from(["NetworkPolicy", "GlobalNetworkPolicy"])
)
def test_the_verdict_is_that_of_every_address(
    source: str,
    parts: list[tuple[str, list[dict[str, Any]], list[dict[str, Any]] | None]],
    sets: list[dict[str, Any]],
    kind: str,
) -> None:
    policies = list({(one["kind"], one["metadata"]["name"]): one for one in sets}.values())
    for number, (selector, ingress, egress) in enumerate(parts):
        spec: dict[str, Any] = (
            {"ingress": ingress} if egress is None else {"ingress": ingress, "egress": egress}
        )
        policies.append(policy(f"p{number}", selector, kind, **spec))
    verdicts = set()
    for sender in POOL if source in LABELS else POOL + AGENTS:
        for receiver in POOL:
            if sender == receiver:
                continue
            endpoints = [_endpoint("/b", receiver)]
            if source in LABELS:
                endpoints.append(_endpoint(source, sender))
            flow = {"src_ip": sender, "dst_ip": receiver, "protocol": "TCP", "dst_port": 80}
            scenario = {"endpoints": endpoints, "policies": policies, "profiles": [PROFILE], "flow": flow}
            verdicts.add(evaluate(scenario).verdict)
    told = ask(cluster(APPS, policies), source, "/b", Traffic(80, 6), same_agent=False).verdict
    assert told == (verdicts.pop() if len(verdicts) == 1 else "depends")


MODES = st.fixed_dictionaries(
    {}, optional={"calico_vxlan_enabled": st.booleans(), "calico_vxlan_port": st.sampled_from([4789, 5000])}
)


@given(MODES, st.sampled_from([4789, 5000, 64000, 53]), st.sampled_from(["UDP", "TCP"]))
def test_felix_drops_vxlan_in_every_mode(config: dict[str, Any], port: int, protocol: str) -> None:
    endpoints = [_endpoint("/a", POOL[0]), _endpoint("/b", POOL[2])]
    flow = {"src_ip": POOL[0], "dst_ip": POOL[2], "protocol": protocol, "dst_port": port}
    scenario = {
        "endpoints": endpoints,
        "policies": [],
        "profiles": [PROFILE],
        "flow": flow,
        "vxlan_port": reference.vxlan_port(config),
    }
    text = "".join(f"{name}: {str(value).lower()}\n" for name, value in config.items()) or "{}"
    model = cluster(APPS, [], build_site(facts_of(text), (), ()))
    traffic = Traffic(port, reference.number(protocol))
    assert ask(model, "/a", "/b", traffic, same_agent=False).verdict == reference.verdict(scenario)
