from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from calico_config.facts.facts import facts_of
from calico_core.errors import UsageError
from calico_migrate.calico.existing import read_pools
from calico_migrate.network.generation import generate
from calico_migrate.network.settings import GenerationSettings
from calico_migrate.policy.answering import reports
from calico_migrate.policy.answering.asking import Reply, ask, parse_port
from calico_migrate.policy.answering.traffic import traffic
from calico_migrate.policy.cluster.loading import read_documents
from calico_migrate.policy.cluster.site import build_site
from tests.migrate.policy.samples import address_set, app, cluster, policy

if TYPE_CHECKING:
    from pathlib import Path

    from calico_migrate.policy.cluster.model import Model

APPS = [
    app("/shop/web", {"role": "web"}),
    app("/shop/db", {"role": "db"}, ports=(5432, 9100), vip="/db:5000"),
    app("/old/web", network="dcos"),
    app("/host", network=None, ports=(8080,)),
]
DB = policy(
    "db",
    "role == 'db'",
    ingress=[
        {
            "action": "Allow",
            "protocol": "TCP",
            "source": {"selector": "role == 'web'"},
            "destination": {"ports": [5432]},
        }
    ],
)


def _ask(model: Model, source: str, destination: str, port: int | None = None, **more: Any) -> Reply:
    same_agent = more.pop("same_agent", False)
    return ask(
        model, source, destination, traffic(port, more.pop("protocol", None), **more), same_agent=same_agent
    )


def test_each_declared_port_is_answered() -> None:
    reply = _ask(cluster(APPS, [DB]), "/shop/web", "/shop/db")
    assert [(one.port, one.answer.verdict) for one in reply.asked] == [(5432, "allow"), (9100, "deny")]
    assert reply.verdict == "depends"
    report = reports.reply(reply)
    assert [port["verdict"] for port in report["ports"]] == ["allow", "deny"]
    assert report["trace"] == [*report["ports"][0]["trace"], *report["ports"][1]["trace"]]


def test_the_report_of_one_port_has_the_shape_of_the_contract() -> None:
    report = reports.reply(_ask(cluster(APPS, [DB]), "/shop/web", "/shop/db", 5432))
    assert list(report) == ["version", "verdict", "trace"]
    assert report["version"] == 1
    assert [list(step) for step in report["trace"]] == [
        ["direction", "endpoint", "policy", "rule", "action", "why"]
    ] * 2
    assert report["trace"][1]["policy"] == "NetworkPolicy/db"


def test_a_denial_says_what_would_have_to_change() -> None:
    model = cluster(APPS, [DB])
    (asked,) = _ask(model, "/shop/db", "/shop/db", 5432).asked
    why = asked.answer.trace[-1].why
    assert "ingress rule 0 of NetworkPolicy/db" in why
    assert "its source must be an endpoint with role == 'web'" in why
    (asked,) = _ask(model, "/shop/web", "/shop/db", 22).asked
    assert "it wants TCP, destination port 5432" in asked.answer.trace[-1].why
    # What a selector cannot find on any account.
    (asked,) = _ask(model, "/old/web", "/shop/db", 5432).asked
    assert "and no such set has this address" in asked.answer.trace[-1].why


def test_a_rule_that_denies_is_named_with_what_to_do() -> None:
    deny = policy("no", "role == 'db'", order=1, ingress=[{"action": "Deny"}])
    (asked,) = _ask(cluster(APPS, [DB, deny]), "/shop/web", "/shop/db", 5432).asked
    last = asked.answer.trace[-1]
    assert (last.policy, last.rule, last.action) == ("NetworkPolicy/no", 0, "Deny")
    assert "narrow ingress rule 0 of NetworkPolicy/no" in last.why
    assert "with a lower order" in last.why


