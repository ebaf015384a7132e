from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_migrate.calico import read, read_resources, validate
from tests.migrate.calico.rules.documents import document, refusals

POLICY = """apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata:
  name: allow-web
spec:
  selector: role == 'web'
  ingress:
  - action: Allow
    protocol: "6"
    source:
      nets: [010.0.0.0/8]
    destination:
      ports: ["80", "8000:8080", "90:90", http]
"""


def test_a_resource_is_what_calico_holds() -> None:
    (resource,) = read_resources(POLICY)
    assert (resource.kind, resource.name, resource.namespace) == ("NetworkPolicy", "allow-web", "default")
    assert resource.valid
    rule = resource.spec["ingress"][0]
    assert rule["protocol"] == 6
    assert rule["destination"]["ports"] == [80, "8000:8080", 90, "http"]
    assert resource.document["spec"]["ingress"][0]["source"]["nets"] == ["10.0.0.0/8"]
    assert resource.document["metadata"] == {"name": "allow-web", "namespace": "default"}


def test_places() -> None:
    (resource,) = read_resources(POLICY)
    assert resource.position("spec", "ingress", 0, "protocol") == (9, 15)
    assert resource.position("spec", "ingress", 0, "destination", "ports", 1) == (13, 21)
    # Of what is not there, the place around it.
    assert resource.position("spec", "ingress", 0, "icmp", "type") == (8, 5)
    assert resource.pointer("spec", "ingress", 0) == "/spec/ingress/0"


def test_a_kind_without_namespaces_has_none() -> None:
    (resource,) = read_resources(document("IPPool", "{cidr: 10.1.0.0/16}"))
    assert resource.namespace == ""
    assert "namespace" not in resource.document["metadata"]


def test_several_documents() -> None:
    text = "---\n" + POLICY + "--- # the pool\n" + document("IPPool", "{cidr: 10.1.0.1/16}") + "---\n"
    resources = read_resources(text)
    assert [(resource.kind, resource.number, resource.valid) for resource in resources] == [
        ("NetworkPolicy", 0, True),
        ("IPPool", 1, False),
    ]
    (finding,) = validate(text)
    assert (finding.rule, finding.line) == ("invalid-pool-range", 19)


def test_a_list_of_one_kind() -> None:
    text = (
        "apiVersion: projectcalico.org/v3\nkind: IPPoolList\nmetadata: {resourceVersion: '12'}\nitems:\n"
        "- apiVersion: projectcalico.org/v3\n  kind: IPPool\n  metadata: {name: a}\n"
        "  spec: {cidr: 10.1.0.0/16, blockSize: 33}\n"
    )
    (resource,) = read_resources(text)
    assert resource.pointer("spec", "cidr") == "/items/0/spec/cidr"
    (finding,) = validate(text)
    assert (finding.rule, finding.pointer) == ("invalid-block-size", "/items/0/spec/blockSize")


def test_a_document_that_is_a_list() -> None:
    text = json.dumps(
        [
            {
                "apiVersion": "projectcalico.org/v3",
                "kind": "Profile",
                "metadata": {"name": "a"},
                "spec": {"labelsToApply": {"b": "c"}},
            }
        ]
    )
    (resource,) = read_resources(text)
    assert resource.spec == {"labelsToApply": {"b": "c"}}
    assert validate(text) == []


def test_merges_and_aliases() -> None:
    text = (
        "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {name: a}\n"
        "spec:\n  ingress:\n  - &base {action: Deny, protocol: TCP}\n  - {<<: *base, action: Allow}\n"
        "  - {action: Log, <<: *base}\n  - {<<: [{action: Pass}, *base]}\n  - *base\n"
    )
    (resource,) = read_resources(text)
    assert resource.spec["ingress"] == [
        {"action": "Deny", "protocol": "TCP"},
        {"action": "Allow", "protocol": "TCP"},
        # go-yaml 2.2 lets a merge win over what stands before it.
        {"action": "Deny", "protocol": "TCP"},
        {"action": "Pass", "protocol": "TCP"},
        {"action": "Deny", "protocol": "TCP"},
    ]


