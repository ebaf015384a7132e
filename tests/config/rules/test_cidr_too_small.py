"""The pool is smaller than one block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "cidr-too-small"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        ("calico_network_cidr: 172.29.0.0/27", "error", "/27", {}),
        ("calico_network_cidr: 10.128.0.0/32", "error", "/32", {}),
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
        ("calico_network_cidr: 10.128.0.0/26", {}),
        ("calico_network_cidr: 10.128.0.0/27\ncalico_enabled: false", {}),
        ("calico_network_cidr: 10.128.0.0", {}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
