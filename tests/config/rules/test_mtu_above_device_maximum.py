"""The MTU is larger than a network device can have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "mtu-above-device-maximum"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        ("calico_vxlan_mtu: 65536", "error", "calico_vxlan_mtu", {}),
        ("calico_veth_mtu: 100000", "error", "calico_veth_mtu", {}),
        ("calico_vxlan_enabled: false\ncalico_ipinip_mtu: 70000", "error", "calico_ipinip_mtu", {}),
        ("dcos_overlay_mtu: 65536", "error", "dcos_overlay_mtu", {}),
        ('dcos_overlay_network: {VTEPS, "overlays": [DCOS], "vtep_mtu": 65536}', "error", "vtep_mtu", {}),
        ("calico_veth_mtu: 99999999999999999999", "error", "calico_veth_mtu", {}),
        ("calico_vxlan_mtu: 9223372036854775807", "error", "calico_vxlan_mtu", {}),
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
        ("calico_vxlan_mtu: 65535", {}),
        ("calico_ipinip_mtu: 70000", {}),
        # Felix cannot read it, and takes its default: number-read-otherwise warns of that.
        ("calico_vxlan_mtu: 99999999999999999999", {}),
        ("calico_vxlan_enabled: false\ncalico_ipinip_mtu: 99999999999999999999", {}),
        ("dcos_overlay_enable: false\ndcos_overlay_mtu: 65536", {}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
