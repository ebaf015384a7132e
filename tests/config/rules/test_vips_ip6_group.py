"""The installer changes an IPv6 address of the named VIPs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "vips-ip6-group"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        ('dcos_l4lb_min_named_ip6: "fd01:1000::"', "error", "fd01:1:0", {}),
        ('dcos_l4lb_max_named_ip6: "fd01:c:a000::"', "error", "a000", {}),
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
        ('dcos_l4lb_min_named_ip6: "fd01:c::1"', {}),
        ("", {}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