@pytest.mark.parametrize(
    ("nets", "verdict"),
    [
        # The agents' own addresses are not known, their tunnel addresses lie in the pool.
        (["172.29.0.0/16"], "depends"),
        (["0.0.0.0/0"], "allow"),
        (["10.0.0.0/8"], "depends"),
        (["9.0.0.0/8"], "deny"),
        (["172.29.0.0/16", "0.0.0.0/1", "128.0.0.0/1"], "allow"),
    ],
)
def test_an_app_on_the_overlay_arrives_from_its_agent(nets: list[str], verdict: str) -> None:
    open_to = policy("db", "role == 'db'", ingress=[{"action": "Allow", "source": {"nets": nets}}])
    model = cluster(APPS, [open_to])
    for source in ("/old/web", "/host"):
        assert _ask(model, source, "/shop/db", 5432).verdict == verdict
        assert _ask(model, source, "/shop/db", 5432, same_agent=True).verdict == "allow"


def test_known_agents_settle_it() -> None:
    open_to = policy(
        "db",
        "role == 'db'",
        ingress=[{"action": "Allow", "source": {"nets": ["172.29.0.0/16", "10.0.0.0/24"]}}],
    )
    inside = cluster(APPS, [open_to], build_site(None, (), ["10.0.0.5", "10.0.0.6"]))
    assert _ask(inside, "/host", "/shop/db", 5432).verdict == "allow"
    partly = cluster(APPS, [open_to], build_site(None, (), ["10.0.0.5", "10.0.1.6"]))
    reply = _ask(partly, "/host", "/shop/db", 5432)
    assert reply.verdict == "depends"
    allowed, denied = reply.asked[0].answer.cases
    assert allowed.allowed
    assert not denied.allowed
    assert "10.0.1.6" in denied.when
    assert "10.0.0.5" in allowed.when


def test_both_traces_of_what_depends() -> None:
    half = policy("db", "role == 'db'", ingress=[{"action": "Allow", "source": {"nets": ["172.29.0.0/17"]}}])
    reply = _ask(cluster(APPS, [half]), "/shop/web", "/shop/db", 5432)
    assert reply.verdict == "depends"
    report = reports.reply(reply)
    assert [case["verdict"] for case in report["cases"]] == ["allow", "deny"]
    assert [case["when"] for case in report["cases"]] == [
        "the address of /shop/web is in 172.29.0.0/17",
        "the address of /shop/web is in 172.29.128.0/17",
    ]
    assert report["trace"] == [step for case in report["cases"] for step in case["trace"]]


def test_the_tunnel_behind_a_vip_is_named_in_the_condition() -> None:
    half = policy("db", "role == 'db'", ingress=[{"action": "Allow", "source": {"nets": ["172.29.0.0/17"]}}])
    cases = _ask(cluster(APPS, [half]), "/shop/web", "vip:/db:5000").asked[0].answer.cases
    assert cases[0].when == "the agent's tunnel address, behind vip:/db:5000, is in 172.29.0.0/17"


def test_what_covers_a_range_in_parts_covers_it() -> None:
    halves = policy(
        "db",
        "role == 'db'",
        ingress=[
            {"action": "Allow", "source": {"nets": ["172.29.0.0/17"]}},
            {"action": "Allow", "source": {"notNets": ["172.29.0.0/17"]}},
        ],
    )
    assert _ask(cluster(APPS, [halves]), "/shop/web", "/shop/db", 5432).verdict == "allow"


def test_egress_and_ingress_speak_of_the_same_address() -> None:
    """The source is in one half of the pool or in the other, never in both at once."""
    documents = [
        policy("out", "role == 'web'", egress=[{"action": "Allow", "source": {"nets": ["172.29.0.0/17"]}}]),
        policy("in", "role == 'db'", ingress=[{"action": "Allow", "source": {"notNets": ["172.29.0.0/17"]}}]),
    ]
    assert _ask(cluster(APPS, documents), "/shop/web", "/shop/db", 5432).verdict == "deny"


