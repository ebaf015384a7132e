"""The pool overlaps the range of the named VIPs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "cidr-overlaps-vips"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        ("calico_network_cidr: 11.64.0.0/16", "error", "VIP", {}),
        ("dcos_l4lb_max_named_ip: 172.29.255.255", "error", "default pool", {}),
        (
            (
                "dcos_l4lb_min_named_ip: 10.128.3.0\n"
                "dcos_l4lb_max_named_ip: 10.128.4.0\ncalico_network_cidr: 10.128.0.0/16"
            ),
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
        ("calico_network_cidr: 10.128.0.0/16", {}),
        (
            (
                "dcos_l4lb_min_named_ip: 12.0.0.0\n"
                "dcos_l4lb_max_named_ip: 12.0.1.0\ncalico_network_cidr: 11.0.0.0/16"
            ),
            {},
        ),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
