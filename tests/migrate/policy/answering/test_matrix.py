from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from calico_migrate.policy.answering import reports
from calico_migrate.policy.answering.grouping import group
from calico_migrate.policy.answering.matrix import build_matrix
from calico_migrate.policy.answering.simulation import simulate
from calico_migrate.policy.answering.traffic import Traffic
from tests.migrate.policy.samples import address_set, app, cluster, policy

if TYPE_CHECKING:
    from calico_migrate.policy.answering.cells import Matrix
    from calico_migrate.policy.cluster.model import Model

BOOKS = [
    app("/books/web", {"business": "books"}, ports=(8080,)),
    app("/books/server", {"business": "books", "tier": "server"}, ports=(80, 9100)),
    app("/fruit/web", {"business": "fruit"}, ports=(8080,)),
    app("/fruit/cart", {"business": "fruit"}, ports=(8080,)),
    app("/old", network="dcos", ports=()),
]
SERVER = policy(
    "server",
    "tier == 'server'",
    ingress=[
        {
            "action": "Allow",
            "protocol": "TCP",
            "source": {"selector": "business == 'books'"},
            "destination": {"ports": [80]},
        },
        {"action": "Allow", "source": {"selector": "tier == 'server'"}},
    ],
)


def _matrix(model: Model, **more: Any) -> Matrix:
    return build_matrix(model, group([model]), same_agent=more.get("same_agent", False))


def _summaries(found: Matrix) -> dict[tuple[str, str], str]:
    return {
        (source.name, target.name): found.outcome(i, j).summary
        for i, source in enumerate(found.groups)
        for j, target in enumerate(found.groups)
    }


def test_groups_and_summaries() -> None:
    found = _matrix(cluster(BOOKS, [SERVER]))
    # The selector of the policy asks for the business, so that only the two fruit apps are one.
    assert [one.name for one in found.groups] == [
        "/books/server",
        "/books/web",
        "/fruit/cart and 1 more",
        "/old",
    ]
    cells = _summaries(found)
    assert cells["/books/web", "/books/server"] == "some"
    assert cells["/books/server", "/books/server"] == "all"
    assert cells["/fruit/cart and 1 more", "/books/server"] == "none"
    assert cells["/books/server", "/fruit/cart and 1 more"] == "all"
    assert cells["/books/web", "/old"] == "no ports"
    assert cells["/old", "/books/server"] == "none"


def test_unasked_labels_do_not_split_groups() -> None:
    apps = [app(f"/app-{number}", {"app": str(number)}) for number in range(50)]
    assert len(_matrix(cluster(apps, [])).groups) == 1


def test_a_net_splits_what_it_tells_apart() -> None:
    half = policy(
        "half", "business == 'fruit'", ingress=[{"action": "Allow", "source": {"nets": ["172.29.0.0/17"]}}]
    )
    found = _matrix(cluster(BOOKS, [half]))
    assert _summaries(found)["/books/server and 1 more", "/fruit/cart and 1 more"] == "depends"


def test_the_report_can_be_written_and_read_back() -> None:
    found = _matrix(cluster(BOOKS, [SERVER]))
    report = json.loads(json.dumps(reports.matrix(found)))
    assert len(report["cells"]) == len(report["groups"]) == 4
    cell = report["outcomes"][report["cells"][1][0]]
    assert cell["summary"] == "some"
    assert [(port["port"], port["protocol"], port["verdict"]) for port in cell["ports"]] == [
        (80, "TCP", "allow"),
        (9100, "TCP", "deny"),
    ]
    steps = [step for number in cell["ports"][0]["cases"][0]["traces"] for step in report["traces"][number]]
    assert [(step["direction"], step["endpoint"], step["policy"]) for step in steps] == [
        ("egress", "source", "Profile/calico"),
        ("ingress", "target", "NetworkPolicy/server"),
    ]


def test_what_a_change_of_policies_changes() -> None:
    before, after = cluster(BOOKS, []), cluster(BOOKS, [SERVER])
    groups = group([after, before])
    old, new = (build_matrix(one, groups, same_agent=False) for one in (before, after))
    changed = {
        (groups[source].name, groups[target].name): ports
        for source, target, ports in reports.changes(old, new)
    }
    assert changed["/fruit/cart and 1 more", "/books/server"] == [
        {"port": 80, "protocol": "TCP", "before": "allow", "after": "deny"},
        {"port": 9100, "protocol": "TCP", "before": "allow", "after": "deny"},
    ]
    assert changed["/books/web", "/books/server"] == [
        {"port": 9100, "protocol": "TCP", "before": "allow", "after": "deny"}
    ]
    assert ("/books/server", "/books/server") not in changed
    report = reports.matrix(new, old)
    assert len(report["changes"]) == len(changed)
    assert report["before"]["cells"] != report["cells"] or report["before"]["outcomes"] != report["outcomes"]


def test_extra_ports() -> None:
    model = cluster(BOOKS, [SERVER])
    groups = group([model], [(22, 6)])
    found = build_matrix(model, groups, same_agent=False)
    outcome = found.outcome(1, 0)
    assert [(port.port, port.verdict) for port in outcome.ports] == [
        (22, "deny"),
        (80, "allow"),
        (9100, "deny"),
    ]


def test_a_policy_applies_to_endpoints_and_never_to_a_network_set() -> None:
    lab = address_set("GlobalNetworkSet", "lab", {"zone": "lab"}, "172.29.8.0/24")
    closed = policy("lab-closed", "zone == 'lab'", "GlobalNetworkPolicy", types=["Ingress", "Egress"])
    found = _matrix(cluster(BOOKS, [lab, closed]))
    assert set(_summaries(found).values()) == {"all", "no ports"}


