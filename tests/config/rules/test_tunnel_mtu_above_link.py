"""The tunnel's packets do not fit through the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "tunnel-mtu-above-link"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        ("calico_vxlan_mtu: 1500", "warning", "at most 1450", {}),
        ("calico_vxlan_enabled: false\ncalico_ipinip_mtu: 1500", "warning", "at most 1480", {}),
        ("calico_vxlan_mtu: 1450", "warning", "at most 1410", {"cloud": "gce"}),
        ("", "info", "1450 (default)", {"link_mtu": 1400}),
        ("calico_vxlan_mtu: 1450", "info", "1350", {"cloud": "azure"}),
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
        ("calico_vxlan_mtu: 8951", {"cloud": "aws"}),
        ("calico_vxlan_mtu: 8950", {"link_mtu": 9000}),
        ("calico_vxlan_mtu: 1450", {}),
        ("calico_vxlan_mtu: 1350", {"cloud": "azure"}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
