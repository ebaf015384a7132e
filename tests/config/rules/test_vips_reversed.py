"""The range of the named VIPs is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "vips-reversed"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        ("dcos_l4lb_min_named_ip: 11.255.0.0\ndcos_l4lb_max_named_ip: 11.0.0.0", "error", "above", {}),
        ("dcos_l4lb_max_named_ip: 11.0.0.0", "error", "equals", {}),
        ('dcos_l4lb_min_named_ip6: "fe80::1"', "error", "above", {}),
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
        ("dcos_l4lb_min_named_ip: 11.1.0.0", {}),
        ("", {}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
