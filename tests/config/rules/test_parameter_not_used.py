"""A parameter has no effect in this mode."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "parameter-not-used"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        ("calico_ipinip_mtu: 1480", "info", "VXLAN", {}),
        ("calico_ipinip_mtu: garbage", "warning", "refused by the installer", {}),
        ("calico_vxlan_enabled: false\ncalico_vxlan_vni: 0", "warning", "refused", {}),
        ("calico_vxlan_enabled: false\ncalico_vxlan_port: 4789", "info", "IP-in-IP", {}),
        ("calico_enabled: false\ncalico_network_cidr: garbage", "warning", "Calico is off", {}),
        ("calico_enabled: false\ncalico_network_cidr: 9.0.0.0/8", "warning", "collide", {}),
        ("calico_enabled: false\ncalico_network_cidr: 10.128.0.0/16", "info", "Calico is off", {}),
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
        ("calico_vxlan_mtu: 1450", {}),
        ("calico_enabled: false", {}),
        ("calico_enabled: false\ncalico_veth_mtu: 1", {"dcos_version": "2.1.0"}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