def test_a_vip_hides_the_client_from_the_server() -> None:
    model = cluster(APPS, [DB])
    reply = _ask(model, "/shop/web", "vip:/db:5000")
    assert reply.verdict == "deny"
    assert reply.asked[0].answer.trace[-1].endpoint == "/shop/db"
    # On one agent no ingress policy is asked.
    assert _ask(model, "/shop/web", "vip:/db:5000", same_agent=True).verdict == "allow"
    tunnels = policy(
        "more", "role == 'db'", ingress=[{"action": "Allow", "source": {"nets": ["172.29.0.0/16"]}}]
    )
    assert _ask(cluster(APPS, [DB, tunnels]), "/shop/web", "vip:/db:5000").verdict == "allow"


@pytest.mark.parametrize(
    ("nets", "verdict"),
    [(["11.0.0.0/8"], "allow"), (["172.29.0.0/16"], "deny"), (["11.1.0.0/16"], "depends")],
)
def test_egress_sees_the_vip(nets: list[str], verdict: str) -> None:
    out = policy("out", "role == 'web'", egress=[{"action": "Allow", "destination": {"nets": nets}}])
    assert _ask(cluster(APPS, [out]), "/shop/web", "vip:/db:5000").verdict == verdict


def test_a_vip_with_an_address() -> None:
    apps = [*APPS[:1], app("/dns", {"role": "dns"}, ports=(53,), vip="1.2.3.4:53", protocol="udp")]
    out = policy(
        "out",
        "role == 'web'",
        egress=[
            {"action": "Allow", "protocol": "UDP", "destination": {"nets": ["1.2.3.4/32"], "ports": [53]}}
        ],
    )
    model = cluster(apps, [out])
    reply = _ask(model, "/shop/web", "vip:1.2.3.4:53")
    assert (reply.verdict, reply.asked[0].protocol) == ("allow", 17)
    assert _ask(model, "/shop/web", "vip:1.2.3.5:53", protocol="udp").verdict == "deny"


def test_a_vip_with_several_servers() -> None:
    apps = [
        *APPS[:1],
        app("/one", {"n": "1"}, vip="/both:80"),
        app("/two", {"n": "2"}, vip="/both:80"),
    ]
    closed = policy("closed", "n == '1'", types=["Ingress"])
    reply = _ask(cluster(apps, [closed]), "/shop/web", "vip:/both:80")
    assert reply.verdict == "depends"
    assert {case.when for case in reply.asked[0].answer.cases} == {"/one answers", "/two answers"}


def test_addresses() -> None:
    model = cluster(APPS, [DB])
    assert _ask(model, "10.0.0.1", "/shop/db", 5432).verdict == "deny"
    assert _ask(model, "/shop/web", "8.8.8.8", 53, protocol="udp").verdict == "allow"
    assert _ask(model, "10.0.0.1", "8.8.8.8", 53).verdict == "allow"
    assert _ask(model, "/shop/db", "/host", 8080).verdict == "allow"
    assert _ask(model, "/shop/web", "/shop/db", protocol="icmp").verdict == "deny"


def test_profiles_come_from_the_network() -> None:
    pool = '{"kind": "IPPool", "metadata": {"name": "two"}, "spec": {"cidr": "10.2.0.0/16"}}'
    site = build_site(None, read_pools(pool, "-"), ())
    apps = [
        app("/one", network="calico"),
        app("/ucr", network="two"),
        app("/docker", network="two", docker=True),
    ]
    model = cluster(apps, [], site)
    # A profile that UCR's plugin creates lets its own network in, and labels it.
    assert _ask(model, "/ucr", "/ucr", 80).verdict == "allow"
    assert _ask(model, "/one", "/ucr", 80).verdict == "deny"
    # The one that Docker's plugin creates labels nobody.
    assert _ask(model, "/docker", "/docker", 80).verdict == "deny"
    assert any("no profile two is given" in note for note in model.notes)
    given = {
        "kind": "Profile",
        "metadata": {"name": "two"},
        "spec": {"ingress": [{"action": "Allow"}], "egress": [{"action": "Allow"}]},
    }
    assert _ask(cluster(apps, [given], site), "/one", "/docker", 80).verdict == "allow"


