"""Reading pools and profiles as calicoctl prints them."""

from __future__ import annotations

import json

import pytest

from calico_core.errors import InputError
from calico_migrate.calico.existing import comparable, read_pools, read_profiles

POOL = {
    "kind": "IPPool",
    "apiVersion": "projectcalico.org/v3",
    "metadata": {
        "name": "web",
        "creationTimestamp": "2026-01-02T03:04:05Z",
        "annotations": {"org.projectcalico.label.network.ID": "12345678"},
    },
    "spec": {"cidr": "10.1.0.0/16", "blockSize": 24, "vxlanMode": "Always", "natOutgoing": True},
}

YAML_LIST = """apiVersion: projectcalico.org/v3
items:
- apiVersion: projectcalico.org/v3
  kind: IPPool
  metadata:
    annotations:
      org.projectcalico.label.network.ID: "12345678"
    creationTimestamp: "2026-01-02T03:04:05Z"
    name: web
  spec:
    blockSize: 24
    cidr: 10.1.0.0/16
    natOutgoing: true
    vxlanMode: Always
- apiVersion: projectcalico.org/v3
  kind: IPPool
  metadata:
    name: default-ipv6-ippool
  spec:
    cidr: fd80:24e2:f998:72d6::/64
    disabled: true
kind: IPPoolList
metadata:
  resourceVersion: "42"
"""


def test_a_pool_and_its_defaults() -> None:
    web, other = read_pools(YAML_LIST, "pools")
    assert web.name == "web"
    assert web.cidr == "10.1.0.0/16"
    assert (web.block_size, web.vxlan_mode, web.ipip_mode) == (24, "Always", "Never")
    assert web.nat_outgoing is True
    assert web.disabled is False
    assert web.node_selector == "all()"
    assert web.annotations == {"org.projectcalico.label.network.ID": "12345678"}
    assert (other.block_size, other.disabled, other.nat_outgoing) == (122, True, False)
    assert web.mode == "vxlan"


@pytest.mark.parametrize(
    "document",
    [
        POOL,
        [POOL],
        {"kind": "IPPoolList", "items": [POOL]},
        {"kind": "IPPoolList", "items": [POOL | {"kind": "IPPool"}]},
    ],
    ids=["one", "array", "list", "list-of-kinds"],
)
def test_every_shape_that_calicoctl_prints(document: object) -> None:
    as_json = read_pools(json.dumps(document), "pools")
    assert [pool.name for pool in as_json] == ["web"]
    assert as_json[0] == read_pools(YAML_LIST, "pools")[0]


def test_items_without_a_kind_and_no_items_at_all() -> None:
    item = {key: value for key, value in POOL.items() if key != "kind"}
    assert read_pools(json.dumps({"kind": "IPPoolList", "items": [item]}), "pools")[0].name == "web"
    assert read_pools('{"kind": "IPPoolList", "items": []}', "pools") == ()
    assert read_pools('{"kind": "IPPoolList", "items": null}', "pools") == ()
    assert read_pools("[]", "pools") == ()


def test_an_annotation_stays_text() -> None:
    text = YAML_LIST.replace('"12345678"', "12345678")
    assert read_pools(text, "pools")[0].annotations == {"org.projectcalico.label.network.ID": "12345678"}


@pytest.mark.parametrize(
    "text, says",
    [
        ("", "empty"),
        ("Failed to get resources: connection refused", "has no kind"),
        ('{"kind": "Profile", "metadata": {"name": "x"}}', "kind IPPool is expected, and this has 'Profile'"),
        ('{"metadata": {"name": "x"}}', "no kind"),
        ("NAME   CIDR\nweb   10.1.0.0/16\n", "no YAML|not what"),
        ('{"kind": "IPPool", "metadata": {"name": "x"}, "spec": {}}', "no CIDR"),
        ('{"kind": "IPPool", "spec": {"cidr": "10.0.0.0/8"}}', "no name"),
        (
            '{"kind": "IPPool", "metadata": {"name": "x"}, "spec": {"cidr": "10.0.0.0/8", "blockSize": "9"}}',
            "number",
        ),
        ('{"kind": "IPPool", "metadata": [], "spec": 5}', "no mapping"),
        ('{"kind": "IPPoolList", "items": {}}', "no list"),
        ('{"kind": "IPPool"', "no JSON"),
        ("kind: *alias", "alias"),
        ("a: {b: [", "no YAML"),
        ("[" * 100_000, "nested deeper"),
        ("a: " + "[" * 5000, "nested deeper"),
        ("a: \x00", "no YAML"),
    ],
)
def test_what_is_something_else(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says.replace("`", ".")):
        read_pools(text, "pools")


def test_profiles_of_json_and_yaml_are_equal() -> None:
    profile = {
        "kind": "Profile",
        "metadata": {"name": "web", "labels": {"x": "1"}},
        "spec": {
            "labelsToApply": {"web": "", "tier": "5"},
            "ingress": [{"action": "Allow", "source": {"selector": "has(web)", "ports": [80, "90:95"]}}],
            "egress": [{"action": "Allow", "destination": {}, "source": {}}],
        },
    }
    text = """
kind: Profile
metadata: {name: web, labels: {x: "1"}}
spec:
  labelsToApply: {web: "", tier: 5}
  ingress:
  - action: Allow
    source: {selector: has(web), ports: [80, "90:95"]}
  egress:
  - action: Allow
"""
    (from_json,) = read_profiles(json.dumps(profile), "profiles")
    assert (from_json,) == read_profiles(text, "profiles")
    assert from_json.labels_to_apply == {"web": "", "tier": "5"}
    assert from_json.egress == [{"action": "Allow"}]


def test_comparable_values() -> None:
    assert comparable({"a": 1, "b": {}, "c": [True, None, ""], "d": None}) == {
        "a": "1",
        "c": ["true", None, ""],
    }
