"""Felix reads another number than the installer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "number-read-otherwise"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        ("calico_vxlan_port: '064000'", "error", "26624", {}),
        ("calico_vxlan_vni: '01024'", "error", "532", {}),
        ("calico_vxlan_mtu: '09000'", "warning", "1410", {}),
        ('calico_vxlan_mtu: "\\uff11\\uff14\\uff15\\uff10"', "warning", "1410", {}),
        ("calico_vxlan_mtu: 99999999999999999999", "warning", "1410", {}),
        ("calico_vxlan_enabled: false\ncalico_ipinip_mtu: '02670'", "error", "1464", {}),
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
        ("calico_vxlan_port: '64000'", {}),
        ("calico_vxlan_port: 010000", {}),
        ("calico_ipinip_mtu: '02670'", {}),
        ("calico_vxlan_mtu: ' 1450'", {}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
