from __future__ import annotations

import json
from typing import Any

import jsonpatch
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calico_core.findings import Severity
from calico_migrate.policy.answering.asking import ask
from calico_migrate.policy.answering.traffic import traffic
from calico_migrate.policy.checking.checking import check
from calico_migrate.policy.cluster.loading import read_documents
from calico_migrate.policy.cluster.model import Model, compile_resources
from calico_migrate.policy.cluster.site import default_site
from calico_migrate.policy.cluster.workloads import read_workloads
from calico_migrate.policy.scaffold import Draft, draft
from tests.migrate.policy.samples import app

APPS = [
    app("/shop/web", ports=(8080,)),
    app("/shop/db", {"role": "db"}, ports=(5432,), vip="/db:5000"),
    app("/shop/cache", docker=True, ports=(6379,)),
    app("/shop/dns", {"role": "dns"}, ports=(53,), protocol="udp,tcp", vip="/dns:53"),
    app("/worker", ports=()),
    app("/old", network="dcos"),
]


def _drafted(apps: list[dict[str, Any]], *, egress: bool = False) -> tuple[Model, Draft]:
    """A model of the apps with the labels and policies of their draft."""
    text = json.dumps(apps)
    workloads, _ = read_workloads(text, "apps.json")
    found = draft(Model(compile_resources([]), workloads, default_site()), egress=egress)
    labelled = jsonpatch.apply_patch(apps, found.patches.get("apps.json", []))
    workloads, _ = read_workloads(json.dumps(labelled), "apps.json")
    documents = read_documents(found.policies, "policies.yaml", [])
    return Model(compile_resources(documents), workloads, default_site()), found


def _verdict(
    model: Model, source: str, target: str, port: int | None = None, protocol: str | None = None
) -> str:
    return ask(model, source, target, traffic(port, protocol), same_agent=False).verdict


@pytest.mark.parametrize("egress", [False, True])
def test_it_passes_the_check(egress: bool) -> None:
    model, found = _drafted(APPS, egress=egress)
    (report,) = check({"policies.yaml": found.policies}, list(model.workloads), default_site())
    assert report.error is None
    (only,) = [one for one in report.findings if one.severity is not Severity.INFO]
    # With all the labels in place the policy for the time before has nothing to do any more.
    assert (only.rule, only.severity) == ("selector-selects-nothing", Severity.WARNING)
    assert only.line is not None
    assert any("app-unlabelled" in line for line in found.policies.splitlines()[only.line - 4 : only.line])


def test_nothing_is_cut_off_before_the_labels_are_there() -> None:
    text = json.dumps(APPS)
    workloads, _ = read_workloads(text, "apps.json")
    found = draft(Model(compile_resources([]), workloads, default_site()), egress=False)
    documents = read_documents(found.policies, "policies.yaml", [])
    model = Model(compile_resources(documents), workloads, default_site())
    for target, port in (("/shop/web", 8080), ("/shop/db", 5432), ("/shop/cache", 6379)):
        assert _verdict(model, "/shop/dns", target, port) == "allow"
        assert _verdict(model, "/shop/dns", target, 22) == "deny"
    # An app with a label of its own is not opened further by it.
    assert _verdict(model, "/shop/dns", "/shop/db", 8080) == "deny"


def test_a_draft_without_missing_labels_has_no_finding_at_all() -> None:
    apps = [app("/a", {"app": "a"}), app("/b", {"app": "b"}, vip="/b:80")]
    model, found = _drafted(apps)
    (report,) = check({"policies.yaml": found.policies}, list(model.workloads), default_site())
    assert list(report.findings) == []


@pytest.mark.parametrize("egress", [False, True])
def test_it_does_what_it_promises(egress: bool) -> None:
    model, _ = _drafted(APPS, egress=egress)
    on_calico = ["/shop/web", "/shop/db", "/shop/cache", "/shop/dns", "/worker"]
    for source in on_calico:
        for target in on_calico:
            for port in model.parties[target].ports:
                protocol = "udp" if port.protocol == 17 else "tcp"
                assert _verdict(model, source, target, port.number, protocol) == "allow", (source, target)
            assert _verdict(model, source, target, 22) == "deny"
        # Behind a virtual address the server sees the agent's tunnel address.
        assert _verdict(model, source, "vip:/db:5000") == "allow"
        assert _verdict(model, source, "198.51.100.1", 53, "udp") == "allow"
        assert _verdict(model, source, "8.8.8.8", 443) == ("deny" if egress else "allow")
    # Ports without a virtual address are closed to the agents.
    assert _verdict(model, "/old", "/shop/web", 8080) == "deny"
    assert _verdict(model, "10.0.0.1", "/shop/db", 5432) == "deny"


