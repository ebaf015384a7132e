"""A parameter does not exist, and its name looks like one that does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "unknown-parameter"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        ("calico_enable: false", "warning", "calico_enable", {}),
        ("calico_calico_vxlan_mtu: false", "warning", "calico_calico_vxlan_mtu", {}),
        ("calico_mtu: false", "warning", "calico_mtu", {}),
        ("calico_ipip_mtu: false", "warning", "calico_ipip_mtu", {}),
        ("calico_cidr: false", "warning", "calico_cidr", {}),
        ("CALICO_ENABLED: false", "warning", "CALICO_ENABLED", {}),
        ("calico-enabled: false", "warning", "calico-enabled", {}),
        ("dcos_overlay_enabled: false", "warning", "dcos_overlay_enabled", {}),
        ("calico_vxlan_enable: false", "warning", "calico_vxlan_enable", {}),
        ("reslovers: false", "warning", "reslovers", {}),
        ("calico: {network_cidr: 10.128.0.0/16}", "warning", "nested", {}),
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
        (
            (
                "ssh_user: centos\n"
                "superuser_username: admin\n"
                "customer_key: x\nplatform: aws\nnum_masters_wanted: 3"
            ),
            {},
        ),
        ("calico_network_cidr: 10.128.0.0/16", {}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