def test_json_with_tabs_and_windows_lines() -> None:
    text = json.dumps(read_resources(POLICY)[0].document, indent="\t").replace("\n", "\r\n")
    (resource,) = read_resources(text)
    assert resource.valid
    assert resource.position("spec", "selector").line > 1


def test_a_byte_order_mark_moves_no_column() -> None:
    (finding,) = validate("\ufeff" + "kind: x")
    assert (finding.line, finding.column) == (1, 1)


def test_what_is_no_yaml_is_known_apart() -> None:
    reading = read(document("IPPool", "{cidr: 10.1.0.0/16}") + "---\na: [\n")
    assert reading.unread is not None
    assert reading.unread in reading.problems
    assert len(reading.resources) == 1
    assert read(document("IPPool", "{cidr: 10.1.0.1/16}")).unread is None


def test_findings_are_in_the_order_of_their_places() -> None:
    found = validate(
        document("NetworkPolicy", "{selector: a, order: x, ingress: [{}], types: [z]}", "{name: _}")
    )
    places = [(finding.line, finding.column) for finding in found]
    assert places == sorted(places)
    assert len(found) == 5


def test_many_policies_are_read_in_a_moment() -> None:
    text = "---\n".join(POLICY.replace("allow-web", f"allow-{number}") for number in range(2_000))
    start = time.process_time()
    assert len(read_resources(text)) == 2_000
    assert time.process_time() - start < 10


def test_deep_nesting_is_answered() -> None:
    assert refusals("[" * 100_000) == {"invalid-yaml"}
    assert refusals(document("NetworkPolicy", "{ingress: " + "[" * 500 + "]" * 500 + "}")) == {"invalid-type"}


def test_many_merges_take_no_time() -> None:
    merges = "\n".join("  <<: *base" for _ in range(20_000))
    text = f"base: &base {{a: b}}\n{document('NetworkPolicy', '')}{merges}\n"
    assert "invalid-field" in refusals(text)


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(["Allow", "TCP", "a"]),
)
FIELD_NAMES = """apiVersion kind metadata spec name namespace labels annotations selector order types ingress
    egress action protocol source destination nets ports icmp type code http paths exact cidr blockSize ipip
    mode node interfaceName expectedIPs labelsToApply routeTableRange kubeNodePortRanges items"""
FIELDS = st.sampled_from(FIELD_NAMES.split())
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(FIELDS, inner, max_size=4)),
    max_leaves=12,
)
KIND_NAMES = """NetworkPolicy GlobalNetworkPolicy Profile NetworkSet GlobalNetworkSet HostEndpoint
    FelixConfiguration IPPool IPPoolList List"""
KINDS = st.sampled_from(KIND_NAMES.split())


@given(KINDS, st.dictionaries(FIELDS, VALUES, max_size=5), st.dictionaries(FIELDS, VALUES, max_size=3))
def test_no_resource_breaks_it(kind: str, spec: dict[str, object], metadata: dict[str, object]) -> None:
    value = {
        "apiVersion": "projectcalico.org/v3",
        "kind": kind,
        "metadata": metadata,
        "spec": spec,
        "items": [spec],
    }
    text = json.dumps(value)
    reading = read(text)
    for finding in reading.findings:
        assert finding.line is not None
        assert finding.message
    for resource in reading.resources:
        assert resource.document["kind"] == kind


@given(st.text(max_size=80))
def test_no_text_breaks_it(text: str) -> None:
    validate(text)
    validate(document("NetworkPolicy", "") + "  selector: " + text)


@given(st.data())
def test_no_cut_breaks_it(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(POLICY)))
    end = data.draw(st.integers(start, len(POLICY)))
    insertion = data.draw(st.text(alphabet="!&*-: \n[]{}'\"|>#0_y", max_size=6))
    validate(POLICY[:start] + insertion + POLICY[end:])


@pytest.mark.parametrize("kind", ["NetworkPolicy", "IPPool", "Profile"])
def test_a_spec_may_be_missing(kind: str) -> None:
    text = f"apiVersion: projectcalico.org/v3\nkind: {kind}\nmetadata: {{name: a}}\n"
    assert bool(refusals(text)) == (kind == "IPPool")
