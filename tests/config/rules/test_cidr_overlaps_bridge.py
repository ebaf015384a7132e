"""The pool overlaps the UCR bridge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "cidr-overlaps-bridge"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        ("calico_network_cidr: 172.31.0.0/16", "error", "ucr-br0", {}),
        ("dcos_ucr_default_bridge_subnet: 172.29.4.0/24", "error", "default pool", {}),
        (
            ("calico_network_cidr: 10.128.0.0/16\ndcos_ucr_default_bridge_subnet: 10.128.0.0/24"),
            "error",
            "contains",
            {},
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
        (("calico_network_cidr: 172.31.0.0/16\ndcos_ucr_default_bridge_subnet: 10.99.0.0/24"), {}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
