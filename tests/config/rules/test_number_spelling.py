"""A number means something else than its digits say, or is written in an unusual way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "number-spelling"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        ("calico_vxlan_vni: 17:05", "info", "base 60", {}),
        ("calico_vxlan_port: 0x1000", "info", "hexadecimal", {}),
        ("calico_vxlan_port: 010000", "warning", "octal", {}),
        ("calico_vxlan_mtu: 1_450", "info", "separator", {}),
        ("calico_vxlan_mtu: ' 1450'", "info", "spaces", {}),
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
        ('calico_vxlan_mtu: "1450"', {}),
        ("calico_vxlan_mtu: garbage", {}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