def test_an_unknown_container_network_is_told() -> None:
    model = cluster([app("/odd", network="macvlan")], [])
    assert "which is no overlay and no Calico network" in model.notes[0]


@pytest.mark.parametrize(
    ("source", "destination", "port", "protocol", "words"),
    [
        ("/shop/wep", "/shop/db", 80, None, "the nearest: /shop/web"),
        ("/shop/web", "/db", 80, None, "the nearest: /shop/db"),
        ("/shop/web", "vip:/dp:5000", None, None, "the nearest: vip:/db:5000"),
        ("/shop/web", "vip:db", None, None, "is no VIP"),
        ("vip:/db:5000", "/shop/db", 80, None, "nothing is sent from one"),
        ("/shop/web", "8.8.8.8", None, None, "declares no port"),
        ("/shop/web", "/shop/db", None, "udp", "declares no port for UDP"),
        ("/shop/web", "/shop/db", 0, None, "is no port"),
        ("/shop/web", "/shop/db", 80, "tpc", "no protocol"),
        ("/shop/web", "/shop/db", 80, "icmp", "has no ports"),
        ("/shop/web", "vip:/db:5000", 80, None, "--port says 80"),
        ("/shop/web", "vip:/db:5000", None, "udp", "speaks UDP"),
    ],
)
def test_wrong_usage(
    source: str, destination: str, port: int | None, protocol: str | None, words: str
) -> None:
    with pytest.raises(UsageError) as caught:
        _ask(cluster(APPS, []), source, destination, port, protocol=protocol)
    assert words in str(caught.value)


def test_a_port_that_is_assigned_at_launch() -> None:
    with pytest.raises(UsageError, match="assigned at launch"):
        _ask(cluster([app("/a", ports=(0,))], []), "/a", "/a")


def test_the_example_of_the_documentation(shared: Path) -> None:
    """The three apps and the policy of the DC/OS page about Calico, "Network policy examples"."""
    page = (shared / "reference" / "dcos-2.2-calico.md").read_text(encoding="utf-8")
    examples = page.partition("### Network policy examples")[2].partition("### Adding network profiles")[0]
    blocks = re.findall(r"^```json\n(.*?)^```$", examples, re.MULTILINE | re.DOTALL)
    definitions = [json.loads(block) for block in blocks]
    (text,) = re.findall(r"^```yaml\n(.*?)^```$", examples, re.MULTILINE | re.DOTALL)
    assert len(definitions) == 3
    model = cluster(definitions, read_documents(text, "policy.yaml", []))
    server = "/bookstore-server"
    assert _ask(model, "/bookstore-frontend", server, 80).verdict == "allow"
    denied = _ask(model, "/fruitstore-frontend", server, 80)
    assert denied.verdict == "deny"
    last = denied.asked[0].answer.trace[-1]
    assert (last.rule, last.action) == (1, "Deny")
    # Before the policy both came through, and the server's own requests still do.
    before = cluster(definitions, [])
    assert _ask(before, "/fruitstore-frontend", server, 80).verdict == "allow"
    assert _ask(model, server, "/fruitstore-frontend", 80).verdict == "allow"


def test_no_workload_speaks_to_the_tunnels() -> None:
    model = cluster(APPS, [])
    assert _ask(model, "/shop/web", "10.0.0.1", 64000, protocol="udp").verdict == "deny"
    assert _ask(model, "/shop/web", "10.0.0.1", 4789, protocol="udp").verdict == "allow"
    assert _ask(model, "/shop/web", "/shop/db", protocol="ipip").verdict == "deny"
    moved = cluster(APPS, [], build_site(facts_of("calico_vxlan_port: 4789\n"), (), ()))
    assert _ask(moved, "/shop/web", "10.0.0.1", 4789, protocol="udp").verdict == "deny"


