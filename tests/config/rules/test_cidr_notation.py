"""The network is written in a way that only the installer understands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "cidr-notation"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        ("calico_network_cidr: 10.128.0.0/255.255.0.0", "error", "netmask", {}),
        ("calico_network_cidr: 10.128.0.0/0.0.255.255", "error", "hostmask", {}),
        ("calico_network_cidr: 10.128.0.0", "error", "no prefix", {}),
        ("calico_network_cidr: 07.0.0.0/8", "warning", "leading zeros", {}),
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
        ("calico_network_cidr: 10.128.0.0/16", {}),
        ("calico_network_cidr: 10.128.0.0/016", {}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
