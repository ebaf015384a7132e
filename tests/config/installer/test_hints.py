"""A hint leads to a value that passes: each refusal's hint is taken as it stands, and the file looked at again."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from calico_config.checking import check_config
from calico_config.installer.table import _CHECKS
from calico_config.parameters import PARAMETERS

if TYPE_CHECKING:
    from calico_core.findings import Finding

BASE: dict[str, Any] = {
    "bootstrap_url": "http://10.7.0.9:8080",
    "cluster_name": "c",
    "exhibitor_storage_backend": "static",
    "master_discovery": "static",
    "master_list": ["10.7.0.1"],
}
OVERLAYS = ("dcos_overlay_network", "dcos_overlay_network_json")
NAMES = sorted(
    {*_CHECKS, *(parameter.name for parameter in PARAMETERS)} - {*OVERLAYS, "custom_check_bins_dir"}
)
# What users write by mistake: nothing, words, numbers, other types, lists, what is nearly right.
VALUES: list[Any] = [
    "",
    "x",
    "True",
    "a, b",
    "/x/",
    "zk://10.0.0.1:2181/x",
    "1 2 3 4 5 6 7 8",
    "10.0.0.300",
    "10.1.2.3/16",
    "http://h/",
    "1.5GB",
    -1,
    0,
    99999999,
    1.5,
    None,
    ["10.0.0.1", "10.0.0.1"],
    ["198.51.100.1", "10.0.0.53"],
    ["x"],
    [1],
    [],
    {},
    {"a": "b"},
]
WITH: dict[str, dict[str, Any]] = {
    "no_proxy": {"use_proxy": True, "http_proxy": "http://p:1", "https_proxy": "http://p:1"},
    "calico_ipinip_mtu": {"calico_vxlan_enabled": False},
    "exhibitor_zk_hosts": {"exhibitor_storage_backend": "zookeeper", "exhibitor_zk_path": "/x"},
    "exhibitor_zk_path": {"exhibitor_storage_backend": "zookeeper", "exhibitor_zk_hosts": "10.0.0.5:2181"},
    "num_masters": {
        "master_discovery": "master_http_loadbalancer",
        "exhibitor_address": "10.0.0.2",
        "exhibitor_storage_backend": "zookeeper",
        "exhibitor_zk_hosts": "10.0.0.5:2181",
        "exhibitor_zk_path": "/x",
    },
}


def _refusals(config: dict[str, Any]) -> list[Finding]:
    found = check_config(yaml.safe_dump(config, sort_keys=False)).findings
    return [finding for finding in found if finding.rule == "installer-refuses"]


def _follow(config: dict[str, Any], finding: Finding) -> dict[str, Any]:
    """The configuration with a hint taken as it stands."""
    changed = dict(config)
    written = re.search(r"`(\w+: [^`]*)`", finding.hint)
    if written:
        changed.update(yaml.safe_load(written[1]))
        return changed
    named = re.search(r"remove the line(?: of ((?:\w+(?: and of )?)+))?", finding.hint)
    assert named, (finding.message, finding.hint)
    names = named[1].split(" and of ") if named[1] else [(finding.pointer or "").strip("/").partition("/")[0]]
    for name in names:
        changed.pop(name, None)
    return changed


def _settled(config: dict[str, Any]) -> dict[str, Any]:
    """The configuration after all hints; each round must leave fewer refusals, or other ones."""
    seen: set[str] = set()
    for _ in range(12):
        refused = _refusals(config)
        if not refused:
            return config
        config = _follow(config, refused[0])
        state = json.dumps(config, default=str)
        assert state not in seen, (refused[0].message, refused[0].hint)
        seen.add(state)
    raise AssertionError(f"not settled: {_refusals(config)}")


@pytest.mark.parametrize("name", NAMES)
def test_a_hint_leads_to_a_value_that_passes(name: str) -> None:
    for value in VALUES:
        if name.endswith("_filename") and value not in ("", None, 1.5):
            # A script that is not there can only be put there.
            continue
        config = {**BASE, **WITH.get(name, {}), name: value}
        refused = _refusals(config)
        if refused:
            changed = _follow(config, refused[0])
            again = {finding.message for finding in _refusals(changed)}
            assert refused[0].message not in again, (value, refused[0].message, refused[0].hint)
            settled = check_config(yaml.safe_dump(_settled(changed), sort_keys=False)).findings
            about = [one for one in settled if (one.pointer or "").startswith(f"/{name}")]
            assert [one for one in about if one.severity.value == "error"] == [], value


@pytest.mark.parametrize(
    "config",
    [
        {key: value for key, value in BASE.items() if key != left_out}
        for left_out in ("bootstrap_url", "master_list", "master_discovery", "cluster_name")
    ]
    + [
        {**BASE, "use_proxy": True},
        {**BASE, "use_proxy": "true", "http_proxy": "http://p:1", "https_proxy": "http://p:1"},
        {**BASE, "enable_ipv6": False},
        {**BASE, "master_discovery": "master_http_loadbalancer"},
        {**BASE, "adminrouter_tls_1_1_enabled": False, "adminrouter_tls_1_2_enabled": False},
        {**BASE, "superuser_service_account_uid": "a"},
        {**BASE, "num_masters": 3},
        {**BASE, "master_list": ["10.0.0.1", "10.0.0.2"]},
        {**BASE, "dcos_overlay_network_default_name": "gone"},
        {**BASE, "calico_vxlan_enabled": "maybe", "calico_vxlan_vni": 0, "calico_veth_mtu": "x", "a": None},
    ],
)
def test_parameters_that_go_together(config: dict[str, Any]) -> None:
    assert _refusals(config)
    _settled(config)


def test_hints_fit_the_reason() -> None:
    (finding,) = _refusals({**BASE, "dns_search": "a b c d e f g h"})
    assert finding.hint.endswith("`dns_search: a b c d e f`")
    (finding,) = _refusals(
        {**BASE, "use_proxy": True, "http_proxy": "http://p:1", "https_proxy": "http://p:1"}
    )
    assert finding.message.startswith("no_proxy and use_proxy")
    assert "`no_proxy: []`" in finding.hint
    (finding,) = _refusals({**BASE, "resolvers": ["198.51.100.1", "10.0.0.53"]})
    assert finding.hint.endswith('`resolvers: ["10.0.0.53"]`')
    (finding,) = _refusals({**BASE, "bootstrap_url": "http://10.0.0.1/"})
    assert finding.hint.endswith("`bootstrap_url: http://10.0.0.1`")


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("10.64.1.1/16", "`calico_network_cidr: 10.64.0.0/16`, without host bits"),
        ("10.7.1.1/16", "10.7.0.0/16, which is meant, cannot be Calico's"),
        ("9.1.2.3/16", "9.1.0.0/16, which is meant, cannot be Calico's"),
        ("ten", "such as `calico_network_cidr: 172.29.0.0/16`"),
        ("10.64.0.1/28", "10.64.0.0/28, which is meant, cannot be Calico's"),
    ],
)
def test_the_network_of_a_hint_is_free(written: str, hint: str) -> None:
    config = {**BASE, "calico_network_cidr": written}
    (finding,) = _refusals(config)
    assert hint in finding.hint
    changed = _follow(config, finding)
    again = check_config(yaml.safe_dump(changed)).findings
    assert [one for one in again if one.severity.value == "error"] == []


def test_the_resolver_of_a_hint_can_be_one() -> None:
    config = {**BASE, "resolvers": ["198.51.100.1", "11.0.0.53"]}
    (finding,) = _refusals(config)
    changed = _follow(config, finding)
    again = check_config(yaml.safe_dump(changed)).findings
    assert [one for one in again if one.severity.value == "error"] == []


def test_all_rounds_are_told_at_once() -> None:
    config = {
        **BASE,
        "calico_veth_mtu": None,
        "calico_vxlan_enabled": "maybe",
        "calico_vxlan_vni": 0,
        "use_proxy": True,
        "http_proxy": "http://p:1",
        "https_proxy": "http://p:1",
        "resolvers": ["x"],
    }
    told = {finding.message.split(":")[0] for finding in _refusals(config)}
    assert told == {
        "calico_veth_mtu",
        "calico_vxlan_enabled",
        "calico_vxlan_vni",
        "no_proxy and use_proxy",
        "resolvers",
    }


VTEPS = {"vtep_subnet": "44.128.0.0/20", "vtep_subnet6": "fd01:a::/64", "vtep_mac_oui": "70:B3:D5:00:00:00"}
DCOS = {"name": "dcos", "subnet": "9.0.0.0/8", "prefix": 24}


@pytest.mark.parametrize(
    ("changes", "overlay", "words"),
    [
        ({"vtep_subnet6": None}, {}, "add vtep_subnet6: fd01:a::/64"),
        ({"vtep_mac_oui": None}, {}, "add vtep_mac_oui"),
        ({"vtep_subnet": "44.128.0.1/20"}, {}, "for example 44.128.0.0/20"),
        ({"vtep_subnet6": "x"}, {}, "for example fd01:a::/64"),
        ({"vtep_mtu": 10}, {}, "at least 552"),
        ({}, {"subnet": "9.0.0.1/8"}, "for example 9.0.0.0/8"),
        ({}, {"name": "far-too-long-a-name"}, "at most 13 characters"),
        ({}, {"name": "blue"}, "`dcos_overlay_network_default_name: blue`"),
        ({}, {"enabled": "false"}, "enabled: true or enabled: false, without quotes"),
    ],
)
def test_hints_about_the_overlays(changes: dict[str, Any], overlay: dict[str, Any], words: str) -> None:
    network = {**VTEPS, "overlays": [{**DCOS, **overlay}], **changes}
    network = {name: value for name, value in network.items() if value is not None}
    found = _refusals({**BASE, "dcos_overlay_network": network})
    assert words in found[0].hint
    # The value that the hint names is accepted.
    assert _refusals({**BASE, "dcos_overlay_network": {**VTEPS, "overlays": [DCOS]}}) == []
    if "`" in words:
        assert _refusals(_follow({**BASE, "dcos_overlay_network": network}, found[0])) == []