def test_no_workload_speaks_to_the_tunnels() -> None:
    apps = [app("/a", {"a": "1"}, ports=(64000, 53), protocol="udp"), app("/old", network="dcos")]
    found = _matrix(cluster(apps, []))
    outcome = found.outcome(0, 0)
    assert [(port.port, port.verdict) for port in outcome.ports] == [(53, "allow"), (64000, "deny")]
    assert found.outcome(1, 0).summary == "all"


LABELS = st.dictionaries(st.sampled_from(["a", "b"]), st.sampled_from(["x", "y"]), max_size=2)
SELECTOR = st.sampled_from(["all()", "a == 'x'", "b != 'y'", "has(a)", "has(calico)", "zone == 'lab'"])
NETS = st.lists(
    st.sampled_from(["172.29.0.0/17", "172.29.0.0/16", "10.0.0.0/8", "9.0.0.0/8", "172.29.4.4/32"]),
    min_size=1,
    max_size=2,
)
ENTITY: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}),
    SELECTOR.map(lambda one: {"selector": one}),
    SELECTOR.map(lambda one: {"notSelector": one}),
    NETS.map(lambda nets: {"nets": nets}),
    NETS.map(lambda nets: {"notNets": nets}),
    st.tuples(SELECTOR, SELECTOR).map(lambda two: {"selector": two[0], "notSelector": two[1]}),
)
SET_LABELS = st.dictionaries(
    st.sampled_from(["a", "b", "zone"]), st.sampled_from(["x", "y", "lab"]), max_size=2
)
ADDRESS_SETS = st.one_of(
    st.builds(
        lambda kind, labels, nets: address_set(kind, f"set-{kind.lower()}", labels, *nets),
        st.sampled_from(["NetworkSet", "GlobalNetworkSet"]),
        SET_LABELS,
        NETS,
    ),
    st.builds(
        lambda labels, address, port: host(labels, address, port),
        SET_LABELS,
        st.sampled_from(["10.0.0.5", "172.29.4.4"]),
        st.sampled_from([80, 81, 53]),
    ),
)


def host(labels: dict[str, str], address: str, port: int) -> dict[str, Any]:
    """A host endpoint that calls a port ``web``."""
    made = address_set("HostEndpoint", "node", labels, address)
    made["spec"]["ports"] = [{"name": "web", "protocol": "TCP", "port": port}]
    return made


@st.composite
def _rule(draw: st.DrawFn) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "action": draw(st.sampled_from(["Allow", "Deny", "Pass", "Log"])),
        "source": draw(ENTITY),
        "destination": dict(draw(ENTITY)),
    }
    kind = draw(st.sampled_from(["any", "port", "source port", "icmp"]))
    if kind == "icmp":
        rule["protocol"] = "ICMP"
        rule[draw(st.sampled_from(["icmp", "notICMP"]))] = draw(
            st.sampled_from([{"type": 8}, {"type": 8, "code": 1}, {"type": 0}])
        )
    elif kind == "port":
        rule["protocol"] = "TCP"
        field = draw(st.sampled_from(["ports", "ports", "notPorts"]))
        rule["destination"][field] = draw(st.sampled_from([[80], [81], ["web"], ["web", 81]]))
    elif kind == "source port":
        rule["protocol"] = "TCP"
        ports = draw(st.sampled_from([["1024:65535"], [53], ["40000:50000"], ["32768:60999"], ["web"]]))
        rule["source"] = {**rule["source"], draw(st.sampled_from(["ports", "notPorts"])): ports}
    return rule


@st.composite
def _policy(draw: st.DrawFn, number: int = 0) -> dict[str, Any]:
    return policy(
        f"p{draw(st.integers(0, 9))}",
        draw(SELECTOR),
        draw(st.sampled_from(["NetworkPolicy", "GlobalNetworkPolicy"])),
        order=draw(st.integers(0, 2)),
        types=draw(st.sampled_from([["Ingress"], ["Egress"], ["Ingress", "Egress"]])),
        ingress=draw(st.lists(_rule(), max_size=2)),
        egress=draw(st.lists(_rule(), max_size=2)),
    )


@given(
    st.lists(st.tuples(LABELS, st.sampled_from(["calico", "calico", "dcos", None])), min_size=1, max_size=4),
    st.lists(_policy(), max_size=4),
    st.lists(ADDRESS_SETS, max_size=2),
    st.booleans(),
    st.sampled_from(
        [
            Traffic(),
            Traffic(),
            Traffic(source_port=53),
            Traffic(protocol=1),
            Traffic(protocol=1, icmp_type=8),
            Traffic(protocol=1, icmp_type=8, icmp_code=1),
        ]
    ),
)
@settings(max_examples=200)
def test_agrees_with_simulating_each_pair(
    apps: list[tuple[dict[str, str], str | None]],
    documents: list[dict[str, Any]],
    sets: list[dict[str, Any]],
    same_agent: bool,
    asked: Traffic,
) -> None:
    model = cluster(
        [
            app(f"/{index}", labels, network=network, ports=(80, 81) if index % 2 else (80,))
            for index, (labels, network) in enumerate(apps)
        ],
        [*documents, *sets],
    )
    groups = group([model], protocol=asked.protocol)
    found = build_matrix(model, groups, same_agent=same_agent, asked=asked)
    for i, source_group in enumerate(groups):
        for j, target_group in enumerate(groups):
            outcome = found.outcome(i, j)
            for source in source_group.members:
                for target in target_group.members:
                    for port in outcome.ports:
                        packet = asked.packet(port.port, port.protocol)
                        answer = simulate(model, source, target, packet, same_agent=same_agent)
                        assert port.verdict == answer.verdict, (source.name, target.name, port)
                        assert {case.allowed for case in port.cases} == {
                            case.allowed for case in answer.cases
                        }
                        assert port.assumes == answer.assumes
