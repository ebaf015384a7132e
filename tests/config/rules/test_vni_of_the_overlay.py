"""The VNI is the DC/OS overlay's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "vni-of-the-overlay"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        ("calico_vxlan_vni: 1024", "error", "1024", {}),
        ('calico_vxlan_vni: "1024"', "error", "1024", {}),
        ("calico_vxlan_vni: 0x400", "error", "1024", {}),
        ("calico_vxlan_vni: 02000", "error", "1024", {}),
        ("calico_vxlan_vni: 1_024", "error", "1024", {}),
        ("calico_vxlan_vni: 17:04", "error", "1024", {}),
        ("calico_vxlan_vni: 0b10000000000", "error", "1024", {}),
        ("calico_vxlan_vni: ' 1024'", "error", "1024", {}),
        ("calico_vxlan_vni: '01024'", "error", "1024", {}),
        ("calico_vxlan_vni: '1_024'", "error", "1024", {}),
        ("calico_vxlan_vni: 1024\ncalico_vxlan_port: 4789", "warning", "4789", {}),
        ("dcos_overlay_enable: false\ncalico_vxlan_vni: 1024", "warning", "overlay", {}),
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
        ("calico_vxlan_vni: 1025", {}),
        ("calico_vxlan_vni: 1024\ncalico_vxlan_enabled: false", {}),
        ("calico_vxlan_vni: 1024\ncalico_enabled: false", {}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
