"""The installed cluster keeps its old pool."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from calico_config import InstalledPool

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "pool-already-installed"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        (
            "calico_network_cidr: 10.128.0.0/16",
            "error",
            "has no effect",
            {"pools": (InstalledPool("default-ipv4-ippool", "172.29.0.0/16", "vxlan"),)},
        ),
        (
            "calico_vxlan_enabled: false",
            "error",
            "IP-in-IP",
            {"pools": (InstalledPool("default-ipv4-ippool", "172.29.0.0/16", "vxlan"),)},
        ),
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
            "",
            {
                "pools": (
                    InstalledPool("default-ipv4-ippool", "172.29.0.0/16", "vxlan"),
                    InstalledPool("default-ipv6-ippool", "fd00::/48", "none"),
                )
            },
        ),
        ("calico_network_cidr: 10.128.0.0/16", {"pools": ()}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
