from __future__ import annotations

import json
import time

from hypothesis import given
from hypothesis import strategies as st

from calico_config.facts.facts import facts_of
from calico_core.exits import ExitCode
from calico_core.findings import Severity
from calico_core.report import Report
from calico_migrate.policy.checking.checking import check
from calico_migrate.policy.cluster.site import build_site
from calico_migrate.policy.cluster.workloads import read_workloads
from tests.migrate.policy.rules.checked import app, policy

BOOKSTORE = """apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata:
  name: books-only
spec:
  selector: biz_type == 'bookstore' && role == 'server'
  types:
  - Ingress
  ingress:
  - action: Allow
    protocol: TCP
    source:
      selector: biz_type == 'bookstore'
    destination:
      ports:
      - 80
  - action: Deny
    protocol: TCP
    source:
      selector: biz_type == 'fruitstore'
"""
APPS = [
    app("/bookstore-frontend", {"biz_type": "bookstore"}),
    app("/bookstore-server", {"biz_type": "bookstore", "role": "server"}),
    app("/fruitstore-frontend", {"biz_type": "fruitstore"}),
]


def test_the_bookstore_has_a_redundant_rule_and_nothing_else() -> None:
    workloads, _ = read_workloads(json.dumps(APPS))
    (report,) = check({"books.yaml": BOOKSTORE}, workloads)
    assert (report.path, report.kind) == ("books.yaml", "calico")
    assert [(finding.rule, finding.line) for finding in report.findings] == [("redundant-deny", 17)]


def test_reports_come_in_the_order_of_the_files() -> None:
    reports = check([("b.yaml", policy("")), ("a.yaml", policy("", "c"))])
    assert [report.path for report in reports] == ["b.yaml", "a.yaml"]


def test_a_file_that_is_no_yaml_is_told_once() -> None:
    broken, fine = check(
        {"broken.yaml": policy("selector: x y") + "---\na: [\n", "fine.yaml": policy("", "b")}
    )
    assert broken.error is not None
    assert broken.error.line == 7
    assert [finding.rule for finding in broken.findings] == ["invalid-selector"]
    assert Report([broken, fine]).exit_code(Severity.ERROR) == ExitCode.UNREADABLE


def test_what_calico_refuses_is_not_looked_at_further() -> None:
    (report,) = check({"a.yaml": policy("selector: x y, types: [Ingress], egress: [{action: Deny}]")})
    assert [finding.rule for finding in report.findings] == ["invalid-selector"]


def test_the_clusters_ranges_count() -> None:
    server = app(
        "/server", {"role": "server"}, ports=[{"containerPort": 80, "labels": {"VIP_0": "/server:80"}}]
    )
    workloads, _ = read_workloads(json.dumps([server]))
    text = policy("selector: role == 'server', ingress: [{action: Allow, source: {nets: [10.9.0.0/16]}}]")
    rules = [finding.rule for finding in check({"a": text}, workloads)[0].findings]
    assert rules == ["server-behind-proxy"]
    site = build_site(facts_of("calico_network_cidr: 10.9.0.0/16\n"), (), ())
    assert check({"a": text}, workloads, site)[0].findings == []


def test_nets_that_only_go_reads_are_understood() -> None:
    (report,) = check({"a": policy("ingress: [{action: Allow, source: {nets: [010.0.0.0/08]}}]")})
    assert report.findings == []


def test_ten_thousand_policies() -> None:
    rules = "types: [Egress], egress: [{action: Allow, destination: {selector: has(x)}}]"
    texts = [policy(f"selector: role == 'server-{n}', {rules}", f"p{n}") for n in range(10_000)]
    workloads, _ = read_workloads(json.dumps([app(f"/a{n}", {"role": f"server-{n}"}) for n in range(200)]))
    start = time.process_time()
    (report,) = check({"all.yaml": "---\n".join(texts)}, workloads)
    assert time.process_time() - start < 60
    found = [finding.rule for finding in report.findings]
    assert found.count("egress-without-dns") == 10_000
    assert found.count("selector-selects-nothing") == 9_800 + 10_000


RULES = st.fixed_dictionaries(
    {"action": st.sampled_from(["Allow", "Deny", "Log", "Pass"])},
    optional={
        "protocol": st.sampled_from(["TCP", "UDP", 6, 132]),
        "source": st.fixed_dictionaries(
            {},
            optional={
                "selector": st.sampled_from(["has(a)", "a == 'b'", "!has(a)", "all()"]),
                "notSelector": st.sampled_from(["has(a)"]),
                "nets": st.lists(st.sampled_from(["10.0.0.0/8", "172.29.0.0/16", "11.0.0.0/8"]), max_size=2),
                "notNets": st.just(["10.0.0.0/8"]),
            },
        ),
    },
)
SPECS = st.fixed_dictionaries(
    {},
    optional={
        "order": st.one_of(st.none(), st.integers(0, 3), st.floats(0, 1)),
        "selector": st.sampled_from(["", "all()", "a == 'b'", "!has(a)", "has(calico)"]),
        "types": st.lists(st.sampled_from(["Ingress", "Egress"]), unique=True),
        "ingress": st.lists(RULES, max_size=4),
        "egress": st.lists(RULES, max_size=4),
    },
)
KINDS = st.sampled_from(["NetworkPolicy", "GlobalNetworkPolicy"])


@given(st.lists(st.tuples(KINDS, SPECS), max_size=5), st.booleans())
def test_no_policies_break_it(policies: list[tuple[str, dict[str, object]]], with_apps: bool) -> None:
    text = "\n---\n".join(
        json.dumps(
            {
                "apiVersion": "projectcalico.org/v3",
                "kind": kind,
                "metadata": {"name": f"p{number}"},
                "spec": spec,
            }
        )
        for number, (kind, spec) in enumerate(policies)
    )
    apps = [
        app(
            "/a", {"a": "b"}, ports=[{"containerPort": 80, "labels": {"VIP_0": "/a:80"}}], cmd="curl 11.1.1.1"
        ),
        app("/b", network="dcos"),
    ]
    workloads = read_workloads(json.dumps(apps))[0] if with_apps else None
    (report,) = check({"a": text}, workloads)
    for finding in report.findings:
        assert finding.line is not None