def test_felix_keeps_its_own_vxlan_port_in_ip_in_ip_mode() -> None:
    def verdicts(model: Model) -> list[str]:
        ports = (64000, 4789, 5555)
        return [_ask(model, "/shop/web", "10.0.0.1", port, protocol="udp").verdict for port in ports]

    text = "calico_vxlan_enabled: false\ncalico_vxlan_port: 64000\n"
    ipip = build_site(facts_of(text), (), ())
    assert verdicts(cluster(APPS, [], ipip)) == ["allow", "deny", "allow"]
    # Pools of a cluster say it as well, unless config.yaml does.
    spec = {"cidr": "172.29.0.0/16", "ipipMode": "Always"}
    pool = json.dumps({"kind": "IPPool", "metadata": {"name": "default-ipv4-ippool"}, "spec": spec})
    pools = read_pools(pool, "pools.json")
    assert verdicts(cluster(APPS, [], build_site(None, pools, ()))) == ["allow", "deny", "allow"]
    vxlan = build_site(facts_of("calico_vxlan_enabled: true\n"), pools, ())
    assert verdicts(cluster(APPS, [], vxlan)) == ["deny", "allow", "allow"]
    # A FelixConfiguration counts where DC/OS sets nothing.
    felix = {"kind": "FelixConfiguration", "metadata": {"name": "default"}, "spec": {"vxlanPort": 5555}}
    assert verdicts(cluster(APPS, [felix], ipip)) == ["allow", "allow", "deny"]
    assert verdicts(cluster(APPS, [felix])) == ["deny", "allow", "allow"]
    node = {**felix, "metadata": {"name": "node.one"}}
    assert verdicts(cluster(APPS, [node], ipip)) == ["allow", "deny", "allow"]


def test_ports_of_the_command_line() -> None:
    assert parse_port("80") == (80, 6)
    assert parse_port("53/udp") == (53, 17)
    for wrong in ("0", "x", "80/icmp", "80/x", "70000"):
        with pytest.raises(UsageError):
            parse_port(wrong)


def test_what_a_node_itself_lets_in_is_not_asked() -> None:
    node = address_set("HostEndpoint", "node1", {"role": "node"}, "10.0.0.5")
    model = cluster(APPS, [node])
    (asked,) = _ask(model, "/shop/web", "10.0.0.5", 22).asked
    assert (
        "is HostEndpoint/node1's; what that lets into the node itself is not asked here"
        in asked.answer.trace[-1].why
    )
    (asked,) = _ask(model, "/shop/web", "10.0.0.6", 22).asked
    assert "not asked" not in asked.answer.trace[-1].why


def test_an_isolated_network_is_closed_to_labels_of_its_name() -> None:
    made = generate(GenerationSettings("role", "10.9.0.0/16", isolated=True))["profile.yaml"].content.decode()
    spec = {"cidr": "10.9.0.0/16"}
    pool = json.dumps({"kind": "IPPool", "metadata": {"name": "role"}, "spec": spec})
    apps = [
        app("/db", network="role", vip="/db:5000"),
        app("/web", network="role"),
        app("/web-docker", network="role", docker=True),
        app("/stranger", {"role": "x", "calico-migrate.member/role": ""}),
        app("/docker", {"role": "x"}, docker=True),
    ]
    model = cluster(
        apps, read_documents(made, "profile.yaml", []), build_site(None, read_pools(pool, "x"), ())
    )
    for source, verdict in (
        ("/web", "allow"),
        ("/web-docker", "allow"),
        ("/stranger", "deny"),
        ("/docker", "deny"),
    ):
        assert _ask(model, source, "/db", 80).verdict == verdict
    # As the README says: not even members reach one another through a VIP.
    assert _ask(model, "/web", "vip:/db:5000").verdict == "deny"
