"""The pool contains an address that DNS needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "cidr-overlaps-dns"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        ("calico_network_cidr: 198.51.100.0/24", "error", "dcos-dns", {}),
        ("calico_network_cidr: 172.29.0.0/16\nresolvers: [172.29.0.2]", "error", "1 resolver", {}),
        ('resolvers: ["172.29.0.2:53", 10.7.0.53]', "error", "default pool", {}),
        (
            ("calico_network_cidr: 10.128.0.0/16\ndns_bind_ip_reserved: [10.128.0.4]"),
            "error",
            "dns_bind_ip_reserved",
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
        ("calico_network_cidr: 198.51.100.128/25", {}),
        ("calico_network_cidr: 10.128.0.0/16", {}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