def test_labels_go_where_the_runtime_reads_them() -> None:
    _, found = _drafted(APPS)
    operations = found.patches["apps.json"]
    assert [(one["op"], one["path"]) for one in operations] == [
        ("test", "/0/networks/0"),
        ("add", "/0/networks/0/labels"),
        ("test", "/2/container/docker/parameters"),
        ("add", "/2/container/docker/parameters/-"),
        ("test", "/4/networks/0"),
        ("add", "/4/networks/0/labels"),
    ]
    assert operations[1]["value"] == {"marathon-app": "shop.web"}
    assert operations[3]["value"] == {
        "key": "label",
        "value": "org.projectcalico.label.marathon-app=shop.cache",
    }
    assert any("/old is not on Calico" in note for note in found.notes)


def test_an_app_with_a_label_of_its_own_needs_no_patch() -> None:
    _, found = _drafted([app("/a", {"app": "a", "team": "t"}), app("/b", {"app": "b", "team": "t"})])
    assert found.patches == {}
    assert "app == 'a'" in found.policies
    assert "First give the apps their labels" not in found.policies


def test_pods_and_groups_are_patched_in_their_place() -> None:
    document = {
        "id": "/",
        "apps": [],
        "groups": [
            {
                "id": "shop",
                "apps": [app("web"), app("cart", docker=True)],
                "pods": [{"id": "/pod", "containers": [], "networks": [{"name": "calico"}]}],
            }
        ],
    }
    del document["groups"][0]["apps"][1]["container"]["docker"]["parameters"]  # type: ignore[index]
    workloads, _ = read_workloads(json.dumps(document), "group.json")
    found = draft(Model(compile_resources([]), workloads, default_site()), egress=False)
    labelled = jsonpatch.apply_patch(document, found.patches["group.json"])
    again, _ = read_workloads(json.dumps(labelled), "group.json")
    assert {one.id: dict(one.labels("calico").arrived) for one in again} == {
        "/shop/web": {"marathon-app": "shop.web"},
        "/shop/cart": {"marathon-app": "shop.cart"},
        "/pod": {"marathon-app": "pod"},
    }


def test_what_cannot_be_patched_is_told() -> None:
    _, found = _drafted([{"id": "/job", "run": {"cmd": "x", "networks": [{"name": "calico"}]}}])
    assert found.patches == {}
    assert any("by hand" in note for note in found.notes)


IDS = st.lists(st.sampled_from(["a", "b", "a-b", "x" * 40, "web.v1"]), min_size=1, max_size=4).map(
    lambda parts: "/" + "/".join(parts)
)


@given(
    st.dictionaries(
        IDS,
        st.tuples(
            st.booleans(),
            st.lists(st.sampled_from([80, 443, 5000]), max_size=2, unique=True),
            st.dictionaries(st.sampled_from(["app", "x/y"]), st.sampled_from(["1", "2"]), max_size=2),
        ),
        min_size=1,
        max_size=4,
    ),
    st.booleans(),
)
@settings(max_examples=40)
def test_any_apps(apps: dict[str, tuple[bool, list[int], dict[str, str]]], egress: bool) -> None:
    definitions = [
        app(identity, labels, docker=docker, ports=tuple(ports))
        for identity, (docker, ports, labels) in apps.items()
    ]
    model, found = _drafted(definitions, egress=egress)
    (report,) = check({"policies.yaml": found.policies}, list(model.workloads), default_site())
    assert [one for one in report.findings if one.severity is Severity.ERROR] == []
    for target, (_, ports, _) in apps.items():
        for source in apps:
            for port in (80, 443, 5000, 22):
                wanted = "allow" if port in ports else "deny"
                assert _verdict(model, source, target, port) == wanted


def test_marathons_health_checks_come_in() -> None:
    checked = {
        **app("/web", {"app": "web"}, ports=(80, 81)),
        "healthChecks": [{"protocol": "HTTP", "path": "/"}, {"protocol": "TCP", "port": 9000}],
    }
    model, found = _drafted([checked, app("/db", {"app": "db"}, ports=(5432,))])
    assert "Marathon's own health checks" in found.policies
    # A master's tunnel address is in the pool.
    for port, verdict in ((80, "allow"), (9000, "allow"), (81, "deny")):
        assert _verdict(model, "172.29.77.1", "/web", port) == verdict
    assert _verdict(model, "172.29.77.1", "/db", 5432) == "deny"
    # What begins with MESOS_ runs on the agent itself, and needs nothing.
    inside = {**checked, "healthChecks": [{"protocol": "MESOS_HTTP", "path": "/"}]}
    _, found = _drafted([inside])
    assert "health checks, which" not in found.policies
