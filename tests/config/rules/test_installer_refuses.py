"""The installer refuses the file, or ends in a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "installer-refuses"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        ("calico_vxlan_vni: 0", "error", "Must be between 1 and 16777215", {}),
        ("calico_enabled: 'True'", "error", "harmless in itself", {}),
        ("calico_veth_mtu:", "error", "crashes", {}),
        ("my_version: 2.1", "error", "my_version", {}),
        ("enable_ipv6: false", "error", "harmless in itself", {}),
        ("cluster_name: Köln", "error", "not ASCII", {}),
        ("5: 6", "error", "the key 5", {}),
        ("calico_vxlan_enabled: maybe\ncalico_vxlan_vni: 0", "error", "next round", {}),
        ("fault_domain_enabled: false", "error", "must be calculated", {}),
        ("calico_veth_mtu: |\n  1450", "error", "writes its files", {}),
        ("resolvers: [198.51.100.1]", "error", "Spartan", {}),
        ("master_list: [10.7.0.1, 10.7.0.2]", "error", "Found 2", {}),
        ('dcos_overlay_enable: false\ndcos_overlay_network: "not json"', "error", "harmless in itself", {}),
        ("ip_detect_filename: genconf/nope", "error", "ip_detect_filename", {}),
        ("use_proxy: true\nhttp_proxy: a\nhttps_proxy: b\nno_proxy: c", "error", "no_proxy: ", {}),
        ("use_proxy: true\nhttp_proxy: a\nhttps_proxy: b", "error", "use_proxy: ", {}),
    ],
)
def test_it_speaks(
    found: Callable[..., Any], lines: str, severity: str, words: str, options: dict[str, Any]
) -> None:
    findings = found(RULE, lines, **options)
    assert severity in [str(finding.severity) for finding in findings]
    assert any(words in f"{finding.message} {finding.hint}" for finding in findings)
    assert all(finding.hint and finding.source for finding in findings)


@pytest.mark.parametrize(
    ("lines", "options"),
    [
        ("", {}),
        ("resolvers: [198.51.100.1]", {"dcos_version": "2.1.4"}),
        ("calico_enabled: false\ncalico_network_cidr: garbage", {}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
