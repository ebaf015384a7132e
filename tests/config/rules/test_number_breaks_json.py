"""A number breaks the JSON file that it is pasted into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "number-breaks-json"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        ('calico_veth_mtu: "01450"', "error", "calico.conf", {}),
        ('calico_veth_mtu: "1_450"', "error", "calico.conf", {}),
        ('calico_veth_mtu: "+1450"', "error", "calico.conf", {}),
        ('calico_veth_mtu: "\\uff11\\uff14\\uff15\\uff10"', "error", "calico.conf", {}),
        ("dcos_overlay_mtu: '01420'", "error", "agent.json", {}),
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
        ("calico_veth_mtu: 1_450", {}),
        ("calico_veth_mtu: '1450 '", {}),
        ("calico_vxlan_mtu: '01450'", {}),
        ("calico_enabled: false\ncalico_veth_mtu: '01450'", {}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
