"""The pool touches addresses that no container can use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "cidr-special"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        ("calico_network_cidr: 240.0.0.0/4", "error", "240.0.0.0/4", {}),
        ("calico_network_cidr: 127.0.0.0/8", "error", "loopback", {}),
        ("calico_network_cidr: 224.0.0.0/24", "error", "multicast", {}),
        ("calico_network_cidr: 0.0.0.0/8", "error", "0.0.0.0/8", {}),
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
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
